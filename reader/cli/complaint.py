"""What goes wrong, on standard error and in the reader's language."""

import sys

from reader.config import language_of_locale
from reader.errors import Argument, ReaderError, Reason
from reader.text.relative_time import Language

# Until the settings are read, what they may say is not known.
_language: list[Language] = []


def speak(language: Language) -> None:
    """Have everything that goes wrong from here on told in `language`."""
    _language[:] = [language]


def told(why: ReaderError | Reason) -> str:
    """Return what went wrong as one clean line in the reader's language."""
    # Where nothing goes wrong, the sentences are not needed.
    from reader.i18n import message  # noqa: PLC0415

    return message(why, _chosen_language())


def report(code: str, /, **arguments: Argument) -> str:
    """Return what came of a command as one clean line in the reader's language."""
    from reader.i18n import report as reported  # noqa: PLC0415 - as above

    return reported(code, arguments, _chosen_language())


def complain(why: ReaderError | Reason) -> None:
    """Print what went wrong on standard error."""
    print(f"znreader: {told(why)}", file=sys.stderr)


def _chosen_language() -> Language:
    return _language[0] if _language else language_of_locale()
