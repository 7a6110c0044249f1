"""Invented news: an edition of any size, the same for the same seed, and its later states."""

import random
import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from string import Formatter

from msgspec import Struct
from msgspec.structs import replace

from reader.model import Block, Dateline
from reader.text.dates import SITE_ZONE
from reader.text.slug import slugify

_COPY = Path(__file__).parent / "copy"
WEEKDAYS = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december"
).split()
_COUNTS = "twee drie vier vijf zes zeven acht negen".split()
_RELATED = 7
_TRIES = 2_000
_NOT_YET = datetime(1970, 1, 1, tzinfo=UTC)


class Story(Struct, frozen=True):
    """One kind of event, with the words for its slots."""

    title: str
    lead: str
    body: tuple[str, ...]
    slots: dict[str, list[str]]


class Desk(Struct, frozen=True):
    """A section or region: its listing's path, its share of the news, and where it reports from."""

    name: str
    path: str
    weight: int
    agencies: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]
    mixed: frozenset[str]
    stories: tuple[Story, ...]

    @property
    def regional(self) -> bool:
        """Tell whether this is a region, whose listing has a ticker and no titles."""
        return "/regio/" in self.path


class Item(Struct, frozen=True):
    """One article of the site; `updated` is set once its text was changed."""

    path: str
    section: str
    title: str
    dateline: Dateline
    lead: str
    body: tuple[Block, ...]
    published: datetime
    updated: datetime | None = None

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return the lead and the body as a parser should find them."""
        return (Block("paragraph", self.lead), *self.body)

    @property
    def changed(self) -> datetime:
        """Return when the text was last changed."""
        return self.updated or self.published


class Edition(Struct, frozen=True):
    """The site's items at `now`, newest first; `drawn` tells how many were ever made."""

    seed: int
    now: datetime
    items: tuple[Item, ...]
    drawn: int

    def find(self, path: str) -> Item | None:
        """Return the item at `path`, if there is one."""
        return next((item for item in self.items if item.path == path), None)

    def of(self, section: str) -> tuple[Item, ...]:
        """Return the items of one section, newest first."""
        return tuple(item for item in self.items if item.section == section)

    def related(self, item: Item) -> tuple[Item, ...]:
        """Return the newest other items of an item's section, as `Meer uit` shows them."""
        others = (other for other in self.of(item.section) if other.path != item.path)
        return tuple(islice(others, _RELATED))

    def later(self, now: datetime, new: int, updated: int = 3) -> "Edition":
        """Return the edition at a later `now`: `new` items on top, the last ones `updated`."""
        now = now.replace(microsecond=0)
        gap = (now - self.now) / max(new, 1)
        drafts = islice(_drafts(self.seed), self.drawn, self.drawn + new)
        fresh = [
            _publish(draft, (now - gap * (number + 0.5)).replace(microsecond=0))
            for number, draft in enumerate(drafts)
        ]
        dice = _dice(f"{self.seed} update {self.drawn}")
        old = [_update(item, now, dice) for item in self.items[:updated]]
        items = (*fresh, *old, *self.items[updated:])
        return replace(self, now=now, items=items, drawn=self.drawn + new)


@cache
def desks() -> tuple[Desk, ...]:
    """Return the site's sections and regions in the order of its navigation."""
    return tuple(
        Desk(
            each["name"],
            each["path"],
            each["weight"],
            tuple(tuple(names) for names in each["agencies"]),
            tuple(each["places"]),
            frozenset(each.get("mixed", ())),
            _stories(each["stories"]),
        )
        for each in tomllib.loads((_COPY / "desks.toml").read_text("utf-8"))["desk"]
    )


def make_edition(seed: int, articles: int, now: datetime) -> Edition:
    """Return an edition of `articles` items, the newest minutes and the oldest days before `now`.

    Raises ValueError where the copy has no more titles.
    """
    now = now.replace(microsecond=0)
    dice = _dice(f"{seed} moments")
    moment = now + timedelta(minutes=3)
    items = []
    for draft in islice(_drafts(seed), articles):
        moment -= timedelta(seconds=dice.randint(200, 1_600))
        items.append(_publish(draft, moment))
    return Edition(seed, now, tuple(items), articles)


