"""The frozen types that every layer shares; times are aware datetimes in UTC."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

from msgspec import Struct, field

from reader.errors import Reason

BlockKind = Literal["paragraph", "heading", "item", "quote", "code", "table"]
# How a list is ordered: by time, or the unread before the others.
Order = Literal["newest", "oldest", "unread"]
# Where a term of a search may be looked for alone.
Column = Literal["title", "place", "agency", "section"]
# What a reader says of a headline.
Mark = Literal["read", "saved"]
# What a reader chooses, as the store and the records of devices name it: sources and what is muted;
# stories, of a report which is watched, taken out of one, or joined to one.
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
        """Refuse an interval that ends before it begins, with a ValueError."""
        if self.earliest > self.latest:
            raise ValueError(f"sighting ends before it begins: {self.earliest} > {self.latest}")


class Dateline(Struct, frozen=True):
    """The places and agencies before a lead, in their page spelling: `MINSK (ANP/RTR) - `."""

    places: tuple[str, ...]
    agencies: tuple[str, ...] = ()


class Teaser(Struct, frozen=True):
    """One headline as a page shows it; `url` is absolute, `summary` goes without its dateline."""

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

    `number` is that of an item of an ordered list; `rows` are the cells of a table, of which `text`
    has a line a row, cells joined by ` | `; `links` are in order and do not overlap. The text of
    code keeps its line breaks and spaces.
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

    `modified` is when the page says it was last changed (UTC), `description` how it describes
    itself in its head, `language` its language tag, such as `nl` or `nl-BE`. `canonical` is the
    address that the page names as its own, where that is of the same site; `parser` is the version
    of the parser that made the text, 1 where that is not known.
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


# The news site, and the source of all that came in before items knew theirs.
DEFAULT_SOURCE = "zeelandnet"


class Section(Struct, frozen=True):
    """A section or region of a source and the address of its listing; its name is unique there."""

    name: str
    url: str
    source: str = DEFAULT_SOURCE


class Listing(Struct, frozen=True):
    """A parsed section or region page: its teasers, its `Net binnen` ticker, where to go on."""

    section: str | None
    teasers: tuple[Teaser, ...]
    ticker: tuple[Teaser, ...]
    sections: tuple[Section, ...]
    next: str | None
    fetched: datetime


class Entry(Struct, frozen=True):
    """One entry of a feed.

    `guid` is what the feed names it by, `content` its text in HTML, "" where the feed has none, and
    `digest` changes with whatever the feed states of it. `description` is its summary in HTML, ""
    where the feed has none.
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
    """The feeds that a web page offers, those of comments last."""

    links: tuple[FeedLink, ...]


class Asked(Struct, frozen=True):
    """What is known of a page that was asked for before; `checked` is when it last answered."""

    etag: str | None
    modified: str | None
    checked: datetime


class FeedPage(Struct, frozen=True):
    """A feed as it was fetched and read, to be stored.

    `source` is the name by which items know it; `name` what it is shown as, `section` the group
    that its items are in; `texts` are the blocks of entries by their digests; `digest` is of the
    bytes; `wants_pages` are the digests of entries whose pages are to be fetched as well;
    `moved` is where the feed has moved to for good, None where it has not.
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


class ChosenFeed(Struct, frozen=True):
    """Whether a feed is followed, and muted, as was chosen on any machine; None where none was."""

    url: str
    followed: bool | None
    muted: bool | None


class FeedName(Struct, frozen=True):
    """What a feed is shown as, and the group of its items; None leaves one as it is.

    `source` is the name by which items know the feed, `url` where it is asked for where it is new;
    `position` is its place among those that are followed.
    """

    source: str
    url: str
    name: str | None = None
    section: str | None = None
    position: int | None = None


class FeedState(Struct, frozen=True):
    """What is known of a feed that is or was followed.

    `source` is the name by which items know it, `url` where it is asked for; `checked` is when it
    last answered, `fetched` when it was last sent whole, `due` when it is to be asked for again;
    `ttl` are the minutes for which it asks to be left alone; `failures` counts those in a row;
    `gone` tells that its site says that it will never be there again; `section` is its group, and
    `position` its place among those that are followed.
    """

    source: str
    url: str
    name: str
    title: str | None = None
    home: str | None = None
    digest: bytes | None = None
    asked: Asked | None = None
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
    """A teaser as the cache keeps it: with its number, its marks, and when it was first seen.

    `failure` is the reason why its article could not be fetched, where that was tried;
    `source` is the name of the source that brought it, `story` the number of the story that it is a
    report of, None where it is alone, and `story_size` how much there is of that; `tags` are those
    that the reader gave it, by name. `retitled` tells that it has another title than when its
    article was read.
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
    """Which headlines are asked for: all of `section`, `unread`, `saved` and `words` must hold.

    They have higher numbers than `after`, so they came in later than that headline, and are reports
    of `story`, with `watched` of any that is watched; they are `cached`, have `tag`, and are what
    `query` asks for at the moment `at`.
    They were brought by the feed with the key `source`.
    What is muted is left out, but of what a reader saved, tagged or asks for as a story; `muted`
    selects that alone. `order` is that of the list; all are of a time `before` the one given.
    """

    section: str | None = None
    unread: bool = False
    saved: bool = False
    words: str = ""
    after: int = 0
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


