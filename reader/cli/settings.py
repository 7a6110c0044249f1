"""`znreader config`: the settings in force, an example of the file, and a way to edit it."""

import argparse
import os
import shlex
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from reader.cli.output import print_problems
from reader.config import Settings, load_settings
from reader.config.example import example_of, in_force
from reader.errors import ReaderError, Reason, os_reason, reason


def run_config(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print or edit the settings; return 1 where something in the file is wrong."""
    if chosen.example:
        print(example_of(), end="")
        return 0
    if chosen.action == "path":
        print(settings.config_path)
        return 0
    if chosen.action == "edit":
        _edit(settings.config_path)
        settings = load_settings(settings.config_path)
    else:
        print(in_force(settings), end="")
    found = examined(settings)
    print_problems(found)
    return 1 if found.problems else 0


def examined(settings: Settings) -> Settings:
    """Return the settings with all that is wrong in them among their problems."""
    settings = _with_known_theme(_with_fitting_keys(without_wrong_selectors(settings)))
    return _with_hyphenation(settings)


def without_wrong_selectors(settings: Settings) -> Settings:
    """Return the settings without selectors that are no CSS, which become problems."""
    if not settings.selectors:
        return settings
    # What understands CSS is slow to import.
    from reader.parse.html.selectors import selector_flaw  # noqa: PLC0415

    flaws = {name: selector_flaw(each) for name, each in settings.selectors.items()}
    return replace(
        settings,
        selectors={name: each for name, each in settings.selectors.items() if not flaws[name]},
        problems=(*settings.problems, *_wrong_selectors(settings, flaws)),
    )


def _wrong_selectors(settings: Settings, flaws: dict[str, str | None]) -> Iterator[Reason]:
    for name, flaw in flaws.items():
        if flaw:
            place = settings.config_path
            yield reason("selector_wrong", role=name, detail=flaw, place=place)


def _with_fitting_keys(settings: Settings) -> Settings:
    if not settings.keys:
        return settings
    # Few commands have to do with keys.
    from reader.ui import words  # noqa: PLC0415
    from reader.ui.commands.key_map import keymap_of  # noqa: PLC0415
    from reader.ui.commands.table import COMMANDS  # noqa: PLC0415

    words.choose(settings.language)
    found = keymap_of(COMMANDS, settings.keys)
    flaws = (flaw.at(settings.config_path) for flaw in found.problems)
    return replace(settings, problems=(*settings.problems, *flaws))


def _with_known_theme(settings: Settings) -> Settings:
    if not settings.theme:
        return settings
    # The screen's library, which few commands need.
    from reader.ui.themes import theme_flaw  # noqa: PLC0415

    flaw = theme_flaw(settings)
    return replace(settings, problems=(*settings.problems, flaw)) if flaw else settings


def _with_hyphenation(settings: Settings) -> Settings:
    if not settings.hyphenate:
        return settings
    from reader.ui.typeset.hyphens import hyphenation_flaw  # noqa: PLC0415

    flaw = hyphenation_flaw(settings)
    return replace(settings, problems=(*settings.problems, flaw)) if flaw else settings


def _edit(path: Path) -> None:
    editor = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")
    if not editor:
        raise ReaderError("no_editor", path=path)
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(example_of(), encoding="utf-8")
    except OSError as error:
        raise ReaderError("file_unwritable", place=path, cause=os_reason(error)) from error
    try:
        status = subprocess.run([*editor, str(path)], check=False).returncode
    except OSError as error:
        raise ReaderError("editor_unusable", place=editor[0], cause=os_reason(error)) from error
    if status:
        raise ReaderError("editor_failed", editor=editor[0], status=status, path=path)