def _drafts(seed: int) -> Iterator[Item]:
    """Yield items without a moment, never two with one title, the same ones for a seed."""
    dice = _dice(f"{seed} drafts")
    weights = [desk.weight for desk in desks()]
    paths: set[str] = set()
    while True:
        (desk,) = dice.choices(desks(), weights)
        draft = _draft(desk, paths, dice)
        paths.add(draft.path)
        yield draft


def _draft(desk: Desk, paths: set[str], dice: random.Random) -> Item:
    for _ in range(_TRIES):
        story = dice.choice(desk.stories)
        place = dice.choice(desk.places)
        words = {"plaats": place} | {slot: dice.choice(each) for slot, each in story.slots.items()}
        title = _filled(story.title, words, dice)
        path = f"/nieuws/{slugify(title)}"
        if path not in paths:
            dateline = Dateline(
                (place if place in desk.mixed else _capitals(place),), dice.choice(desk.agencies)
            )
            lead = _filled(story.lead, words, dice)
            body = _body(story, words, dice)
            return Item(path, desk.name, title, dateline, lead, body, _NOT_YET)
    raise ValueError(f"the copy of {desk.name} has no more titles than {len(paths)} items need")


def _body(story: Story, words: dict[str, str], dice: random.Random) -> tuple[Block, ...]:
    """Return what happened, how it goes on, and in a quarter of the cases a subheading between."""
    told = [Block("paragraph", _filled(text, words, dice)) for text in story.body]
    common = _common()
    more = dice.sample(common["more"], dice.randint(1, 5))
    added = [Block("paragraph", _filled(text, words, dice)) for text in more]
    heading = Block("heading", dice.choice(common["headings"]))
    middle = [heading] if dice.random() < 0.28 else []
    return (*told, *middle, *added)


def _publish(draft: Item, moment: datetime) -> Item:
    """Return the draft with its moment, and with that moment's weekday in its sentences."""
    day = WEEKDAYS[moment.astimezone(SITE_ZONE).weekday()]
    body = tuple(replace(block, text=block.text.replace("{dag}", day)) for block in draft.body)
    lead = draft.lead.replace("{dag}", day)
    return replace(draft, lead=lead, body=body, published=moment)


def _update(item: Item, now: datetime, dice: random.Random) -> Item:
    """Return the item with one more paragraph, and `UPDATE: ` before its title."""
    text = _filled(dice.choice(_common()["updates"]), {}, dice)
    title = f"UPDATE: {item.title.removeprefix('UPDATE: ')}"
    body = (Block("paragraph", text), *item.body)
    return replace(item, title=title, body=body, updated=now)


def _filled(text: str, words: dict[str, str], dice: random.Random) -> str:
    """Return `text` with all slots filled but that of the weekday, and a capital in front."""
    general = {
        "aantal": str(dice.randint(12, 96)),
        "procent": str(dice.randint(3, 39)),
        "weken": dice.choice(_COUNTS),
        "maand": dice.choice(MONTHS),
        "dag": "{dag}",
    }
    filled = Formatter().vformat(text, (), general | words)
    return filled[:1].upper() + filled[1:]


def _capitals(place: str) -> str:
    """Return a place as datelines write it: `‘s-Heerenhoek` becomes `‘s-HEERENHOEK`."""
    return f"‘s{place[2:].upper()}" if place.startswith("‘s") else place.upper()


def _stories(name: str) -> tuple[Story, ...]:
    found = tomllib.loads((_COPY / f"{name}.toml").read_text("utf-8"))["story"]
    return tuple(
        Story(each["title"], each["lead"], tuple(each["body"]), each["slots"]) for each in found
    )


@cache
def _common() -> dict[str, Sequence[str]]:
    return tomllib.loads((_COPY / "algemeen.toml").read_text("utf-8"))


def _dice(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - repeatable news, no secret
