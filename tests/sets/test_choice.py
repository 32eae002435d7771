"""Which sets are read: those that are named with the sets that they require, all of them, or none."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.errors import SeedsInvalid, SetUnknown
from service.settings import read_settings
from service.store.seeds import read
from service.store.seeds.sets import read_sets


@pytest.mark.parametrize(
    ("text", "sets"),
    [(None, None), ("", None), ("none", ()), ("archigos", ("archigos",)), (" b, a ,", ("b", "a"))],
)
def test_the_setting_names_sets(text: str | None, sets: object, monkeypatch: pytest.MonkeyPatch) -> None:
    if text is not None:
        monkeypatch.setenv("GIPFELBUCH_SETS", text)
    assert read_settings().sets == sets


def test_the_corpus_is_one_folder_or_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIPFELBUCH_CORPUS", f"{tmp_path}{os.pathsep}~")
    assert read_settings().corpus == (tmp_path, Path.home())
    monkeypatch.setenv("GIPFELBUCH_CORPUS", str(tmp_path))
    assert read_settings().corpus == (tmp_path,)


def add_set(seeds: Path, name: str, requires: str) -> None:
    """Add another set, which is still empty."""
    folder = seeds / "sets" / name
    folder.mkdir()
    manifest = (seeds / "sets" / "made-up" / "manifest.yaml").read_text(encoding="utf-8")
    (folder / "manifest.yaml").write_text(f"{manifest}requires: {requires}\n", encoding="utf-8")
    (folder / "anchors.lock").write_text("", encoding="utf-8")


def test_a_set_brings_what_it_requires(seeds: Path) -> None:
    add_set(seeds, "above", "[made-up]")
    add_set(seeds, "top", "[above, made-up]")
    assert [folder.name for folder in read_sets(seeds, ["top"])] == ["made-up", "above", "top"]
    assert [folder.name for folder in read_sets(seeds, None)] == ["made-up", "above", "top"]
    assert read_sets(seeds, ()) == []
    assert "made-up-trip-1" in read(seeds, sets=["top"]).sources


def test_a_required_set_that_is_not_there_is_told(seeds: Path) -> None:
    add_set(seeds, "above", "[below]")
    with pytest.raises(
        SetUnknown, match=r"There is no set 'below', which above requires\. Available sets: above, made-up"
    ):
        read(seeds, sets=None)


def test_the_command_tells_an_unknown_set(seeds: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIPFELBUCH_SEEDS", str(seeds))
    monkeypatch.setenv("GIPFELBUCH_SETS", "histstat")
    refused = CliRunner().invoke(app, ["verify", "--corpus", str(corpus)]).exception
    assert str(refused) == "There is no set 'histstat'. Available sets: made-up."


def test_two_sets_cannot_have_one_slug(seeds: Path) -> None:
    add_set(seeds, "second", "[made-up]")
    for file in ("meetings.jsonl", "sources.jsonl"):
        (seeds / "sets" / "second" / file).write_bytes((seeds / "sets" / "made-up" / file).read_bytes())
    with pytest.raises(SeedsInvalid) as refused:
        read(seeds, sets=None)
    told = refused.value.problems
    assert "sets/second/meetings.jsonl:1: trip-1-south-korea is also in sets/made-up/meetings.jsonl:1" in told
    assert "sets/second/sources.jsonl:1: made-up-trip-1 is also in sets/made-up/sources.jsonl:1" in told
