"""`published_database` has the seeds and their files, and is read-only; `files` are written from it into `folder`."""

from pathlib import Path

import pytest

from service.downloads import publish, write
from service.settings import REPOSITORY
from service.store.downloads import File
from service.store.loading.load import load
from service.store.transactions import write_transaction
from tests.conftest import copy_database, statement
from tests.web.conftest import start_client  # noqa: F401  a fixture


@pytest.fixture(scope="session")
def published_database(server: str, template: str) -> str:
    url = copy_database(server, "published")
    with write_transaction(url) as connection:
        load(connection, REPOSITORY / "seeds")
        publish(connection, kept=1)
    statement(server, "ALTER DATABASE published SET default_transaction_read_only = on")
    return url


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(scope="session")
def files(published_database: str, folder: Path) -> list[File]:
    with write_transaction(published_database) as connection:
        return write(connection, folder)
