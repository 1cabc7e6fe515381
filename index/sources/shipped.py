"""The sample articles that come with the package."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import files
from pathlib import PurePath

from index.article import Article
from index.sources.documents import read_text
from index.sources.files import SUFFIXES


def samples() -> list[Article]:
    """The shipped samples in the order of their names, read and cleaned as any file is; the name is the id."""
    articles = []
    for file in sorted(files("index").joinpath("samples").iterdir(), key=lambda entry: entry.name):
        name = PurePath(file.name)
        kind = SUFFIXES.get(name.suffix)
        if kind is None:
            continue
        for item in read_text(file.read_bytes(), kind, file.name):
            if not isinstance(item, Article):
                raise item
            articles.append(replace(item, id=name.stem))
    return articles
