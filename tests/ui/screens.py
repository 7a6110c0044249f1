"""Reads the text of the screen for tests."""

from reader.ui import wording
from reader.ui.app import ReaderApp
from reader.ui.screens.main import MainScreen


def lines_of(app: ReaderApp) -> list[str]:
    """Return the lines of the terminal as text."""
    width, height = app.size
    strips = app.screen._compositor.render_strips(app.size)
    return [strip.crop(0, width).text for strip in strips[:height]]


def text_of(app: ReaderApp) -> str:
    """Return the terminal's text, its lines joined by newlines."""
    return "\n".join(lines_of(app))


def reading(app: ReaderApp) -> MainScreen:
    """Return the reading screen."""
    return app.reading_screen


def opened_id(app: ReaderApp) -> int | None:
    """Return the number of the opened headline."""
    opened = reading(app).opened
    return opened.headline.id if opened else None


def told(app: ReaderApp) -> str:
    """Return the notice that was shown last with the keys that it offers, or nothing."""
    notice = reading(app).notices.notice
    if notice is None:
        return ""
    offers = (f"{wording.key_of_command(each.command)} {each.label}" for each in notice.offers)
    return " ".join((notice.text, *offers))
