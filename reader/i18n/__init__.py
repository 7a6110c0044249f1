"""Texts in the reader's language: the catalog, and the sentences of errors."""

from reader.i18n.sentences import message, report, sentence, term

__all__ = ["message", "report", "sentence", "term"]
