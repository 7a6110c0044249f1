"""Prints the reports and complaints of commands, in the reader's language."""

import sys

from msgspec import Struct

from reader.config import Settings
from reader.errors import ReaderError, Reason
from reader.glyphs import own_environment, plain, wants_plain
from reader.i18n import message, result
from reader.text.relative_time import Language


class Printer(Struct, frozen=True):
    """Prints sentences of the catalog in one language; with `is_plain`, signs are ASCII."""

    language: Language
    is_plain: bool = False

    @classmethod
    def of(cls, settings: Settings) -> "Printer":
        """Return a printer with the language and the signs that the settings name."""
        return cls(settings.language, wants_plain(settings.glyphs, own_environment()))

    def signs(self, text: str) -> str:
        """Return `text` with signs that the terminal has, at the same width."""
        return plain(text) if self.is_plain else text

    def message(self, why: ReaderError | Reason) -> str:
        """Return an error as one clean line, preceded by the place where it arose."""
        return message(why, self.language)

    def sentence(self, code: str, /, **arguments: object) -> str:
        """Return the sentence for `code` with its arguments as one clean line."""
        return result(code, arguments, self.language)

    def say(self, code: str, /, **arguments: object) -> None:
        """Print the sentence for `code` with its arguments on standard output."""
        print(self.signs(self.sentence(code, **arguments)))

    def remark(self, code: str, /, **arguments: object) -> None:
        """Print the sentence for `code` on standard error, apart from the command's output."""
        print(self.signs(self.sentence(code, **arguments)), file=sys.stderr)

    def complain(self, why: ReaderError | Reason) -> None:
        """Print an error on standard error."""
        print(self.signs(f"znreader: {self.message(why)}"), file=sys.stderr)
