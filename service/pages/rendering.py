"""Rendering of responses: directly, or one at a time in a separate thread for pictures and long lists."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from service.pages.forms import Form
from service.pages.view import View
from service.store.failures import OVERLOADED, ReadFailed

MOST_WAITING = 32
"""Maximum number of pictures and long lists in progress or waiting: each picture takes some 20 ms, a list up to some
seconds."""


class Renderer:
    """Renders views. Raises ReadFailed if too many pictures or long lists are requested at once."""

    def __init__(self) -> None:
        # one worker: more would only take turns
        self._drawing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawing")
        self._waiting = 0

    async def render(self, form: Form, view: View) -> bytes:
        """Return the response body."""
        if not (form.is_picture or view.is_long):
            return form.render(view)
        if self._waiting == MOST_WAITING:
            raise ReadFailed(OVERLOADED, f"{MOST_WAITING} pictures or lists are in progress or waiting")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._drawing, form.render, view)
        finally:
            self._waiting -= 1
