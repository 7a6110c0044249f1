"""Texts in the reader's language: the catalog, and the sentences of errors."""

from reader.i18n.sentences import message, result, sentence, term

__all__ = ["message", "result", "sentence", "term"]
