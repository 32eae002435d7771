"""The Dockerfile and the compose file, checked by their grammar, their schema and what is expected of them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from service.settings import REPOSITORY, Settings, variable
from tests.containers.files import (
    DOCKERFILE,
    Unset,
    build_context_files,
    compose,
    health_command,
    single_value,
    stages,
    values,
)
from tests.containers.files import variables as image_variables

PASSWORD = "a:b@c/d %"
CLUSTER = ["primary", "standby-1", "standby-2", "service-1", "service-2", "proxy"]


def test_hadolint_finds_nothing() -> None:
    hadolint = shutil.which("hadolint", path=Path(sys.executable).parent)
    if hadolint is None:
        pytest.skip("there is no hadolint for this system")
    done = subprocess.run([hadolint, "--format=json", DOCKERFILE], capture_output=True, text=True, check=False)
    assert (done.stderr, json.loads(done.stdout)) == ("", [])


def test_the_image_is_made_of_one_python_that_is_named() -> None:
    build, final = stages()
    assert single_value(build, "FROM") == f"{single_value(final, 'FROM')} AS build"
    name, _, tag = single_value(final, "FROM").partition(":")
    assert (name, tag) == ("python", "3.11-slim-bookworm")
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11"


def test_only_what_is_locked_is_installed() -> None:
    installs = [run for stage in stages() for run in values(stage, "RUN") if "pip install" in run]
    assert ["--require-hashes --requirement requirements.lock" in run for run in installs] == [True, False]
    assert "--no-deps --no-build-isolation ." in installs[1]


def test_the_image_runs_as_nobody_and_holds_no_secret() -> None:
    _, final = stages()
    assert single_value(final, "USER") == "10001:10001"
    assert single_value(final, "STOPSIGNAL") == "SIGTERM"
    assert single_value(final, "EXPOSE") == "8000"
    assert json.loads(single_value(final, "CMD")) == ["gipfelbuch", "serve"]
    assert values(final, "RUN") == []
    assert [name for name, _ in final].index("USER") > [name for name, _ in final].index("COPY")
    assert set(image_variables()) == {"PATH", "HOME", "PYTHONUNBUFFERED", "GIPFELBUCH_HOST", "GIPFELBUCH_PORT"}
    assert [name for stage in stages() for name, _ in stage if name in ("ADD", "ARG", "VOLUME", "SHELL")] == []


def test_both_files_ask_the_health_endpoints() -> None:
    assert "http://127.0.0.1:8000/health/live" in health_command()[-1]
    assert (
        "http://127.0.0.1:8000/health/ready"
        in compose(POSTGRES_PASSWORD="x")["services"]["service"]["healthcheck"]["test"][-1]
    )


def test_what_is_sent_is_what_is_copied() -> None:
    build, _ = stages()
    asked = [source for value in values(build, "COPY") for source in value.split()[:-1]]
    assert sorted(asked) == sorted(build_context_files())
    assert [source for source in asked if not (REPOSITORY / source).exists()] == []


def test_the_compose_file_keeps_to_its_schema() -> None:
    text = files("check_jsonschema").joinpath("builtin_schemas/vendor/compose-spec.json").read_text(encoding="utf-8")
    validator = jsonschema.validators.validator_for(json.loads(text))(json.loads(text))
    assert [error.message for error in validator.iter_errors(compose(POSTGRES_PASSWORD=PASSWORD))] == []
    wrong = compose(POSTGRES_PASSWORD=PASSWORD)
    wrong["services"]["service"]["read_onyl"] = True
    assert not validator.is_valid(wrong)


def test_without_a_password_nothing_starts() -> None:
    with pytest.raises(Unset) as refused:
        compose()
    assert str(refused.value) == "POSTGRES_PASSWORD: choose one, in the environment or in .env"


@pytest.mark.parametrize("name", ["database", "service", *CLUSTER])
def test_every_container_may_do_as_little_as_possible(name: str) -> None:
    found: dict[str, Any] = compose(POSTGRES_PASSWORD=PASSWORD)["services"][name]
    assert found["read_only"] is True
    assert found["cap_drop"] == ["ALL"]
    assert found["security_opt"] == ["no-new-privileges:true"]
    assert found["tmpfs"][0] == "/tmp"
    assert found.keys().isdisjoint({"privileged", "cap_add", "network_mode", "pid", "devices"})
    assert found["restart"] == "unless-stopped"
    assert found["healthcheck"]["test"][0] == "CMD"


def test_the_database_is_postgresql_18_on_a_volume_and_no_port() -> None:
    found = compose(POSTGRES_PASSWORD=PASSWORD)
    database = found["services"]["database"]
    assert database["image"] == "postgres:18-bookworm"
    assert database["user"] == "postgres"
    assert database["volumes"] == ["register:/var/lib/postgresql"]
    assert found["volumes"] == dict.fromkeys(["register", "primary", "standby-1", "standby-2"])
    assert "ports" not in database
    assert database["environment"]["POSTGRES_PASSWORD"] == PASSWORD


def test_the_service_waits_for_it_and_listens_for_this_machine_alone() -> None:
    service = compose(POSTGRES_PASSWORD=PASSWORD)["services"]["service"]
    assert service["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert service["ports"] == ["127.0.0.1:8000:8000"]
    environment = service["environment"]
    assert environment.pop("DATABASE_URL") == "postgresql://gipfelbuch@database:5432/gipfelbuch"
    assert environment.pop("PGPASSWORD") == PASSWORD
    assert set(environment.values()) == {""}
    assert "user" not in service


OF_THE_IMAGE = {"GIPFELBUCH_DATA_DIR", "GIPFELBUCH_HOST", "GIPFELBUCH_PORT"}
"""Variables that the image sets, or does not need."""


def test_the_compose_file_passes_every_setting() -> None:
    known = {variable(field) for field in Settings.model_fields} - OF_THE_IMAGE
    given = {name: f"/of/{name}" for name in known}
    service = compose(POSTGRES_PASSWORD=PASSWORD, **given)["services"]["service"]
    passed = service["environment"]
    assert passed.keys() == known | {"PGPASSWORD"}
    folders = {name: passed.pop(name) for name in ("GIPFELBUCH_CORPUS", "GIPFELBUCH_SEEDS")}
    assert service["volumes"] == [f"/of/{name}:{inside}:ro" for name, inside in folders.items()]
    own = {"PGPASSWORD", "DATABASE_URL"}
    assert {name: passed[name] for name in passed if name not in own} == {
        name: given[name] for name in known - {*folders, *own}
    }
    assert set(image_variables()) & {variable(field) for field in Settings.model_fields} <= OF_THE_IMAGE


def test_the_cluster_is_a_profile_of_which_only_the_proxy_is_reached() -> None:
    services = compose(POSTGRES_PASSWORD=PASSWORD)["services"]
    assert [name for name, each in services.items() if each.get("profiles") == ["cluster"]] == CLUSTER
    assert {name: services[name].get("ports", []) for name in CLUSTER if services[name].get("ports")} == {
        "proxy": ["127.0.0.1:8000:8000"]
    }
    for name in CLUSTER:
        for mounted in services[name]["volumes"]:
            source, _, _ = mounted.partition(":")
            assert not source.startswith("./examples/") or (REPOSITORY / source).is_file()


def test_its_services_have_the_settings_of_the_single_one_and_databases_of_their_own() -> None:
    services = compose(POSTGRES_PASSWORD=PASSWORD, GIPFELBUCH_POOL_SIZE="3")["services"]
    for name in ("service-1", "service-2"):
        assert services[name]["environment"] == services["service"]["environment"] | {
            "DATABASE_URL": "postgresql://gipfelbuch@primary:5432/gipfelbuch",
            "DATABASE_READ_URLS": " ".join(
                f"postgresql://gipfelbuch@{standby}:5432/gipfelbuch" for standby in ("standby-1", "standby-2")
            ),
        }
        waits = {"primary", "standby-1", "standby-2"}
        assert services[name]["depends_on"] == {each: {"condition": "service_healthy"} for each in waits}
    for name in ("primary", "standby-1", "standby-2"):
        assert services[name]["image"] == services["database"]["image"]
    for number in (1, 2):
        # no PGHOST: psql in the container of a standby asks that standby
        environment = {"PRIMARY": "primary", "PGPASSWORD": PASSWORD, "SLOT": f"standby_{number}"}
        assert services[f"standby-{number}"]["environment"] == environment


def test_upgrading_builds_the_image_anew() -> None:
    page = (REPOSITORY / "docs" / "installing.md").read_text(encoding="utf-8")
    assert "docker compose up --build --detach" in page
