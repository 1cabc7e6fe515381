"""What people are called without their names, in the singular: by office, work, family or what befell them."""

from __future__ import annotations

from index.answering.words import word_set

OFFICES = word_set(
    "ceo boss chief president mayor minister director chairman chair owner captain coach founder head leader governor"
)
PEOPLE = word_set(
    "person man woman boy girl kid child mother father official politician minister senator lawmaker player doctor nurse "
    "scientist academic professor researcher expert engineer inspector officer firefighter soldier striker driver teacher "
    "lawyer judge writer author actor director singer artist witness neighbour neighbor resident farmer coach"
)
HE = word_set("man boy father husband widower son brother uncle grandfather chairman spokesman king prince pope bishop")
SHE = word_set("woman girl mother wife widow daughter sister aunt grandmother spokeswoman queen princess actress")
HUMANS = (
    OFFICES
    | PEOPLE
    | HE
    | SHE
    | word_set(
        "parent cousin friend partner colleague rival opponent successor predecessor spokesperson adviser aide assistant "
        "deputy secretary commissioner prosecutor sheriff manager candidate victim suspect survivor patient passenger "
        "student pilot guard clerk reporter"
    )
)
"""All of them."""
TITLES = {
    "doctor": "Dr",
    "professor": "Prof",
    "senator": "Sen",
    "captain": "Capt",
    "governor": "Gov",
    "president": "Pres",
    "inspector": "Insp",
}
"""How some of them are cut short in front of a name: "Dr. Lind"."""
