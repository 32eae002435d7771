"""The folders that a load reads (the seeds, the sets within them and the documents), and checks that they exist."""

from collections.abc import Iterable
from pathlib import Path

from service.errors import CorpusUnusable, SeedsMissing, SetUnknown

SETS = "sets"
MANIFEST = "manifest.yaml"


def available_sets(seeds: Path) -> list[str]:
    """Return the names of the sets in the seeds folder, in alphabetical order."""
    return sorted(path.parent.name for path in seeds.glob(f"{SETS}/*/{MANIFEST}"))


def set_folder(seeds: Path, name: str) -> Path:
    """Return the folder of a set."""
    return seeds / SETS / name


def require_folders(seeds: Path, corpus: Iterable[Path] | None, sets: Iterable[str] | None) -> None:
    """Raise SeedsMissing, SetUnknown or CorpusUnusable if one of the folders is missing; None as `sets` means all."""
    require_seeds(seeds)
    available = available_sets(seeds)
    for name in sets or ():
        if name not in available:
            raise SetUnknown(name, available)
    require_documents(corpus or ())


def require_seeds(seeds: Path) -> None:
    """Raise SeedsMissing if the folder has no seeds."""
    if not any(seeds.glob("*.y*ml")):
        raise SeedsMissing(seeds)


def require_documents(corpus: Iterable[Path]) -> None:
    """Raise CorpusUnusable if one of the folders does not exist."""
    for folder in corpus:
        if not folder.is_dir():
            raise CorpusUnusable(f"There is no folder {folder}")
