"""The settings as an operator uses them."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.errors import SettingsInvalid
from service.settings import REPOSITORY, Settings, read_settings, variable
from tests.run.commands import run_command


def test_defaults() -> None:
    settings = Settings()
    assert (settings.host, settings.port, settings.database_url) == ("127.0.0.1", 8000, None)
    assert settings.seeds == REPOSITORY / "seeds"


def test_every_setting_says_what_it_is() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_variables() -> None:
    assert variable("data_dir") == "GIPFELBUCH_DATA_DIR"
    assert variable("database_url") == "DATABASE_URL"


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIPFELBUCH_DATA_DIR", "/somewhere/else")
    monkeypatch.setenv("DATABASE_URL", "postgresql://reader@db.example/register")
    monkeypatch.setenv("GIPFELBUCH_HOST", "")
    settings = read_settings()
    assert settings.data_dir == Path("/somewhere/else")
    assert settings.database_url == "postgresql://reader@db.example/register"
    assert settings.host == "127.0.0.1"


def test_what_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIPFELBUCH_PORT", "99999")
    monkeypatch.setenv("DATABASE_URL", "mysql://db.example/register")
    with pytest.raises(SettingsInvalid) as refused:
        read_settings()
    assert refused.value.message == (
        "A setting is invalid. DATABASE_URL: it does not begin with postgresql://; "
        "GIPFELBUCH_PORT: Input should be less than or equal to 65535"
    )


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("https://example.org/", "https://example.org"),
        ("http://example.org:81/a", "http://example.org:81/a"),
        ("", None),
    ],
)
def test_the_public_address(monkeypatch: pytest.MonkeyPatch, given: str, read: str | None) -> None:
    monkeypatch.setenv("GIPFELBUCH_PUBLIC_URL", given)
    assert read_settings().public_url == read


@pytest.mark.parametrize(
    "given", ["example.org", "ftp://example.org", "https://example.org/?a", "https://a b", 'https://a"']
)
def test_what_is_no_public_address(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("GIPFELBUCH_PUBLIC_URL", given)
    with pytest.raises(SettingsInvalid) as refused:
        read_settings()
    assert refused.value.message == (
        "A setting is invalid. GIPFELBUCH_PUBLIC_URL: it is not an address such as https://example.org"
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "given",
    [
        "postgresql://reader:sec/ret@db.example/register",
        "postgresql://reader:sec#ret@db.example/register",
        "postgresql://reader:sec@ret@db.example/register",
        "postgresql://reader:sec%ret@db.example/register",
        "postgresql://reader:sec[ret@db.example/register",
        "postgresql://reader:sec?ret@db.example/register",
        "postgresql://reader@db.example:secret/register",
        "mysql://reader:secret@db.example/register",
    ],
)
@pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_READER_URL", "DATABASE_READ_URLS"])
def test_a_url_that_cannot_be_used_is_never_printed(monkeypatch: pytest.MonkeyPatch, name: str, given: str) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql:///register")
    monkeypatch.setenv(name, given)
    with pytest.raises(SettingsInvalid) as refused:
        read_settings()
    assert refused.value.message.startswith(f"A setting is invalid. {name}: it ")
    assert not any(part in refused.value.message for part in ("sec", "ret", "db.example"))
    done = run_command("migrate", **{"DATABASE_URL": "postgresql:///register", name: given})
    assert (done.returncode, done.stdout, done.stderr) == (2, "", refused.value.message + "\n")


@pytest.mark.parametrize(
    "given",
    [
        "postgresql://a:b%2Fc@one.example:5432,two.example:5433/register?target_session_attrs=any",
        "postgresql://a@[::1]:5432/register",
        "postgresql://a@/register?host=/var/run/postgresql",
        "postgresql://%2Fvar%2Frun/register",
        "postgresql:///register",
    ],
)
def test_urls_that_can_be_used(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("DATABASE_URL", given)
    assert read_settings().reader_url == given


@pytest.mark.parametrize("between", [" ", ", ", ",", "\n"])
def test_standbys_are_listed(monkeypatch: pytest.MonkeyPatch, between: str) -> None:
    urls = ("postgresql://a:b@one.example/register", "postgres://two.example:1,three.example:2/register")
    monkeypatch.setenv("DATABASE_URL", "postgresql:///register")
    monkeypatch.setenv("DATABASE_READ_URLS", between.join(urls))
    assert read_settings().database_read_urls == urls


def test_standbys_need_a_primary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_READ_URLS", "postgresql://one.example/register")
    with pytest.raises(SettingsInvalid) as refused:
        read_settings()
    assert refused.value.message == (
        "A setting is invalid. DATABASE_READ_URLS: standbys need a primary: set DATABASE_URL to it"
    )
