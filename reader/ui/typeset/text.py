"""Pure preparation of text for the screen: which text of a teaser to print, and how it fits."""

import re
from datetime import date, datetime, timedelta

from rich.cells import cell_len, set_cell_size

from reader.model import DEFAULT_SOURCE, Article, Block, Dateline, Headline, Teaser
from reader.text.dateline import format_dateline
from reader.text.relative_time import Language, describe_age, describe_age_short
from reader.text.sanitize import clean_line
from reader.ui import wording
from reader.ui.typeset.wrapping import wrap_text

WORDS_A_MINUTE = 220
# Days of the last week have a name of their own.
_WEEK = 7
SEPARATOR = " · "
# The width of a title within a sentence (cells), and of each of two.
_NAMED, _NAMED_OF_TWO = 40, 20
# Not before a lower-case letter: `‘Kom!’ zei hij.` is one sentence.
_SENTENCE_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"'”’)]))\s(?![a-zà-ÿ])")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")


def headline_text(teaser: Teaser) -> str:
    """Return the title on one line, else the first sentence of the summary."""
    title = clean_line(teaser.title or "")
    if title:
        return title
    return _SENTENCE_END.split(clean_line(teaser.summary), maxsplit=1)[0] or wording.say(
        "list.untitled"
    )


def short_title(teaser: Teaser, *, of_two: bool = False) -> str:
    """Return the beginning of a title, which names a headline, or one `of_two`, in a sentence."""
    title = headline_text(teaser)
    return fit(title, min(cell_len(title), _NAMED_OF_TWO if of_two else _NAMED)).rstrip()


def places_text(dateline: Dateline | None) -> str:
    """Return the places of a dateline: `ANKARA/CAÏRO`, or nothing."""
    return clean_line("/".join(dateline.places)) if dateline else ""


def dateline_text(dateline: Dateline | None) -> str:
    """Return the whole dateline: `MINSK (ANP/RTR)`, or nothing."""
    return clean_line(format_dateline(dateline)) if dateline else ""


def age_text(headline: Headline, now: datetime, language: Language) -> str:
    """Return the age in words at `now`, or nothing if it is unknown."""
    published = headline.teaser.published
    return describe_age(published, now, language) if published else ""


def origin_of(headline: Headline) -> str:
    """Return the origin of a headline: its feed, or its section of the site; "" for neither."""
    if headline.source != DEFAULT_SOURCE:
        return headline.source
    return headline.teaser.section or ""


def short_age_text(headline: Headline, now: datetime, language: Language) -> str:
    """Return the age at `now` in at most 8 cells, or nothing if it is unknown."""
    published = headline.teaser.published
    return describe_age_short(published, now, language) if published else ""


def clock_text(moment: datetime, now: datetime) -> str:
    """Return the local time of `moment`, `14.05`, or its day and month if that was not today."""
    here = moment.astimezone()
    if here.date() == now.astimezone().date():
        return wording.say("date.clock", hour=here.hour, minute=here.minute)
    month = wording.say("date.months").split()[here.month - 1]
    return wording.say("date.day", day=here.day, month=month)


def since_text(moment: datetime, now: datetime) -> str:
    """Return the local time of `moment` if it was today, its weekday in the week before: `wo`.

    An earlier one is a day and a month.
    """
    day, today = moment.astimezone().date(), now.astimezone().date()
    if 0 < (today - day).days < _WEEK:
        return day_name(day, today, recent=True)
    return clock_text(moment, now)


def day_name(day: date, today: date, *, recent: bool) -> str:
    """Return a `recent` day as `wo`, another one as `25 nov`, in another year as `2025-11-25`."""
    if recent:
        return wording.say("date.weekdays-short").split()[day.weekday()]
    month = wording.say("date.months").split()[day.month - 1]
    is_present = day.year == today.year
    return wording.say("date.day", day=day.day, month=month) if is_present else day.isoformat()


def day_text(day: date, today: date, *, short: bool = False) -> str:
    """Return a day as shown above its headlines: `gisteren, woensdag 25 november`.

    The year is included if it differs from that of `today`. `short` abbreviates names.
    """
    form = "short" if short else "whole"
    values = {
        "weekday": wording.say(f"date.weekdays-{form}").split()[day.weekday()],
        "month": wording.say("date.months" if short else "date.months-whole").split()[
            day.month - 1
        ],
        "day": str(day.day),
        "year": str(day.year),
    }
    text = wording.say("date.whole-day" if day.year == today.year else "date.day-of-year", **values)
    named = {today: "date.today", today - timedelta(days=1): "date.yesterday"}
    return wording.say(named[day], day=text) if day in named else text


def reading_minutes(article: Article) -> int:
    """Return how long the article takes to read (minutes, at least one)."""
    count = sum(len(block.text.split()) for block in article.blocks)
    return max(1, round(count / WORDS_A_MINUTE))


def worth_showing(block: Block) -> bool:
    """Tell whether a block has content: a stray `.` of a page does not."""
    return bool(_LETTER_OR_DIGIT.search(block.text))


def as_sentence(text: str) -> str:
    """Return `text` on one line with a capital at its beginning and a period at its end."""
    line = clean_line(text)
    return line[:1].upper() + line[1:] + ("" if line.endswith((".", "!", "?", "…")) else ".")


def joined(*parts: str) -> str:
    """Return the non-empty parts, with a middle dot between them."""
    return SEPARATOR.join(part for part in parts if part)


def fit(text: str, width: int) -> str:
    """Return `text` at exactly `width` cells: filled with spaces, or cut with an ellipsis."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)


def wrap(text: str, width: int, lines: int) -> list[str]:
    """Return `text` as at most `lines` lines of exactly `width` cells, the last cut if needed."""
    if width <= 0 or lines <= 0:
        return []
    wrapped = [line.text for line in wrap_text(" ".join(text.split()), max(width, 2))]
    if len(wrapped) > lines:
        # Rejoined, so that the ellipsis comes as late as the width allows.
        wrapped[lines - 1 :] = [" ".join(wrapped[lines - 1 :])]
    return [fit(line, width) for line in wrapped]


def ends(left: str, right: str, width: int) -> tuple[str, str]:
    """Return `left` fitted to the cells of `width` that `right` leaves, and `right` if it fits."""
    needed = cell_len(right) + 2
    if not right or width < needed + 6:
        return fit(left, width), ""
    return fit(left, width - needed) + "  ", right
