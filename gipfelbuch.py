"""The command, under a name of its own: nothing else on the path is taken for our `service` or `schema`."""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType

FOLDER = str(Path(__file__).resolve().parent)
ROOMS = ("service", "schema")


class RoomFinder(MetaPathFinder):
    """Finds the rooms of this program beside this file, before anything of their names elsewhere."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where a room is; nothing of all else."""
        return PathFinder.find_spec(fullname, [FOLDER], target) if fullname in ROOMS else None


sys.meta_path.insert(0, RoomFinder())


def main() -> None:
    """Run the command line."""
    from service.cli import main

    main()


if __name__ == "__main__":
    main()
