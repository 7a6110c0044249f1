"""The frozen types that every layer shares; times are aware datetimes in UTC."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct, field

from reader.errors import Reason

BlockKind = Literal["paragraph", "heading", "item", "quote", "code", "table"]
# The order of a list: by time, or unread headlines before the others.
Order = Literal["newest", "oldest", "unread"]
# The columns to which a search term may be limited.
SearchColumn = Literal["title", "place", "agency", "section"]
# The marks that a reader sets on a headline.
Mark = Literal["read", "saved"]
# The names, in the store and in the records of devices, of a reader's choices: to follow a source,
# to mute something, to watch a report's story, to take a report out of one or join it to one.
FOLLOW: Final = "follow"
MUTE: Final = "mute"
WATCH: Final = "watch"
SPLIT: Final = "split"
JOIN: Final = "join"


class Sighting(Struct, frozen=True):
    """When something was published: not before `earliest`, not after `latest` (UTC)."""

    earliest: datetime
    latest: datetime

    def __post_init__(self) -> None:
        """Raise ValueError if the interval ends before it begins."""
        if self.earliest > self.latest:
            raise ValueError(f"sighting ends before it begins: {self.earliest} > {self.latest}")


class Dateline(Struct, frozen=True):
    """The places and agencies before a lead, spelled as on the page: `MINSK (ANP/RTR) - `."""

    places: tuple[str, ...]
    agencies: tuple[str, ...] = ()


class Teaser(Struct, frozen=True):
    """One headline as a page shows it; `url` is absolute, `summary` omits the dateline."""

    url: str | None
    title: str | None
    section: str | None = None
    dateline: Dateline | None = None
    summary: str = ""
    published: Sighting | None = None


class TextLink(Struct, frozen=True):
    """A link in a text: its first character, the one after its last, and its http(s) address."""

    start: int
    end: int
    url: str


class Block(Struct, frozen=True):
    """One piece of an article's body, in plain text.

    `number` is the number of an item in an ordered list; `rows` are the cells of a table, whose
    `text` has one line per row, with the cells joined by ` | `; `links` are in order and do not
    overlap. The text of code keeps its line breaks and spaces.
    """

    kind: BlockKind
    text: str
    number: int | None = None
    rows: tuple[tuple[str, ...], ...] = ()
    links: tuple[TextLink, ...] = ()


class Image(Struct, frozen=True):
    """The main image of an article: its absolute address, its caption and who made it."""

    url: str
    caption: str | None = None
    credit: str | None = None


class Article(Struct, frozen=True):
    """A parsed article: its own teaser, its blocks (lead first), and its `Meer uit` teasers.

    `modified` is when the page says it was last changed (UTC), `description` the description in
    its head, `language` its language tag, such as `nl` or `nl-BE`. `canonical` is the address that
    the page names as its own, if that is on the same site; `parser` is the version of the parser
    that made the text, 1 if unknown.
    """

    teaser: Teaser
    blocks: tuple[Block, ...]
    related: tuple[Teaser, ...]
    fetched: datetime
    authors: tuple[str, ...] = ()
    modified: datetime | None = None
    image: Image | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    canonical: str | None = None
    parser: int = 1


# The news site, which is also the source of items that name none.
DEFAULT_SOURCE = "zeelandnet"


class Section(Struct, frozen=True):
    """A section or region of a source and the address of its listing; its name is unique there."""

    name: str
    url: str
    source: str = DEFAULT_SOURCE


class Listing(Struct, frozen=True):
    """A parsed section or region page: its teasers, its `Net binnen` ticker, its next page."""

    section: str | None
    teasers: tuple[Teaser, ...]
    ticker: tuple[Teaser, ...]
    sections: tuple[Section, ...]
    next: str | None
    fetched: datetime


class Entry(Struct, frozen=True):
    """One entry of a feed.

    `guid` is the feed's identifier for it, `content` its text in HTML, "" if the feed has none, and
    `digest` changes with anything that the feed states about it. `description` is its summary in
    HTML, "" if the feed has none.
    """

    guid: str | None
    teaser: Teaser
    content: str
    digest: str
    description: str = ""


class Feed(Struct, frozen=True):
    """A parsed feed: its title, the address of its site, and its entries in their order.

    `ttl` is how long it asks to be left alone, in minutes.
    """

    title: str | None
    home: str | None
    entries: tuple[Entry, ...]
    ttl: int | None = None


class FeedLink(Struct, frozen=True):
    """A feed that a web page offers: its absolute address, and its title."""

    url: str
    title: str | None = None


class FeedLinks(Struct, frozen=True):
    """The feeds that a web page offers, comment feeds last."""

    links: tuple[FeedLink, ...]


class Validators(Struct, frozen=True):
    """The validators of a page that was requested before; `checked` is when it last answered."""

    etag: str | None
    modified: str | None
    checked: datetime


class FeedPage(Struct, frozen=True):
    """A feed as it was fetched and read, to be stored.

    `source` is the name by which items refer to it, `name` its display name, `section` the group
    of its items; `texts` maps the digests of entries to their blocks; `digest` is that of the
    fetched bytes; `wants_pages` holds the digests of entries whose pages are to be fetched as
    well; `moved` is the address that the feed has permanently moved to, or None.
    """

    source: str
    name: str
    section: str
    feed: Feed
    at: datetime
    due: datetime
    digest: bytes
    texts: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    wants_pages: frozenset[str] = frozenset()
    etag: str | None = None
    modified: str | None = None
    moved: str | None = None


class FeedUnchanged(Struct, frozen=True):
    """The answer of a feed that has not changed: when it answered, and when to request it again.

    `whole` tells that it was nevertheless sent in full; `etag` and `modified` are the validators
    that came with the answer, `moved` is the address that the feed has permanently moved to.
    """

    source: str
    at: datetime
    due: datetime
    etag: str | None = None
    modified: str | None = None
    whole: bool = False
    moved: str | None = None


class ChosenFeed(Struct, frozen=True):
    """Whether a feed is followed, and muted, as chosen on any machine; None if never chosen."""

    url: str
    followed: bool | None
    muted: bool | None


class FeedName(Struct, frozen=True):
    """The display name of a feed, and the group of its items; None leaves either unchanged.

    `source` is the name by which items refer to the feed, `url` the address of a new one;
    `position` is its place among the followed feeds.
    """

    source: str
    url: str
    name: str | None = None
    section: str | None = None
    position: int | None = None


class FeedState(Struct, frozen=True):
    """The state of a feed that is or was followed.

    `source` is the name by which items refer to it, `url` the address it is requested at; `checked`
    is when it last answered, `fetched` when it was last sent in full, `due` when to request it
    again; `ttl` is how long it asks to be left alone, in minutes; `failures` counts failures in a
    row; `gone` tells whether the site reports it as permanently gone; `section` is its group, and
    `position` its place among the followed feeds.
    """

    source: str
    url: str
    name: str
    title: str | None = None
    home: str | None = None
    digest: bytes | None = None
    asked: Validators | None = None
    checked: datetime | None = None
    fetched: datetime | None = None
    ttl: int | None = None
    due: datetime | None = None
    failure: Reason | None = None
    failed: datetime | None = None
    failures: int = 0
    gone: bool = False
    section: str | None = None
    position: int | None = None
    total: int = 0
    unread: int = 0


class StorySize(Struct, frozen=True):
    """How many reports a story has, how many are unread, and when the first was published (UTC)."""

    reports: int
    unread: int
    since: datetime


class Headline(Struct, frozen=True):
    """A teaser as the cache keeps it, with its number, its marks, and when it was first seen.

    `failure` is the reason why its article could not be fetched, if that was tried; `source` is the
    name of the source that it came from, `story` the number of the story that it is a report of,
    or None, and `story_size` the size of that story; `tags` are those that the reader gave it,
    sorted by name. `retitled` tells whether its title has changed since its article was read.
    """

    id: int
    teaser: Teaser
    seen: datetime
    read: bool = False
    saved: bool = False
    cached: bool = False
    failure: Reason | None = None
    source: str = DEFAULT_SOURCE
    story: int | None = None
    story_size: StorySize | None = None
    tags: tuple[str, ...] = ()
    retitled: bool = False


class Selection(Struct, frozen=True):
    """The conditions on headlines; all that are set must hold.

    `section`, `unread`, `saved` and `words` limit the list. `after` selects higher numbers, so
    headlines that came in later than that one, `late` those that got a text or a story since the
    last notification; `story` selects the reports of a story, `watched`
    those of any watched story; `cached` selects headlines with an article, `tag` those with a tag,
    `query` those that the query matches at the moment `at`, `source` those from the feed with that
    key, `before` those of an earlier time. Muted headlines are left out, except those that a reader
    saved, tagged or asks for as a story; `muted` selects only muted ones. `order` is the order of
    the list.
    """

    section: str | None = None
    unread: bool = False
    saved: bool = False
    words: str = ""
    after: int = 0
    late: bool = False
    story: int | None = None
    watched: bool = False
    cached: bool = False
    muted: bool = False
    tag: str = ""
    query: str = ""
    at: datetime | None = None
    order: Order = "newest"
    source: str | None = None
    before: datetime | None = None


# All headlines.
EVERYTHING = Selection()


class NotificationGroup(Struct, frozen=True):
    """What is new for a saved search or a story: the numbers of all headlines, and some of them."""

    name: str
    ids: tuple[int, ...]
    headlines: tuple[Headline, ...]

    @property
    def count(self) -> int:
        """Return the number of headlines."""
        return len(self.ids)


class MarkChange(Struct, frozen=True):
    """A mark that was set, or cleared if `value` is false, on the headlines `ids`.

    Only headlines whose mark changed are among them.
    """

    mark: str
    value: bool
    ids: tuple[int, ...]


class Mute(Struct, frozen=True):
    """A mute rule: a section, or a phrase, whose last word is a prefix if it ends in `*`.

    `kind` is "words" or "section"; `hidden` is how many headlines it hides from the lists, and
    `fixed` tells whether it comes from the settings.
    """

    kind: Literal["words", "section"]
    name: str
    hidden: int = 0
    fixed: bool = False


class SavedSearch(Struct, frozen=True):
    """A search with a view of its own: its name, and the query as the reader typed it."""

    name: str
    query: str


class LastVisit(Struct, frozen=True):
    """When the reader was last used, and the number of the newest headline at that time."""

    at: datetime
    newest: int


class Hit(Struct, frozen=True):
    """A headline that a search found, with a snippet of the text that matched.

    `matches` are the positions of the matches in `snippet`: the first character and the one after
    the last.
    """

    headline: Headline
    snippet: str
    matches: tuple[tuple[int, int], ...] = ()


class Term(Struct, frozen=True):
    """A word or phrase to search for, in all text or in one column; `tokens` are its folded words.

    The last token of an open term is only the beginning of a word that is still being typed. A
    quoted term matches exactly; other terms also match their `forms`, which are folded.
    """

    text: str
    tokens: tuple[str, ...]
    column: SearchColumn | None = None
    is_open: bool = False
    is_quoted: bool = False
    forms: tuple[str, ...] = ()


class Found(Struct, frozen=True):
    """The hits of a search, the best first; `more` tells whether there were further hits.

    `terms` are the words and phrases that count as a match, with the forms that were looked for.
    `doubts` tell which parts of the query mean nothing, or name what does not exist.
    """

    hits: tuple[Hit, ...] = ()
    more: bool = False
    terms: tuple[Term, ...] = ()
    doubts: tuple[Reason, ...] = ()


class Revision(Struct, frozen=True):
    """An older text of an article; the newest of them has the number 1.

    `fetched` is when it was fetched, `replaced` when a newer text replaced it.
    """

    number: int
    title: str | None
    fetched: datetime
    replaced: datetime


class PageOrigin(Struct, frozen=True):
    """The origin of a stored page: its address, its validators, its bytes as they were fetched.

    `etag` and `modified` are the header values ETag and Last-Modified, None if absent; `source`
    is the name of the source that the page belongs to; `moved` is the address that the page has
    permanently moved to, or None.
    """

    url: str
    etag: str | None = None
    modified: str | None = None
    data: bytes | None = None
    source: str = DEFAULT_SOURCE
    moved: str | None = None


class Following(Struct, frozen=True):
    """A section found on the site, and whether its listing is to be fetched."""

    section: Section
    followed: bool


class SyncState(Struct, frozen=True):
    """The outcome of the last runs: when the site last answered, and what has failed since.

    `drifted` tells whether the last run could not read most of the site's pages.
    """

    reached: datetime | None = None
    failed: datetime | None = None
    reason: Reason | None = None
    drifted: bool = False


class SectionCount(Struct, frozen=True):
    """The name of a section, how many headlines of it the cache holds, and how many are unread."""

    name: str
    total: int
    unread: int


class Counts(Struct, frozen=True):
    """How many headlines are selected, and how many of them are unread."""

    total: int
    unread: int


class FileNote(Struct, frozen=True):
    """A device's file of marks that was read, or one of this device (`mine`) that was written.

    A file of this device that was `joined` to others is removed, and may reappear if the
    synchronization program never deletes files.
    """

    device: str
    file: str
    mine: bool
    joined: bool = False
