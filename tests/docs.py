"""Writes the documents that come from tables in the code: `python -m tests.docs`."""

from collections.abc import Iterator
from pathlib import Path

from reader.cli.commands.man import manual
from reader.config.example import example_of
from reader.config.settings import table_of_settings
from reader.config.toml_values import written
from reader.i18n import sentence
from reader.ui import wording
from reader.ui.commands.key_map import key_names
from reader.ui.commands.table import COMMANDS, GROUPS

DOCS = Path(__file__).parents[1] / "docs"
_SETTINGS = """# Settings

All settings are optional and stand in `config.toml`. Whatever is wrong in it is told with the
file, the key and what is allowed, and the default is used instead.

```sh
znreader config              # the settings in force, and where each is from
znreader config edit         # edit the file; it is made of the example where there is none
znreader config path         # where it is
znreader config --example    # the example: every key, with its default
```

Of what is given twice, an option of the command line counts before the file. `ZNREADER_DATA` names
another folder for the cache.
"""
_KEYS = """# Keys

In the reader `?` shows them too, and `Ctrl+P` finds a command by its name.
"""


def documents() -> dict[Path, str]:
    """Return what each of these documents is to hold."""
    return {
        DOCS / "settings.md": _settings(),
        DOCS / "keys.md": _keys(),
        DOCS / "znreader.1": manual(),
    }


def _settings() -> str:
    rows = [
        f"| `{each.name}` | `{written(each.default)}` | {sentence(each.kind.description, 'en')}"
        f" | {each.comment} |"
        for each in table_of_settings().values()
    ]
    table = "\n".join(["| key | default | allowed | what for |", "|---|---|---|---|", *rows])
    return f"{_SETTINGS}\n{table}\n\n## The example\n\n```toml\n{example_of()}```\n"


def _keys() -> str:
    wording.set_language("en")
    parts = [
        f"## {wording.say(f'group.{each}')}\n\n{_table(each)}" for each in GROUPS if each != "own"
    ]
    wording.set_language("nl")
    return "\n".join([_KEYS, *parts])


def _table(group: str) -> str:
    head = "| keys | where | command | does | name in `[keys]` |\n|---|---|---|---|---|\n"
    return head + "".join(_rows(group))


def _rows(group: str) -> Iterator[str]:
    for command in COMMANDS:
        if command.group == group:
            keys = " ".join(f"`{name}`".replace("|", r"\|") for name in key_names(command))
            everywhere = command.scope in ("app", "reading")
            where = "" if everywhere else wording.say(f"where.{command.scope}")
            yield f"| {keys} | {where} | {command.label} | {command.help} | `{command.id}` |\n"


if __name__ == "__main__":
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")
