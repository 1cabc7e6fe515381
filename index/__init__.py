"""Everything about articles and answers. Knows nothing of Discord.

This is the public face: `Archive` and the plain data it speaks in. Nothing heavy is imported before it is needed.
"""

from index.adding import Added, Progress
from index.answer import Answer, Finding, Hit, Kind, Quote, Span, Trace
from index.answering.following import follow_up
from index.answering.since import parse_since
from index.archive import SHARED, Archive
from index.article import Article, Citation, Passage, Published, later, parse_published
from index.asking import How
from index.database import connect, create
from index.encoder import DEFAULT_MODEL, Encoder, SentenceEncoder
from index.errors import (
    ArchiveError,
    ArchiveTooNew,
    BadQuestion,
    BadSource,
    ModelMismatch,
    ModelUnavailable,
    NutgrafError,
    ReaderUnavailable,
    UnknownArticle,
)
from index.health import Status
from index.migrations import migrate
from index.output import complete_output, reader_left, use_utf8
from index.reader import Reader, Reading, load_reader
from index.sources import read, read_text, samples

__all__ = [
    "DEFAULT_MODEL",
    "SHARED",
    "Added",
    "Answer",
    "Archive",
    "ArchiveError",
    "ArchiveTooNew",
    "Article",
    "BadQuestion",
    "BadSource",
    "Citation",
    "Encoder",
    "Finding",
    "Hit",
    "How",
    "Kind",
    "ModelMismatch",
    "ModelUnavailable",
    "NutgrafError",
    "Passage",
    "Progress",
    "Published",
    "Quote",
    "Reader",
    "ReaderUnavailable",
    "Reading",
    "SentenceEncoder",
    "Span",
    "Status",
    "Trace",
    "UnknownArticle",
    "complete_output",
    "connect",
    "create",
    "follow_up",
    "later",
    "load_reader",
    "migrate",
    "parse_published",
    "parse_since",
    "read",
    "read_text",
    "reader_left",
    "samples",
    "use_utf8",
]
