"""What commands print of their work: reports and complaints, in the reader's language."""

import sys

from msgspec import Struct

from reader.config import Settings
from reader.errors import ReaderError, Reason
from reader.glyphs import own_environment, plain, wants_plain
from reader.i18n import message, report
from reader.text.relative_time import Language


class Printer(Struct, frozen=True):
    """Prints sentences of the catalog in one language; `is_plain` where signs are to be ASCII."""

    language: Language
    is_plain: bool = False

    @classmethod
    def of(cls, settings: Settings) -> "Printer":
        """Return a printer with the language and the signs that the settings name."""
        return cls(settings.language, wants_plain(settings.glyphs, own_environment()))

    def signs(self, text: str) -> str:
        """Return `text` with the signs that the terminal has, as wide as before."""
        return plain(text) if self.is_plain else text

    def message(self, why: ReaderError | Reason) -> str:
        """Return what went wrong as one clean line, behind the place where it arose."""
        return message(why, self.language)

    def sentence(self, code: str, /, **arguments: object) -> str:
        """Return the report of `code` with its arguments as one clean line."""
        return report(code, arguments, self.language)

    def report(self, code: str, /, **arguments: object) -> None:
        """Print the report of `code` with its arguments on standard output."""
        print(self.signs(self.sentence(code, **arguments)))

    def remark(self, code: str, /, **arguments: object) -> None:
        """Print the report of `code` on standard error, beside what a command has for output."""
        print(self.signs(self.sentence(code, **arguments)), file=sys.stderr)

    def complain(self, why: ReaderError | Reason) -> None:
        """Print what went wrong on standard error."""
        print(self.signs(f"znreader: {self.message(why)}"), file=sys.stderr)
