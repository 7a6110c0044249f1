"""The digest: what came in, by stories, to read in and to open a report of."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from reader.stories.digest import Digest, DigestReport, DigestStory, feed_names, lead_of
from reader.text.relative_time import Language
from reader.text.sanitize import clean_line
from reader.ui import words
from reader.ui.commands.table import bindings_of
from reader.ui.screens.dialog import DialogScreen
from reader.ui.typeset.text import SEPARATOR, clock_text, headline_text, short_age_text
from reader.ui.widgets.key_bar import KeyBar

_EARLIER = 3


class DigestScreen(DialogScreen[int | None]):
    """Shows a digest; returns the number of the headline that is chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = bindings_of("digest")

    def __init__(self, digest: Digest, language: Language) -> None:
        super().__init__()
        self._digest = digest
        self._language = language

    def compose(self) -> ComposeResult:
        """Lay out the heading above the stories and the single reports."""
        with Vertical(id="digest"):
            yield Static(Content(_heading(self._digest)), id="digest-title")
            options = OptionList(*self._options(), id="digest-reports")
            options.can_focus = False
            yield options
        yield KeyBar("digest")

    def on_mount(self) -> None:
        """Put the cursor on the first story."""
        self.query_one(OptionList).action_first()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open the report that was chosen."""
        self.dismiss(int(event.option_id or 0) or None)

    def _options(self) -> Iterator[Option]:
        digest = self._digest
        for place, story in enumerate(digest.stories, 1):
            yield Option(self._story(place, story), str(story.newest.id))
        section: str | None = ""
        for each in digest.singles:
            if each.headline.teaser.section != section:
                section = each.headline.teaser.section
                name = clean_line(section or "") or words.say("digest.without-section")
                yield Option(Content("\n") + Content.styled(name, "bold"), disabled=True)
            yield Option(self._single(each), str(each.headline.id))
        if digest.left_out:
            yield Option(words.say("digest.more", count=digest.left_out), disabled=True)
        if not digest.counted.reports:
            yield Option(words.say("digest.nothing"), disabled=True)

    def _story(self, place: int, story: DigestStory) -> Content:
        facts = SEPARATOR.join(
            filter(
                None,
                (
                    *feed_names(story.sources),
                    words.say("digest.new", count=story.new),
                    self._age(story.reports[0]),
                ),
            )
        )
        lines = [
            Content.assemble(
                f"{place} ",
                (headline_text(story.newest.teaser), "bold" if story.unread else ""),
                (f"  {facts}", "$quiet"),
            )
        ]
        if lead := clean_line(lead_of(story.newest)):
            lines.append(Content(f"  {lead}"))
        earlier = [headline_text(each.headline.teaser) for each in story.reports[1:] if each.is_new]
        if earlier:
            shown = SEPARATOR.join(earlier[:_EARLIER])
            rest = len(earlier) - _EARLIER
            shown += f"{SEPARATOR}+{rest}" if rest > 0 else ""
            told = words.say("digest.earlier", titles=shown)
            lines.append(Content.styled(f"  {told}", "$quiet"))
        return Content("\n").join(lines)

    def _single(self, report: DigestReport) -> Content:
        headline = report.headline
        style = "" if headline.read else "bold"
        about = SEPARATOR.join((*feed_names([headline.source]), self._age(report)))
        return Content.assemble(
            "· ", (headline_text(headline.teaser), style), (f"  {about}", "$quiet")
        )

    def _age(self, report: DigestReport) -> str:
        return short_age_text(report.headline, self._digest.until, self._language)


def _heading(digest: Digest) -> str:
    counted = digest.counted
    clock = clock_text(digest.since, digest.until)
    return words.say(
        "digest.since-visit" if digest.is_since_visit else "digest.since",
        clock=clock,
        reports=words.say_count("list.reports", counted.reports),
        stories=words.say_count("digest.stories", counted.stories),
        singles=words.say_count("digest.singles", counted.singles),
    )
