"""The digest: recent news by story, for reading and for opening a report."""

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reader.glyphs import unread_sign
from reader.stories.digest import (
    Digest,
    DigestReport,
    DigestStory,
    begin_of,
    feed_names,
    is_recent,
    lead_of,
    title_with_feed,
)
from reader.text.relative_time import Language
from reader.text.sanitize import clean_line
from reader.ui import wording
from reader.ui.commands.bindings import bindings_of
from reader.ui.screens.dialog import DialogScreen
from reader.ui.typeset.text import (
    SEPARATOR,
    day_name,
    ends,
    fit,
    headline_text,
    joined,
    short_age_text,
    wrap,
)
from reader.ui.widgets.article_lines import BAND
from reader.ui.widgets.key_bar import KeyBar
from reader.ui.widgets.options import Options

_EARLIER = 3
# The cells before the texts of a story, and of a line with room for its facts beside its title.
_INDENT, _FACTS_BESIDE = 3, 60
# The most cells for the name of a feed.
_FEED = 16
_QUIET = "$quiet"
_RULE = "─"
# A terminal of fewer lines has none to spare around the head.
_ROOMY = 24


class DigestScreen(DialogScreen[int | None]):
    """Shows a digest, the cursor at a headline; returns the one that is chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("digest")

    def __init__(self, digest: Digest, at: int | None, language: Language) -> None:
        super().__init__()
        self._digest = digest
        self._at = at
        self._language = language
        # The width of a line (cells), 0 until it is known.
        self._width = 0

    def compose(self) -> ComposeResult:
        """Lay out the head above the stories and the single reports."""
        yield Static(id="digest-head")
        with Vertical(id="digest"):
            options = Options(id="digest-reports")
            options.can_focus = False
            yield options
        keys = KeyBar("digest")
        if not self._digest.counted.reports:
            keys.unfit = ("digest.open", "digest.down", "digest.up")
        yield keys

    def on_mount(self) -> None:
        """Draw the reports once their width is known."""
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        """Redraw the reports, keeping the cursor on the same one."""
        self.call_after_refresh(self._draw)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the report that was chosen."""
        self.dismiss(int(event.option_id or 0) or None)

    def _draw(self) -> None:
        options = self.query_one(Options)
        width = options.text_width
        # The head is as high as its lines, so drawing it may move what is below it.
        self.query_one("#digest-head", Static).update(self._head(options.text_left, width))
        if width == self._width:
            return
        self._width = width
        here = options.highlighted
        options.clear_options()
        options.add_options(self._options())
        if here is None:
            ids = [option.id for option in options.options]
            here = ids.index(str(self._at)) if str(self._at) in ids else None
        if here is None:
            options.action_first()
        else:
            options.highlighted = here

    def _head(self, left: int, width: int) -> Content:
        """Return the title and what the digest holds, below each other from the cell `left` on."""
        title, about = _heading(self._digest)
        roomy = self.size.height >= _ROOMY
        margin = Content.assemble(" " * (left - len(BAND) - 1), (BAND, "$key"), " ")
        margin = margin if roomy else Content(" " * left)
        title_line = (fit(title, width), "bold $strong")
        lines = [title_line, *((each, "$quiet") for each in wrap(about, width, 3))]
        drawn = [Content.assemble(margin, line) for line in lines]
        blank = [Content()] * roomy
        return Content("\n").join([*blank, *drawn, *blank])

    def _options(self) -> Iterator[Option]:
        digest = self._digest
        for place, story in enumerate(digest.stories, 1):
            yield Option(self._story(place, story), str(story.newest.id))
            yield Option("", disabled=True)
        sections = Counter(_section_of(each) for each in digest.singles)
        section = None
        for each in digest.singles:
            if _section_of(each) != section:
                if section is not None:
                    yield Option("", disabled=True)
                section = _section_of(each)
                yield Option(self._divider(section, sections[section]), disabled=True)
            yield Option(self._single(each), str(each.headline.id))
        if digest.left_out:
            yield Option(wording.say("digest.more", left=_left_out(digest)), disabled=True)

    def _story(self, place: int, story: DigestStory) -> Content:
        room = self._width - _INDENT
        newest = story.reports[0]
        new = wording.say("digest.new", count=story.new)
        facts = joined(_feed_of(newest), joined(new, self._age(newest)))
        beside = self._width >= _FACTS_BESIDE
        title, *rest = wrap(
            headline_text(story.newest.teaser), room - (cell_len(facts) + 2) * beside, 2
        ) or [""]
        bold = "bold" if story.unread else ""
        lines: list[tuple[str, str]] = [(line, bold) for line in rest]
        if not beside:
            lines.append((facts, _QUIET))
        lines += [(line, "") for line in wrap(clean_line(lead_of(story.newest)), room, 2)]
        if earlier := self._earlier(story):
            lines += [(line, f"italic {_QUIET}") for line in wrap(earlier, room, 2)]
        head = Content.assemble(
            (f"{place:<2} ", "bold $key"),
            (title, bold),
            (f"  {facts}" if beside else "", _QUIET),
        )
        indent = " " * _INDENT
        return Content("\n").join(
            [head, *(Content.assemble(indent, line) for line in lines if line[0].strip())]
        )

    def _earlier(self, story: DigestStory) -> str:
        """Return the titles of the other new reports, "" if there are none."""
        titles = [title_with_feed(each.headline) for each in story.reports[1:] if each.is_new]
        if not titles:
            return ""
        more = len(titles) - _EARLIER
        shown = SEPARATOR.join([*titles[:_EARLIER], *([f"+{more}"] if more > 0 else [])])
        return wording.say("digest.earlier", titles=shown)

    def _divider(self, section: str, count: int) -> Content:
        label = f"{joined(section, str(count))} "
        return Content.assemble(
            (fit(label, min(cell_len(label), self._width)), ""),
            (_RULE * max(self._width - cell_len(label), 0), "$rule"),
        )

    def _single(self, report: DigestReport) -> Content:
        headline = report.headline
        room = self._width - _INDENT
        facts = joined(_feed_of(report), self._age(report))
        title, facts = ends(headline_text(headline.teaser), facts, room)
        sign = unread_sign(headline).ljust(_INDENT)
        style = _QUIET if headline.read else "bold"
        return Content.assemble((sign, "$key"), (title, style), (facts, _QUIET))

    def _age(self, report: DigestReport) -> str:
        return short_age_text(report.headline, self._digest.until, self._language)


