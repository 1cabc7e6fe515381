"""Markup that changes what a text says, written out before the text is taken from its page."""

from __future__ import annotations

import re
from typing import Any

_RAISED = str.maketrans("0123456789+-−()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾")
_NOTE = re.compile(r"\[\s*(?:\w{1,3}|[*†‡§]+)\s*\]")
_MARK = re.compile(r"\[?\s*(?:\d{1,3}|[a-z]|[*†‡§]+|note \d{1,3})\s*\]?")
"""What leads to a note, where it is a link within the page."""
_FIGURES = re.compile(r"[\d+−()-]{1,6}")
_SLASH = re.compile(r"\s*[/⁄]\s*$")


def write_out(tree: Any) -> None:
    """Changes the page `tree`: what is struck out goes, since nobody says it any more; notes go; "10<sup>6</sup>" is "10⁶" and
    "3<sup>1</sup>/<sub>2</sub>" is "3 1/2"; `<q>` gets its quotation marks. Text behind an element stays.
    """
    from lxml import etree

    etree.strip_elements(tree, "del", "s", "strike", with_tail=False)
    for element in tree.xpath("//q"):
        if (said := element.text_content().strip()) and said[0] not in "“”„\"«‘'":
            _quote(element)
    etree.strip_tags(tree, "q")
    for element in tree.xpath("//sup"):
        _raised(element)


def _quote(element: Any) -> None:
    element.text = f"“{element.text or ''}"
    if len(element):
        element[-1].tail = f"{element[-1].tail or ''}”"
    else:
        element.text += "”"


def _raised(element: Any) -> None:
    said = element.text_content().strip()
    below = element.getnext()
    if below is not None and below.tag == "sub" and _SLASH.match(element.tail or "") and said.isdigit():
        if _ends_in_figure(element):
            element.text = f" {said}"
        element.drop_tag()
    elif _NOTE.fullmatch(said) or (_MARK.fullmatch(said) and element.xpath(".//a[contains(@href, '#')]")):
        element.drop_tree()
    elif _FIGURES.fullmatch(said):
        del element[:]
        element.text = said.translate(_RAISED)


def _ends_in_figure(element: Any) -> bool:
    before = element.getprevious()
    text = (before.tail if before is not None else element.getparent().text) or ""
    return text[-1:].isdigit()
