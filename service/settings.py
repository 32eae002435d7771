"""The settings, declared as data; no other module reads settings from the environment."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    NonNegativeInt,
    PositiveFloat,
    PositiveInt,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from service.errors import SettingsInvalid

PREFIX = "GIPFELBUCH_"
REPOSITORY = Path(__file__).resolve().parents[1]
"""The folder that contains `service` and `schema`; in a checkout it contains everything else too."""
_PACKAGED = Path(__file__).with_name("resources")
RESOURCES = _PACKAGED if _PACKAGED.is_dir() else REPOSITORY
"""The folder of the files read in addition to the code: in an installed package, or at the top of the repository."""
SEEDS = RESOURCES / "seeds"

UNREADABLE_URL = (
    "it does not have the form postgresql://user:password@host:port/database; in a password, write /, ?, #, @ and % "
    "as %2F, %3F, %23, %40 and %25"
)
NO_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")
SEPARATOR = re.compile("(?:[,\\s]+(?=postgres(?:ql)?://))|\\s+")
HOST = re.compile(r"(\[[^]]*\]|[^][:@]*)(:[0-9]{0,5})?")

Folder = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())]


def split_folders(given: object) -> object:
    """Return the folders in a text, separated as in `PATH`."""
    return [folder for folder in given.split(os.pathsep) if folder] if isinstance(given, str) else given


def split_names(given: object) -> object:
    """Return the names in a text, separated by commas; none for `none`."""
    if not isinstance(given, str):
        return given
    names = [name.strip() for name in given.split(",") if name.strip()]
    return [] if names == ["none"] else names


def split_urls(given: object) -> object:
    """Return the URLs in a text, separated by spaces or commas; a URL with several hosts contains commas itself."""
    if not isinstance(given, str):
        return given
    return [url for url in SEPARATOR.split(given.strip()) if url]


def default_data_dir() -> Path:
    """Return the platform's data folder of the user; for root, whose home others cannot read, a system folder."""
    if os.geteuid() == 0:
        return Path("/var/lib/gipfelbuch")
    return user_data_path("gipfelbuch", appauthor=False)


class Settings(BaseModel):
    """Each is set by the variable GIPFELBUCH_ followed by its name in capitals, unless it declares another variable."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    data_dir: Folder = Field(
        default_factory=default_data_dir,
        description="Folder of the embedded database, created if missing. Defaults to one in the user's data folder.",
    )
    database_url: str | None = Field(
        default=None,
        validation_alias="DATABASE_URL",
        description="URL of a PostgreSQL 15 or later to use instead of the embedded one, as postgresql://...",
    )
    database_reader_url: str | None = Field(
        default=None,
        validation_alias="DATABASE_READER_URL",
        description="URL of the same database, or of a standby, for a read-only role. Defaults to `DATABASE_URL`.",
    )
    database_read_urls: Annotated[tuple[str, ...] | None, BeforeValidator(split_urls)] = Field(
        default=None,
        validation_alias="DATABASE_READ_URLS",
        description="URLs of standbys that answer requests, separated by spaces. By default `DATABASE_URL` does.",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port to listen on.")
    workers: PositiveInt = Field(
        default=1, description="Number of worker processes: set it to the number of processors available to them."
    )
    metrics_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="Separate port for /metrics, which is then not served on the main port.",
    )
    metrics_host: str = Field(
        default="127.0.0.1", validate_default=True, description="Address to listen on for the metrics port."
    )
    public_url: str | None = Field(
        default=None,
        description="Public address of the service, as https://... If it is not set, links follow the `Host` header.",
    )
    seeds: Folder = Field(default=SEEDS, description="Folder of the seeds.")
    sets: Annotated[tuple[str, ...] | None, BeforeValidator(split_names)] = Field(
        default=None,
        description="Sets of imported entries to load, separated by commas. Defaults to all; `none` loads none.",
    )
    corpus: Annotated[tuple[Folder, ...] | None, BeforeValidator(split_folders)] = Field(
        default=None,
        description="Folder of the documents, or several, separated as in PATH. If not set, passages stay unchecked.",
    )
    shown_text: Literal["whole", "passages", "none"] = Field(
        default="whole",
        description="Most that is shown of the documents: `whole` where a licence allows it, `passages` or `none`.",
    )
    cache_control: Annotated[str, Field(pattern=r"^[a-z0-9=, -]+$")] = Field(
        default="no-cache", description="`Cache-Control` header of responses to GET, such as `public, max-age=60`."
    )
    download_revisions: PositiveInt = Field(
        default=10, description="Number of revisions whose download files are kept; a load removes older files."
    )
    pool_size: PositiveInt = Field(default=8, description="Number of database connections that the service reads with.")
    heavy_statements: PositiveInt = Field(
        default=2,
        description="Number of statements estimated at more than 50 ms that may run at once: one per database core.",
    )
    statement_timeout: PositiveFloat = Field(
        default=10.0, description="Seconds after which the database cancels a read."
    )
    max_connections: PositiveInt = Field(
        default=512, description="Maximum number of client connections; idle ones are closed to make room for new ones."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning",
        description="Lowest level that is logged. At `info` or `debug`, every request is logged on one line.",
    )
    traces: bool = Field(
        default=False,
        description="Whether to trace requests with OpenTelemetry, whose own variables set where traces are sent.",
    )
    max_body_bytes: PositiveInt = Field(default=262_144, description="Maximum size of a request body, in bytes.")
    max_tokens: PositiveInt = Field(default=2_000, description="Maximum number of tokens in a GraphQL document.")
    max_depth: PositiveInt = Field(
        default=20,
        description="Maximum nesting depth of fields in an operation; with fragments, ten times as deep.",
    )
    max_aliases: PositiveInt = Field(default=100, description="Maximum number of aliases in an operation.")
    max_fields: PositiveInt = Field(
        default=900,
        description="Maximum number of fields in an operation, counted for every fragment spread and distinct type.",
    )
    max_cost: PositiveInt = Field(
        default=1_000,
        description="Maximum estimated database time of an operation, in milliseconds.",
    )
    max_answer_bytes: PositiveInt = Field(
        default=8_388_608, description="Maximum estimated size of the response to an operation, in bytes."
    )
    max_comparisons: PositiveInt = Field(
        default=20_000,
        description="Maximum number of comparisons to check whether fields of one name can merge, two per pair.",
    )
    plan_cache_bytes: PositiveInt = Field(
        default=67_108_864,
        description="Maximum bytes for the caches of documents, plans, prepared requests, refusals and introspection "
        "responses together.",
    )
    answer_cache_bytes: NonNegativeInt = Field(
        default=67_108_864,
        description="Maximum size of the response cache in bytes. A load with changes clears it; 0 turns it off.",
    )

    @field_validator("database_url", "database_reader_url")
    @classmethod
    def _check_database_url(cls, url: str | None) -> str | None:
        return None if url is None else checked_url(url)

    @field_validator("database_read_urls")
    @classmethod
    def _check_read_urls(cls, urls: tuple[str, ...] | None, info: ValidationInfo) -> tuple[str, ...] | None:
        if urls and info.data.get("database_url", "") is None:
            raise ValueError("standbys need a primary: set DATABASE_URL to it")
        return urls and tuple(map(checked_url, urls))

    @field_validator("metrics_host")
    @classmethod
    def _check_metrics_address(cls, host: str, info: ValidationInfo) -> str:
        port = info.data.get("metrics_port")
        if port is not None and (host, port) == (info.data.get("host"), info.data.get("port")):
            raise ValueError(f"this is the main address and port; set {PREFIX}METRICS_PORT to another port")
        return host

    @field_validator("public_url")
    @classmethod
    def _check_public_url(cls, url: str | None) -> str | None:
        if url is None:
            return None
        if not url.isascii() or not url.startswith(("http://", "https://")) or set(url) & set(" ?#\"'\\"):
            raise ValueError("it is not an address such as https://example.org")
        return url.rstrip("/")

    @property
    def reader_url(self) -> str:
        """URL of the database that answers requests."""
        return str(self.database_reader_url or self.database_url)


def checked_url(url: str) -> str:
    """Return the URL of a database. Raises ValueError without any part of the URL, which may contain a password."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise ValueError("it does not begin with postgresql://")
    if not is_readable_url(url):
        raise ValueError(UNREADABLE_URL)
    return url


