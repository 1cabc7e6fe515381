"""Ten small reports with forty questions, to train and score on."""

from __future__ import annotations

from index.reader.examples import Example, Gold

PLACES = [
    "Arbor",
    "Bellmont",
    "Cairnhill",
    "Dunmore",
    "Eastbay",
    "Farrow",
    "Glenport",
    "Highfield",
    "Inverley",
    "Jasper",
]


def made_examples() -> list[Example]:
    """Forty questions on ten short reports that look alike."""
    rows = []
    for number, place in enumerate(PLACES):
        context = (
            f"The council of {place} met on Tuesday. It will spend {number + 11} million dollars on the harbour. "
            f"Mayor Ada {place}son said that {number + 200} people had written to her. No one spoke against it."
        )
        for question, answer in (
            (f"How much will {place} spend on the harbour?", f"{number + 11} million dollars"),
            (f"Who is the mayor of {place}?", f"Ada {place}son"),
            (f"How many people wrote to the mayor of {place}?", str(number + 200)),
            (f"When did the council of {place} meet?", "Tuesday"),
        ):
            rows.append(Example(question, context, (Gold(answer, context.index(answer)),), "made", place))
    return rows
