"""Errors a person can cause. Each message says what was wrong and what to do about it."""

from __future__ import annotations


class NutgrafError(Exception):
    """Base of all of them: `str(error)` is one sentence fit to be shown as it is."""


class BadSource(NutgrafError):
    """A file, page or row that is no article."""


class BadQuestion(NutgrafError):
    """A question, date or option that cannot be understood."""


class UnknownArticle(NutgrafError):
    """No article of that key in the collections that may be seen."""


class ArchiveError(NutgrafError):
    """An archive that cannot be opened or written."""


class ArchiveTooNew(ArchiveError):
    """Written by newer software; left untouched."""


class OutputError(NutgrafError):
    """Standard output that cannot be written to the end."""


class ModelMismatch(ArchiveError):
    """Vectors of another model than the one configured."""


class ModelUnavailable(NutgrafError):
    """The sentence model is missing or altered."""


class ReaderUnavailable(NutgrafError):
    """The span reader's files are missing or altered; answers are then whole sentences."""
