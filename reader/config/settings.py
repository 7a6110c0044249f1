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
from reader.text.relative_time import LANGUAGES, Language

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
    """Return the field of a setting; `default` is as in the file, `example` a line of a table."""
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
        "When the reader fetches the news: at its start, only on the key r, or at its start and"
        " then at this interval in minutes.",
    )
    follow: tuple[str, ...] = setting(
        [],
        TEXTS,
        "The sections whose news is fetched. If empty, those chosen in the reader (F).",
    )
    pages: int = setting(1, whole(1, 50), "The number of pages of each listing to fetch.")
    articles: int = setting(300, whole(1, 5000), "The most articles that one sync fetches.")
    pause: float = setting(
        0, SECONDS, "The least number of seconds between two requests to a host; its robots.txt may"
        " require more.",
    )  # fmt: skip
    offline: bool = setting(
        False, FLAG, "Do not use the network, until it is switched on in the reader (Ctrl+O)."
    )
    keep_days: int = setting(
        7,
        whole(0, 365, "kind_days"),
        "How long fetched pages are kept unchanged, for `znreader reparse`.",
    )
    retain_days: int = setting(
        0,
        whole(0, 36_500, "kind_days"),
        "Headlines older than this are removed, a day after an announcement; 0 keeps all. Saved"
        " ones are never removed.",
    )
    retain_articles: int = setting(
        0,
        whole(0, 1_000_000),
        "The number of newest articles that are kept; others are removed in the same way. 0 keeps"
        " all.",
    )
    language: Language = setting(
        "nl",
        choice(*LANGUAGES),
        "The language of the screen and of the output of commands. Without it the locale decides:"
        " Dutch, unless the locale is English. `--help` and `--json` are the same in both.",
    )
    theme: str = setting(
        "",
        NAME,
        'The colours: "zeeland-dark", "zeeland-light" or any other theme that the reader offers'
        ' (Ctrl+P, Change theme). With "" it is the theme chosen there last.',
    )
    opening: Opening = setting(
        "new",
        choice("new", "all", "unread"),
        "The first list of the reader: the news since the last visit, everything, or the unread."
        " Without any news since then, `new` shows the list that was left last.",
    )
    mark_read: MarkRead = setting(
        "moment",
        choice("open", "moment", "end"),
        "When an article counts as read: as it opens, after a moment, or at its end.",
    )
    order: Order = setting(
        "newest",
        choice("newest", "oldest", "unread"),
        "The order of lists: the newest first, the oldest first, or the unread first (i).",
    )
    density: Density = setting(
        "auto",
        choice("auto", "compact", "normal", "roomy"),
        "How much of each headline the list shows; `auto` depends on its height.",
    )
    preview: bool = setting(
        True,
        FLAG,
        "Show the article at the cursor once the cursor rests, if list and article are side by"
        " side. This neither fetches nor marks it.",
    )
    mute: tuple[str, ...] = setting(
        [],
        TEXTS,
        "News that the lists leave out: words, phrases, beginnings of words as in voetbal*, and"
        " sections as in section:Sport. It is counted, can be searched for, and is never deleted; M"
        " adds more.",
    )
    stories: Stories = setting(
        "together",
        choice("together", "apart"),
        "How the list shows the reports of one event, until T in the reader changes it: together"
        " under the newest of them, or apart.",
    )
    glyphs: Glyphs = setting(
        "auto",
        choice("auto", "unicode", "ascii"),
        "The signs of the screen: plain ASCII for terminals that lack the others, which auto"
        " detects.",
    )
    measure: int = setting(
        72, whole(60, 80), "The greatest number of characters in a line of an article."
    )
    hyphenate: bool = setting(
        False, FLAG, "Hyphenate Dutch words if a line would otherwise be short."
    )
    sync_folder: str = setting(
        "",
        FOLDER,
        "A folder that a program of your own, such as Syncthing, copies between your machines. They"
        ' exchange their marks over it (see docs/devices.md). With "" they do not.',
    )
    device_name: str = setting(
        "",
        LABEL,
        'The name of this machine for your other ones. With "" it is the name of the host.',
    )
    sync_before: tuple[str, ...] = setting(
        "",
        COMMAND,
        "A command that fetches the folder before marks are read from it, if nothing else copies"
        " it. It is run without a shell, for at most a minute.",
    )
    sync_after: tuple[str, ...] = setting(
        "",
        COMMAND,
        "A command that sends the folder after marks were written to it, in the same way.",
    )
    feeds: tuple[FollowedFeed, ...] = setting(
        [],
        FEEDS,
        "Feeds to follow besides the site, each a table. Only url is required. name and section are"
        ' its display name and its group, full_text the text that is shown ("auto", "feed" or'
        ' "page"), interval the minutes between two fetches (5 to 10080); a muted feed is not'
        " fetched. `znreader feeds` writes those that it adds to feeds.toml beside this file.",
        example='url = "https://example.org/feed.xml"',
    )
    selectors: Mapping[str, str] = setting(
        {},
        table(reason("kind_selectors"), TEXT, SELECTORS),
        "CSS selectors for elements that the parser does not recognise. Only needed if the site"
        f" changes its layout, until the next release: {', '.join(SELECTORS)}.",
        example='headline = "h2.title"',
    )
    keys: Mapping[str, tuple[str, ...]] = setting(
        {},
        KEYS,
        "Other keys for commands, by their ids (see docs/keys.md): one, a list, or none.",
        example='"reading.save" = ["S", "ctrl+s"]',
    )
    commands: Mapping[str, UserCommand] = setting(
        {},
        COMMANDS,
        "Commands of your own for the article, each a table: run is the program and its arguments,"
        " in which {url}, {title} and {file} (a temporary file with the text) are filled in; key"
        " and label are its key and its name; terminal = false is for a program that does not need"
        " the terminal. No shell is used: see docs/commands.md.",
        example='w3m = { run = ["w3m", "{url}"], key = "B", label = "Read in w3m" }',
    )
    notify: Mapping[str, tuple[str, ...]] = setting(
        {},
        NOTIFY,
        "A command to run after a sync with news for a saved search or a watched story: {title} has"
        " their names and counts, {text} the headlines, {url} the address of the newest, and {file}"
        " is a temporary file with all of them.",
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
