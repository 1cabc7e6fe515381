"""Text -> sentences."""

from __future__ import annotations

import pytest

from index.passages import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Lt. Gov. Dan Moreno spoke at a ceremony in Ft. Worth on Monday.",
        "Gov. Greg Abbott met Rep. Ann Lee, Sen. J. D. Vance and Sgt. Bob Hall in St. Louis.",
        "Sens. Chuck Schumer and Jo Fox wrote to Pres. Joe Biden and Sec. Marco Rubio.",
        "The Rev. Al Sharpton called on Supt. Bob Hall and Hon. Ana Ruiz.",
        "Cpl. Al Fox, Pvt. Jo Hall and Det. Ann Roe climbed Mt. Rainier.",
        "Maj. Gen. A. B. Roe, Lt. Col. Bo Ray and Capt. Jo Lee came.",
    ],
)
def test_a_title_before_a_name_ends_no_sentence(sentence: str) -> None:
    assert cut(f"It rained. {sentence} They left.") == ["It rained.", sentence, "They left."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He is a Rep. The vote was close.", ["He is a Rep.", "The vote was close."]),
        ("She wrote to the Gov. He left.", ["She wrote to the Gov.", "He left."]),
        ("The shop is on Main St. The police came.", ["The shop is on Main St.", "The police came."]),
        ("It paid for the colgen. Ann left.", ["It paid for the colgen.", "Ann left."]),
    ],
)
def test_a_sentence_may_end_in_an_abbreviation(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("橋は月曜日に閉まる。費用は240万ドル。", ["橋は月曜日に閉まる。", "費用は240万ドル。"]),
        ("市長は「遠回りは嫌だ。」と語った。終わり！", ["市長は「遠回りは嫌だ。」と語った。", "終わり！"]),
        ('他说"走吧。"然后离开了。再见。', ['他说"走吧。"然后离开了。', "再见。"]),
        ("पुल बंद रहेगा। खर्च 24 लाख है।", ["पुल बंद रहेगा।", "खर्च 24 लाख है।"]),
    ],
)
def test_full_stops_of_other_scripts_end_sentences(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == found
