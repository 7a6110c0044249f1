"""The table of settings: the name, allowed values and purpose of each.

Each is a field of `Settings`, from which the checks, `znreader config --example`, the man page and
`docs/settings.md` are made.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import astuple, fields

from reader.config.feeds import FEEDS, FollowedFeed
from reader.config.kinds import (
    ADDRESS,
    COMMAND,
    FLAG,
    FOLDER,
    KEYS,
    LABEL,
    NAME,
    SECONDS,
    TEXT,
    TEXTS,
    Kind,
    choice,
    choice_or,
    table,
    whole,
)
from reader.config.user_commands import COMMANDS, NOTIFY, UserCommand
from reader.errors import Reason, reason
from reader.glyphs import Glyphs
from reader.model import Order
from reader.text.relative_time import Language

Opening = Literal["new", "all", "unread"]
Stories = Literal["together", "apart"]
MarkRead = Literal["open", "moment", "end"]
Density = Literal["auto", "compact", "normal", "roomy"]
DEFAULT_SITE = "https://www.zeelandnet.nl/"
SELECTORS = ("main", "ignore", "headline", "dateline", "paragraph", "subheading", "age", "more")


class _Declared(Struct, frozen=True):
    """The declaration of a setting; calling it makes the default value."""

    kind: Kind
    default: Any
    comment: str
    example: str

    def __call__(self) -> Any:
        return self.kind.take(self.default)


def setting(default: Any, kind: Kind, comment: str, *, example: str = "") -> Any:
    """Declare a setting; `default` is as written in the file, `example` is a line of a table."""
    return field(default_factory=_Declared(kind, default, comment, example))


class Settings(Struct, frozen=True):
    """The settings of one run.

    `origins` maps each setting that is not at its default to its origin; `problems` are the errors
    in the file, one sentence each.
    """

    cache_path: Path
    config_path: Path
    site: str = setting(
        DEFAULT_SITE, ADDRESS, "The news site. Another address serves for tests and mirrors."
    )
    sync: Literal["start", "key"] | float = setting(
        "start",
        choice_or(whole(5, 1440, "kind_minutes"), "start", "key"),
        "When the reader fetches the news by itself: at its start, only on the key r, or at its"
        " start and then every so many minutes.",
    )
    follow: tuple[str, ...] = setting(
        [],
        TEXTS,
        "The sections whose news is fetched. With none, those that are chosen in the reader (F).",
    )
    pages: int = setting(1, whole(1, 50), "How many pages of each listing a sync fetches.")
    articles: int = setting(300, whole(1, 5000), "How many articles one sync fetches at most.")
    pause: float = setting(
        0, SECONDS, "Seconds between two requests, where a site wants more patience than its own"
        " robots.txt says.",
    )  # fmt: skip
    offline: bool = setting(
        False, FLAG, "Touch no network at all, until the reader is told otherwise (Ctrl+O)."
    )
    keep_days: int = setting(
        7,
        whole(0, 365, "kind_days"),
        "How long fetched pages are kept as they came, for `znreader reparse`.",
    )
    retain_days: int = setting(
        0,
        whole(0, 36_500, "kind_days"),
        "Headlines older than this go, a day after that was announced; 0 keeps all. What is saved"
        " never goes.",
    )
    retain_articles: int = setting(
        0,
        whole(0, 1_000_000),
        "All but the newest so many articles go, in the same way; 0 keeps all.",
    )
    language: Language = setting(
        "nl",
        choice("nl", "en"),
        "The language of the screen and of what commands say. Without it the locale decides:"
        " Dutch, unless that is English. `--help` and `--json` are the same in both.",
    )
    theme: str = setting(
        "",
        NAME,
        'The colours: "zeeland-dark", "zeeland-light" or any other theme that the reader offers'
        ' (Ctrl+P, Change theme). With "" it is the one that was chosen there last.',
    )
    opening: Opening = setting(
        "new",
        choice("new", "all", "unread"),
        "What the reader opens with: what is new since the last visit, everything, or the unread.",
    )
    mark_read: MarkRead = setting(
        "moment",
        choice("open", "moment", "end"),
        "When an article counts as read: as it opens, after a moment, or at its end.",
    )
    order: Order = setting(
        "newest",
        choice("newest", "oldest", "unread"),
        "How lists are ordered: the newest first, the oldest, or the unread before the others (i).",
    )
    density: Density = setting(
        "auto",
        choice("auto", "compact", "normal", "roomy"),
        "How much of each headline the list shows; `auto` goes by its height.",
    )
    preview: bool = setting(
        True,
        FLAG,
        "Show the article at the cursor once that rests, where list and article stand side by"
        " side; it is neither fetched nor marked by that.",
    )
    mute: tuple[str, ...] = setting(
        [],
        TEXTS,
        "What the lists leave out: words, phrases, beginnings of words as in voetbal*, and sections"
        " as in section:Sport. It is counted and found, and never deleted; M adds more.",
    )
    stories: Stories = setting(
        "together",
        choice("together", "apart"),
        "How reports of one event stand in the list, until T in the reader chooses otherwise:"
        " together under the newest of them, or apart.",
    )
    glyphs: Glyphs = setting(
        "auto",
        choice("auto", "unicode", "ascii"),
        "The signs of the screen: plain ASCII ones are for terminals that lack the others, which"
        " auto finds out.",
    )
    measure: int = setting(
        72, whole(60, 80), "How many characters a line of an article has at most."
    )
    hyphenate: bool = setting(
        False, FLAG, "Hyphenate Dutch words where a line would otherwise be short."
    )
    sync_folder: str = setting(
        "",
        FOLDER,
        "A folder that an engine of your own, such as Syncthing, carries between your machines:"
        ' over it they exchange what is read and saved (see docs/devices.md). With "" they do not.',
    )
    device_name: str = setting(
        "",
        LABEL,
        'What this machine is called among yours. With "" it is the name of the host.',
    )
    sync_before: tuple[str, ...] = setting(
        "",
        COMMAND,
        "A command that fetches the folder before marks are read from it, where nothing else"
        " carries it. It is run without a shell, for a minute at most.",
    )
    sync_after: tuple[str, ...] = setting(
        "",
        COMMAND,
        "A command that carries the folder away after marks were written to it, in the same way.",
    )
    feeds: tuple[FollowedFeed, ...] = setting(
        [],
        FEEDS,
        "Feeds to follow beside the site, each a table. Only url is required: name and section are"
        ' what it is shown as and the group that it is in, full_text which text is shown ("auto",'
        ' "feed" or "page"), interval the minutes between two looks (5 to 10080), muted leaves it'
        " alone. `znreader feeds` keeps those that it adds in feeds.toml beside this file.",
        example='url = "https://example.org/feed.xml"',
    )
    selectors: Mapping[str, str] = setting(
        {},
        table(reason("kind_selectors"), TEXT, SELECTORS),
        "Elements that the parser would not know by itself, by CSS. Only needed when the site"
        f" changes its layout, until the next release: {', '.join(SELECTORS)}.",
        example='headline = "h2.title"',
    )
    keys: Mapping[str, tuple[str, ...]] = setting(
        {},
        KEYS,
        "Other keys for the commands, by their names (see docs/keys.md): one, a list, or none.",
        example='"reading.save" = ["S", "ctrl+s"]',
    )
    commands: Mapping[str, UserCommand] = setting(
        {},
        COMMANDS,
        "Commands of your own for the article, each a table: run is the program and its arguments,"
        " with {url}, {title} and {file} (the text, in a temporary file, removed afterwards) in"
        " their places; key and label are what it is on and called; terminal = false is for a"
        " program that does not need the terminal. No shell takes part: see docs/commands.md.",
        example='w3m = { run = ["w3m", "{url}"], key = "B", label = "Read in w3m" }',
    )
    notify: Mapping[str, tuple[str, ...]] = setting(
        {},
        NOTIFY,
        "A command to run after a sync that brought something new to a saved search or a watched"
        " story: {title} says how much to which, {text} has the headlines, {url} is the address of"
        " the newest, and {file} a temporary file with all of them, removed afterwards.",
        example='run = ["notify-send", "--", "{title}", "{text}"]',
    )
    origins: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Reason, ...] = ()

    @property
    def passing_folder(self) -> Path:
        """Return the folder beside the cache for files that other programs are to read."""
        return self.cache_path.with_name("passing")

    @property
    def notify_run(self) -> tuple[str, ...]:
        """Return the command that notifies about the news of a sync; empty for none."""
        return self.notify.get("run", ())

    @property
    def sync_path(self) -> Path | None:
        """Return the folder through which marks are exchanged, or None if they are not."""
        text = self.sync_folder.strip()
        if not text:
            return None
        try:
            return Path(text).expanduser()
        except RuntimeError:
            # `~name` names an unknown user.
            return Path(text)

    @property
    def sync_at_start(self) -> bool:
        """Tell whether the reader fetches the news at its start."""
        return self.sync != "key"

    @property
    def sync_minutes(self) -> float | None:
        """Return the minutes after which the reader fetches the news again; None for never."""
        return None if isinstance(self.sync, str) else self.sync


class Setting(Struct, frozen=True):
    """One key of the settings file, with its default as written there."""

    name: str
    kind: Kind
    default: Any
    comment: str
    example: str


@cache
def table_of_settings() -> Mapping[str, Setting]:
    """Return all settings by their names, in the order of the file."""
    return {
        each.name: Setting(each.name, *astuple(each.default_factory))
        for each in fields(Settings)
        if isinstance(each.default_factory, _Declared)
    }
