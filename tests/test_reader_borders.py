"""Where spans begin and end: whole words and figures, nothing dangling, always inside the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.reader.borders import tidy

FAMILY = "👨\u200d👩\u200d👧"


@pytest.mark.parametrize(
    ("text", "marked", "expected"),
    [
        ("There were 1,949 troops", "949", "1,949"),
        ("There were 1,949 troops", "1", "1,949"),
        ("It cost $2.5 billion in all", "2.5", "$2.5 billion"),
        ("It cost US$5m in all", "5", "US$5m"),
        ("It cost €300 in all", "300", "€300"),
        ("Prices rose 40 percent", "40", "40 percent"),
        ("Prices rose 40 per cent", "40", "40 per cent"),
        ("Prices rose 3.5% in May", "3.5", "3.5%"),
        ("a rise of two million jobs", "two", "two million"),
        ("on the 21st of May", "21", "21st"),
        ("a 5-year-old boy", "5", "5"),
        ("born on May 5, 1999.", "May 5, 1999.", "May 5, 1999"),
        ("about -3 degrees", "-3", "-3"),
        ("the 2024-25 season", "2024-25", "2024-25"),
        ('the "Women in League" week', 'Women in League"', '"Women in League"'),
        ('the "Women in League" week', '"Women in League', '"Women in League"'),
        ('she said "hello there', '"hello there', "hello there"),
        ("he called it “a good day”, once", "“a good day", "“a good day”"),
        ("the agency (CBP) said", "(CBP", "CBP"),
        ("the agency (CBP) said", "CBP)", "CBP"),
        ("the agency (CBP) said", "(CBP)", "CBP"),
        ("the agency (CBP) said", "agency (CBP", "agency (CBP)"),
        ("Ruiz (left) and Hall (right)", "(left) and Hall (right)", "(left) and Hall (right)"),
        ("the agency (CBP said", "(CBP", "CBP"),
        ("the Red Cross and the town", "the Red Cross and the", "the Red Cross"),
        ("and the Red Cross", "and the Red Cross", "the Red Cross"),
        ("a fire, said Ruiz", ", said Ruiz", "said Ruiz"),
        ("Smith, the mayor", "Smith, the", "Smith"),
        ("in the U.S. he said", "U.S", "U.S."),
        ("paid by Acme Inc. of Ohio", "Acme Inc", "Acme Inc."),
        ("at 5 p.m. on Monday", "5 p.m", "5 p.m."),
        ("left at 5:40 a.m. in fog", "5:40", "5:40 a.m."),
        ("left at 5am in fog", "5", "5am"),
        ("the 5 ambulances", "5", "5"),
        ("He went home.", "home.", "home"),
        ("Washington is large", "Wash", "Washington"),
        ("said Ada Roe-Vale, a miller", "Ada Roe", "Ada Roe-Vale"),
        ("said Ada Roe-Vale, a miller", "Vale", "Roe-Vale"),
        ("the Aville-based firm", "Aville", "Aville"),
        ("the cafe\u0301 noir", "cafe", "cafe\u0301"),
        (f"a family {FAMILY} here", "👨", FAMILY),
    ],
)
def test_borders(text: str, marked: str, expected: str) -> None:
    start = text.index(marked)
    found = tidy(text, start, start + len(marked))
    assert found is not None
    assert text[slice(*found)] == expected


@pytest.mark.parametrize("text", ["", " ", ",", "...", "\u200b", '"', "()", "—"])
def test_what_says_nothing_is_no_answer(text: str) -> None:
    assert tidy(text, 0, len(text)) is None


@settings(max_examples=150)
@given(st.text(alphabet="ab1.,-–$%£ \"“”«»'()[]é\u0301\u200d\u200f👨🏽\n", max_size=30), st.data())
def test_any_span_stays_inside_and_tidying_again_changes_nothing(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = tidy(text, start, end)
    if found is not None:
        assert 0 <= found[0] < found[1] <= len(text)
        assert tidy(text, *found) == found