def is_readable_url(url: str) -> bool:
    """Return whether libpq and asyncpg read a URL in the same way."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    _, _, hosts = parts.netloc.rpartition("@")
    is_whole = not parts.fragment and parts.netloc.count("@") <= 1
    return is_whole and not NO_ESCAPE.search(url) and all(map(HOST.fullmatch, hosts.split(",")))


def variable(field: str) -> str:
    """Return the environment variable that sets a field."""
    alias = Settings.model_fields[field].validation_alias
    return str(alias) if alias else PREFIX + field.upper()


def settings_text() -> str:
    """Return a paragraph for each setting, with its default and its description."""
    paragraphs = ["Settings, each of which is an environment variable:"]
    for name, field in Settings.model_fields.items():
        default = field.get_default(call_default_factory=True)
        paragraphs.append(f"{variable(name)}{'' if default is None else f' ({default})'}: {field.description}")
    return "\n\n".join(paragraphs)


def _refuse_unknown_variables() -> None:
    """Raise `SettingsInvalid` for variables that have our prefix but are not settings."""
    known = [name for name in map(variable, Settings.model_fields) if name.startswith(PREFIX)]
    problems = []
    for name in sorted(each for each in os.environ if each.startswith(PREFIX) and each not in known):
        like = get_close_matches(name.removeprefix(PREFIX), [each.removeprefix(PREFIX) for each in known], n=1)
        hint = f" (did you mean {PREFIX}{like[0]}?)" if like else ""
        problems.append(f"{name}: there is no such setting{hint}")
    if problems:
        raise SettingsInvalid("A setting is invalid. " + "; ".join(problems))


def read_settings() -> Settings:
    """Return the settings of this process. Raises `SettingsInvalid` with the name of each invalid variable."""
    _refuse_unknown_variables()
    given = {field: os.environ.get(variable(field)) for field in Settings.model_fields}
    try:
        # an empty variable sets nothing
        return Settings.model_validate({field: text for field, text in given.items() if text})
    except ValidationError as error:
        names = {variable(field): field for field in Settings.model_fields}
        problems = []
        for problem in error.errors(include_url=False):
            name = str(problem["loc"][0])
            reason = problem["msg"].removeprefix("Value error, ")
            problems.append(f"{name if name in names else variable(name)}: {reason}")
        raise SettingsInvalid("A setting is invalid. " + "; ".join(problems)) from None
