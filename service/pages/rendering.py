"""Makes the body of a form: at once, or beside the loop where it is a picture or a long list, one after another."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from service.pages.forms import Form
from service.pages.view import View
from service.store.failures import OVERLOADED, ReadFailed

MOST_WAITING = 32
"""Pictures and long lists that are made or wait for it; a picture takes some 20 ms, a list up to some seconds."""


class Renderer:
    """Renders views. Raises ReadFailed where too many of these are asked for at once."""

    def __init__(self) -> None:
        # one at a time: more would only take turns
        self._drawing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawing")
        self._waiting = 0

    async def render(self, form: Form, view: View) -> bytes:
        """The body."""
        if not (form.is_picture or view.is_long):
            return form.render(view)
        if self._waiting == MOST_WAITING:
            raise ReadFailed(OVERLOADED, f"{MOST_WAITING} forms are waited for")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._drawing, form.render, view)
        finally:
            self._waiting -= 1
