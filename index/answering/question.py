"""What a question asks for: its kind, the names and numbers in it, and the thing it counts. Light rules for English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

from index.answering.kinds import ASKING, QuestionKind, kind_of
from index.answering.words import STOP, Word, alike, fold, is_number, names, opens_sentence, stem, word_set, words


@dataclass(frozen=True, slots=True)
class Question:
    """`names` are sequences of stems, `terms` the stems of all that has a meaning.

    `noun` holds the stems of the counted thing, its head last ("how many U.S. troops" -> america, soldier); `noun_names`
    those of them that are names.
    """

    text: str
    kind: QuestionKind
    names: tuple[tuple[str, ...], ...]
    numbers: tuple[str, ...]
    terms: tuple[str, ...]
    noun: tuple[str, ...] = ()
    noun_names: tuple[str, ...] = ()
    now: bool = False
    """The question asks for the present state, so that a recent report outranks an older one."""
    proper: frozenset[str] = frozenset()
    """The stems of names whose words the articles never write small: of these the last word alone may stand for all."""
    forms: Mapping[str, frozenset[str]] = field(default_factory=dict, compare=False)
    """The stems that stand for a term in the articles at hand, where there are others than itself."""

    @property
    def deed(self) -> tuple[str, ...]:
        """The terms that are neither names nor the counted thing: what is said of them."""
        named = {t for name in self.names for t in name}
        return tuple(t for t in self.terms if t not in named and t not in self.noun)

    def names_in(self, term: str, there: frozenset[str]) -> bool:
        """Whether a term of the question, or another form of it, is among the stems `there`."""
        return term in there or (term in self.forms and not self.forms[term].isdisjoint(there))


_NOW = re.compile(
    r"\b(now|currently|current|latest|today|so far|at the moment|these days|newest|most recent(ly)?|still)\b"
)
_MEASURED = re.compile(
    r"\bhow (long|old|far|tall|high|wide|deep|big|large|heavy|fast|often|strong|hot|cold|loud|thick|steep)\b", re.I
)
_NAMED_FORM = re.compile(
    r"\b(?:which|what)\s+(days?|dates?|years?|months?|weeks?|weekdays?|time|hour|century|decade|kinds?|types?|sorts?)\b",
    re.I,
)
"""What only names the form of the answer: no article need say "day" where it says "on Tuesday"."""
_COUNTED = re.compile(
    r"\b(?:how many|how much|number of|percentage of|amount of)\s+(?:of\s+)?(?:the\s+|more\s+)?(.*)", re.I | re.S
)
_VERBS = word_set(
    "is are was were be been do does did has have had will would can could should may might went go goes "
    "gone came come got get gets were sent live lived died killed took take there in on at to from for of "
    "by during with did per since after before until that who which than as about into along across "
    "between among under over"
)


def parse(text: str, passages: Iterable[str] = ()) -> Question:
    """What `text` asks for. `passages`, if given, tell which words typed in lower case are names, and mend typing errors.

    Never raises: whatever cannot be understood is a WHAT question of its words.
    """
    text = text[:2000]
    listed = words(text)
    capitals, vocabulary = _known(passages)
    forms = [form for form in (_MEASURED.search(text), _NAMED_FORM.search(text)) if form]
    asked_for = {fold(form[1]) for form in forms}
    found = _names(text, listed, capitals, no_names={form.start(1) for form in forms})
    terms = [
        _mend(stem(w.text), vocabulary)
        for w in listed
        if fold(w.text) not in STOP | asked_for and not ASKING.fullmatch(fold(w.text))
    ]
    noun, noun_names = _counted(text, found)
    found = [tuple(stem(t) for t in name) for name in found]
    wanted = dict.fromkeys([*terms, *(t for name in found for t in name)])
    near = {t: frozenset(v for v in vocabulary if v[:4] == t[:4] and alike(t, v)) for t in wanted if len(t) >= 4}
    return Question(
        text=text,
        kind=kind_of(text),
        names=tuple(dict.fromkeys(found)),
        numbers=tuple(dict.fromkeys(w.text for w in listed if is_number(w.text))),
        terms=tuple(wanted),
        noun=noun,
        noun_names=noun_names,
        now=bool(_NOW.search(text.casefold())),
        proper=frozenset(stem(c) for c in capitals),
        forms={t: found for t, found in near.items() if found - {t}},
    )


def _known(passages: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The words of names in the passages, folded, and the stems of all their words. A word of a name must stand inside a
    sentence with a capital once, and not be common in lower case, in whatever form."""
    upper: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for passage in passages:
        great, small = _spelled(passage)
        upper.update(great)
        lower.update(small)
    capitals = frozenset(w for w, n in upper.items() if n > 2 * lower[stem(w)] and w not in STOP)
    return capitals, frozenset((*map(stem, upper), *lower))


@lru_cache(maxsize=1024)
def _spelled(passage: str) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """How often each word stands with a capital inside a sentence (folded; 0 for one that only opens sentences), and how
    often each without (its stem)."""
    great: dict[str, int] = {}
    small: dict[str, int] = {}
    for word in words(passage):
        if word.capital:
            token = fold(word.text)
            great[token] = great.get(token, 0) + (not opens_sentence(passage, word.start))
        else:
            token = stem(word.text)
            small[token] = small.get(token, 0) + 1
    return great, small


def _names(
    text: str, listed: Sequence[Word], capitals: frozenset[str], *, no_names: Container[int]
) -> list[tuple[str, ...]]:
    """The names, folded: what is written like one, and what the passages write so (`capitals`), except what stands in lower
    case at one of the offsets `no_names`: "how old is ..." asks for no Old Tower."""
    letters = [c for c in text if c.isalpha()]
    shouting = bool(letters) and sum(c.isupper() for c in letters) > 0.7 * len(letters)
    titled = sum(w.capital for w in listed) > 0.8 * len(listed) and len(listed) > 4
    found: list[tuple[str, ...]] = []
    if not shouting and not titled:
        for run in names(text):
            tokens = [fold(w.text) for w in run]
            if run[0] is listed[0] or opens_sentence(text, run[0].start):
                while tokens and (
                    tokens[0] in STOP
                    or ASKING.fullmatch(tokens[0])
                    or (len(tokens) == 1 and capitals and tokens[0] not in capitals)
                ):
                    tokens.pop(0)
            if tokens:
                found.append(tuple(tokens))
    seen = {t for name in found for t in name}
    run_: list[str] = []
    for word in [*listed, Word("", 0, 0)]:
        token = fold(word.text)
        if token in capitals and token not in seen and not (ASKING.fullmatch(token) or word.start in no_names):
            run_.append(token)
        elif run_:
            found.append(tuple(run_))
            run_ = []
    return found


def _mend(term: str, vocabulary: frozenset[str]) -> str:
    """The word of the articles that a mistyped one means, if exactly one is near."""
    if not vocabulary or term in vocabulary or len(term) < 4 or not term.isalpha() or len(term) > 30:
        return term
    near = get_close_matches(term, [v for v in vocabulary if abs(len(v) - len(term)) < 3 and v[:1] == term[0]], 1, 0.82)
    return near[0] if near else term


def _counted(text: str, found: list[tuple[str, ...]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    counted = _COUNTED.search(text)
    if not counted:
        return (), ()
    noun: list[str] = []
    for word in words(counted.group(1)):
        if fold(word.text) in _VERBS and word.text not in {"US", "U.S."}:
            break
        noun.append(word.text)
        if len(noun) == 5:
            return (), ()
    named = {t for name in found for t in name}
    return tuple(stem(n) for n in noun), tuple(stem(n) for n in noun if fold(n) in named)