class UntoldGroup(Struct, frozen=True):
    """What came in for a saved search or a story: how many headlines, and the newest of them."""

    name: str
    count: int
    headlines: tuple[Headline, ...]


class MarkChange(Struct, frozen=True):
    """A mark that was set, or cleared where `value` is false, of the headlines `ids`.

    They are those that did not have it so before.
    """

    mark: str
    value: bool
    ids: tuple[int, ...]


class Mute(Struct, frozen=True):
    """What a reader mutes: a phrase, of which a last word with `*` is only begun, or a section.

    `kind` is "words" or "section"; `hidden` is how many headlines it keeps out of the lists, and
    `fixed` tells that the settings have it.
    """

    kind: Literal["words", "section"]
    name: str
    hidden: int = 0
    fixed: bool = False


class SavedSearch(Struct, frozen=True):
    """A search that is a view of its own: its name, and the query as a reader types one."""

    name: str
    query: str


class LastVisit(Struct, frozen=True):
    """When the reader was last used, and the number of the headline that came in last by then."""

    at: datetime
    newest: int


class Hit(Struct, frozen=True):
    """A headline that a search found, with a snippet of the text that matched.

    `matches` are the places of what matched in `snippet`: first character, and the one after.
    """

    headline: Headline
    snippet: str
    matches: tuple[tuple[int, int], ...] = ()


class Term(Struct, frozen=True):
    """A word or phrase to be found, in all text or in one column; `tokens` are its folded words.

    The last token of an `open` term is only the beginning of a word: it is being typed. What was in
    quotes is meant to the letter; of other words `forms` count as well, folded.
    """

    text: str
    tokens: tuple[str, ...]
    column: Column | None = None
    is_open: bool = False
    is_quoted: bool = False
    forms: tuple[str, ...] = ()


class Found(Struct, frozen=True):
    """What a search found, the best first; `more` tells that there were further hits.

    `terms` are the words and phrases that count as a match, with the forms that were looked for.
    """

    hits: tuple[Hit, ...] = ()
    more: bool = False
    terms: tuple[Term, ...] = ()


class Revision(Struct, frozen=True):
    """An older text of an article, numbered from the newest of them, 1.

    `fetched` is when it came, `replaced` when a newer text took its place.
    """

    number: int
    title: str | None
    fetched: datetime
    replaced: datetime


class PageOrigin(Struct, frozen=True):
    """Where a stored page came from: its address, its validators, its bytes as they were fetched.

    `etag` and `modified` are the header values ETag and Last-Modified, None where absent; `source`
    is the name of the source that it is a page of; `moved` is the address that the page has moved
    to for good, None where it has not.
    """

    url: str
    etag: str | None = None
    modified: str | None = None
    data: bytes | None = None
    source: str = DEFAULT_SOURCE
    moved: str | None = None


class Following(Struct, frozen=True):
    """A section that the site was seen to have, and whether its listing is to be fetched."""

    section: Section
    followed: bool


class SyncState(Struct, frozen=True):
    """How the last runs went: when the site last answered, and what failed since, if anything.

    `drifted` tells that the last run could not read most of the site's pages.
    """

    reached: datetime | None = None
    failed: datetime | None = None
    reason: Reason | None = None
    drifted: bool = False


class SectionCount(Struct, frozen=True):
    """A section's name with how many headlines the cache holds of it, and how many are unread."""

    name: str
    total: int
    unread: int


class Counts(Struct, frozen=True):
    """How many headlines are selected, and how many of them are unread."""

    total: int
    unread: int


class FileNote(Struct, frozen=True):
    """A file of marks of a device that was read, or that is `mine` and was written.

    One of mine that was `joined` to others is removed, and may come back by an engine that removes
    nothing.
    """

    device: str
    file: str
    mine: bool
    joined: bool = False
