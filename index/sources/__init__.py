"""Where articles come from: files, folders, web pages, rows of JSON. All of it comes out as clean `Article`s."""

from index.sources.documents import KINDS, Kind, read_text
from index.sources.files import SUFFIXES, expected, read
from index.sources.records import to_row
from index.sources.shipped import samples

__all__ = ["KINDS", "SUFFIXES", "Kind", "expected", "read", "read_text", "samples", "to_row"]
