"""The sentence of an error as a user sees it, for tests."""

from reader.errors import ReaderError, Reason
from reader.i18n import message


def said(why: ReaderError | Reason) -> str:
    """Return what the command line says of it in English."""
    return message(why, "en")
