"""The folders that a load reads: of the seeds, of the sets within them and of the documents; whether they are there."""

from collections.abc import Iterable
from pathlib import Path

from service.errors import CorpusUnusable, SeedsMissing, SetUnknown

SETS = "sets"
MANIFEST = "manifest.yaml"


def available_sets(seeds: Path) -> list[str]:
    """The names of the sets that lie there, in alphabetical order."""
    return sorted(path.parent.name for path in seeds.glob(f"{SETS}/*/{MANIFEST}"))


def require_folders(seeds: Path, corpus: Iterable[Path] | None, sets: Iterable[str] | None) -> None:
    """Raises SeedsMissing, SetUnknown or CorpusUnusable where one of these is not there; `sets`: None means all."""
    require_seeds(seeds)
    available = available_sets(seeds)
    for name in sets or ():
        if name not in available:
            raise SetUnknown(name, available)
    require_documents(corpus or ())


def require_seeds(seeds: Path) -> None:
    """Raises SeedsMissing."""
    if not any(seeds.glob("*.y*ml")):
        raise SeedsMissing(seeds)


def require_documents(corpus: Iterable[Path]) -> None:
    """Raises CorpusUnusable."""
    for folder in corpus:
        if not folder.is_dir():
            raise CorpusUnusable(f"There is no folder {folder}")