def _feed_of(report: DigestReport) -> str:
    """Return the name of the feed that a report is from, "" if it is from the site."""
    names = feed_names([report.headline.source])
    return fit(names[0], min(_FEED, cell_len(names[0]))) if names else ""


def _section_of(report: DigestReport) -> str:
    section = clean_line(report.headline.teaser.section or "")
    return section or wording.say("digest.without-section")


def _left_out(digest: Digest) -> str:
    """Return how many stories and single reports are beyond the limit."""
    stories = digest.counted.stories - len(digest.stories)
    singles = digest.counted.singles - len(digest.singles)
    named = (("digest.stories", stories), ("digest.singles", singles))
    return ", ".join(wording.say_count(key, count) for key, count in named if count)


def _heading(digest: Digest) -> tuple[str, str]:
    """Return the title of a digest, and in numbers what it holds, if anything."""
    counted = digest.counted
    day, hour = begin_of(digest)
    clock = day_name(day, digest.until.astimezone().date(), recent=is_recent(digest))
    if hour is not None:
        clock = f"{clock} {wording.say('date.clock', hour=hour.hour, minute=hour.minute)}"
    said = wording.say("digest.nothing")
    if counted.reports:
        said = wording.say(
            "digest.counted",
            reports=wording.say_count("list.reports", counted.reports),
            stories=wording.say_count("digest.stories", counted.stories),
            singles=wording.say_count("digest.singles", counted.singles),
        )
    if digest.is_since_visit:
        return wording.say("digest.since-visit"), joined(clock, said)
    return wording.say("digest.since", clock=clock), said
