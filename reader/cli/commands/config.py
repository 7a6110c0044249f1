"""`znreader config`: the settings in force, an example of the file, and a way to edit it."""

import argparse
import os
import shlex
import subprocess
from pathlib import Path

from reader.cli.printer import Printer
from reader.cli.settings_check import examined
from reader.config import Settings, load_settings
from reader.config.example import example_of, in_force
from reader.errors import ReaderError, os_reason, reason
from reader.files import make_folder, written_whole
from reader.text.sanitize import clean_line


def run(chosen: argparse.Namespace, settings: Settings) -> int:
    """Print or edit the settings; return 1 if something in the file is wrong."""
    if chosen.example:
        print(example_of(), end="")
        return 0
    if chosen.action == "path":
        print(clean_line(str(settings.config_path)))
        return 0
    if chosen.action == "edit":
        _edit(settings.config_path)
        settings = load_settings(settings.config_path)
    else:
        print(in_force(settings), end="")
    found = examined(settings)
    printer = Printer.of(settings)
    for problem in found.problems:
        printer.complain(problem)
    return 1 if found.problems else 0


def _edit(path: Path) -> None:
    variable = "VISUAL" if os.environ.get("VISUAL") else "EDITOR"
    command = os.environ.get(variable) or ""
    try:
        editor = shlex.split(command)
    except ValueError as error:
        raise ReaderError("command_unreadable", variable=variable, value=command) from error
    if not editor:
        raise ReaderError("no_editor", path=path)
    try:
        if not path.exists():
            make_folder(path.parent)
            with written_whole(path) as part:
                part.write_text(example_of(), encoding="utf-8")
    except OSError as error:
        raise ReaderError("file_unwritable", place=path, cause=os_reason(error)) from error
    try:
        status = subprocess.run([*editor, str(path)], check=False).returncode
    except (OSError, ValueError) as error:
        cause = os_reason(error) if isinstance(error, OSError) else reason("text", text=str(error))
        raise ReaderError("editor_unusable", place=editor[0], cause=cause) from error
    if status:
        raise ReaderError("editor_failed", editor=editor[0], status=status, path=path)
