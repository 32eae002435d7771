"""The loader fills exactly the columns that the tables have."""

from service.settings import REPOSITORY
from service.store.loading.projection import project
from service.store.seeds import read
from service.store.tables import METADATA


def test_every_column_is_filled_by_some_row() -> None:
    """A column that is declared but forgotten by the loader would be null everywhere, and nobody would notice."""
    filled: dict[str, set[str]] = {}
    for entry in project(read(REPOSITORY / "seeds")):
        for table, row in entry.rows:
            filled.setdefault(table, set()).update(row)
    columns = {f"{table}.{column.name}" for table in filled for column in METADATA.tables[table].columns}
    forgotten = columns - {f"{table}.{column}" for table, names in filled.items() for column in names}
    assert {each for each in forgotten if not each.endswith((".digest", ".inputs", ".named"))} == set()
