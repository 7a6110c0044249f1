"""Texts in the reader's language: the catalog, and the sentences of errors."""

from reader.i18n.messages import message, sentence, term

__all__ = ["message", "sentence", "term"]
