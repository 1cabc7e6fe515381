"""Who says the quoted words: a name beside a verb of saying, verbatim from the article; None rather than a guess."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.answering.bystanders import DETERMINERS, LINKING, Unnamed, is_called, unnamed
from index.answering.coordination import JOINED, is_subject, together, with_others
from index.answering.people import HE, SHE
from index.answering.words import Word, fold, names, word_set, words

_ALWAYS_SAYING = (
    "said|says|stated|states|told|tells|announced|warned|argued|explained|insisted|replied|remarked|emphasi[sz]ed"
)
_AT_TIMES_SAYING = (
    "claimed|declared|added|noted|confirmed|wrote|asked|recalled|suggested|admitted|stressed|estimated|promised|pledged"
)
"""Who adds jobs, recalls cars or pledges to help says nothing: these need a quotation or a clause."""
SAYING = rf"(?:{_ALWAYS_SAYING}|{_AT_TIMES_SAYING})"
_SAYING = re.compile(rf"\b(?:{_ALWAYS_SAYING}|(?P<at_times>{_AT_TIMES_SAYING}))\b")
_AFTER_QUOTE = re.compile(r"[”\"’],?\s+" + SAYING + r"\s+")
_QUOTED_BEFORE = re.compile(r"(?:[,.!?…][”\"’]|[”\"’],)\s+(?:[^\s“”\"]+\s+){0,6}$")
"""A quotation that ends here, not a word in quotation marks ("the “Teal” captain") or an owner ("the teachers’ union")."""
_SAYING_MORE = re.compile(
    rf"\b(?:{SAYING}|saying|adding|(?<=, )(?:warning|noting|stressing|explaining|arguing|insisting|claiming))\b"
)
_PRONOUN = re.compile(
    rf"\b(?P<who>he|she|they)\s+(?P<saying>{SAYING})\b|\b(?P<inverted>{SAYING})\s+(?P<whom>he|she|they)\b(?!\s+[a-z])",
    re.I,
)
_FINITE = r"(?:is|are|was|were|will|would|has|have|had|can|could|may|might|must|should)"
_CLAUSE = re.compile(
    r"[,:]|\s+(?:that|how|whether|why)\b|\s+(?!(?:to|by|for|in|at|on)\b)"
    rf"(?:(?!\b(?:which|who|whose|that|where|after|when|because|as|while|and|but)\b)[^,;.:])*?\s{_FINITE}\b"
)
"""What somebody says without quotation marks: "that the bridge is safe", "the bridge is safe", ", he added,"."""
_TITLES = "Capt|Prof|Supt|Sgt|Lt|Col|Gen|Gov|Sen|Rep|Insp|Det|Maj|Adm|Cmdr|Rev|Hon|Pres|Mr|Mrs|Ms|Dr|Sir"
_TITLE = re.compile(rf"(?:{_TITLES})", re.I)
_SENTENCE = re.compile(rf"(?:\b(?:{_TITLES})\.|[^.!?\n])*(?:[.!?]+[”\"’)]*|\n|$)")
_PART = r"(?:[^,;:]|(?<=\d),(?=\d)){1,120}"
_APPOSITION = re.compile(
    rf",\s{_PART}(?:,\s(?=(?:who|whose|which|the|an?|one|his|her|its|then|now)\b|\d|[A-Z]){_PART}){{0,3}},\s+$"
)
"""", the mayor of Aville, ", ", 71, who lives in Aville, "."""
_ROLE = re.compile(rf"(?:^|[,;:(—–-]|\b(?:and|as|but)\b)\s*(?P<role>{_PART}),\s(?P<description>[\w’' .]{{0,40}})$")
"""What somebody is, in front of the name: "the mayor of Aville, ", "her coach, the former champion "."""
_OWNED = re.compile(r"\w+(?:['’]s|s['’])\s")
_CLAUSE_WORDS = word_set("who whom whose which that where when while after before because since and but or if than not")
_PLACE_WORDS = word_set(
    "new north south east west northern southern eastern western united british saudi sri costa puerto el san santa st saint"
)
_TAIL = re.compile(rf"(?:,?\s(?!{_FINITE}\b){_PART})?\W*")


@dataclass(frozen=True, slots=True)
class Speaker:
    """`text == article[start:end]`."""

    start: int
    end: int
    text: str


def speaker(article: str, start: int, end: int) -> Speaker | None:
    """The person who says the sentence `article[start:end]`, if the sentence names one beside a verb of saying; of several
    "Anna Lind and Tom Reed".

    After a pronoun ("she added") the nearest earlier speaker within 600 characters is meant, unless that one has no name or
    the article has gone on to somebody else, named or not ("her lawyer was in court").
    """
    sentence = article[start:end]
    if found := _named(sentence):
        return Speaker(start + found[0], start + found[1], sentence[found[0] : found[1]])
    pronoun = _pronoun(sentence)
    if not pronoun:
        return None
    floor = max(0, start - 600)
    met: set[str] = set()
    others: list[Unnamed] = []
    for match in reversed(list(_SENTENCE.finditer(article, floor, start))):
        text = match.group()
        if found := _named(text):
            at = match.start()
            who = text[found[0] : found[1]]
            if not met <= {fold(w.text) for w in words(who)} or (pronoun != "they" and JOINED.search(who)):
                return None
            before = article[max(0, start - 5000) : start]
            if any(other.owned or not is_called(who, other.noun, before) for other in others):
                return None
            return Speaker(at + found[0], at + found[1], who)
        if _AFTER_QUOTE.search(text) and not _pronoun(text):
            return None
        met |= _persons(text)
        other = unnamed(_without_quotations(text))
        if other and other.noun not in {"he": SHE, "she": HE}.get(pronoun, frozenset()):
            others.append(other)
    return None


def says(sentence: str, name: tuple[int, int], at: int) -> bool:
    """Whether what stands at `at` belongs to what the speaker named at `name` says, not to what the report tells of the
    speaker: "said Ada Roe, who takes office on 1 July"."""
    if at < name[1]:
        return True
    before, between = sentence[: name[0]], sentence[name[1] : at]
    if re.search(r"[“”\"]", between):
        return True
    # The verb of a quotation that ends before the name says no more than that.
    quoted = _QUOTED_BEFORE.search(before)
    own = int(bool(quoted) and not _SAYING_MORE.search(before, quoted.start() if quoted else 0))
    return len(_SAYING_MORE.findall(between)) > own


def _persons(sentence: str) -> set[str]:
    """The folded words of names that may be a person's: of several words, or at the beginning."""
    opening = len(sentence) - len(sentence.lstrip())
    runs = names(_without_quotations(sentence))
    return {fold(w.text) for run in runs if len(run) > 1 or run[0].start == opening for w in run}


def _pronoun(sentence: str) -> str:
    """The "he", "she" or "they" who says something in the sentence; "" if none does."""
    found = _PRONOUN.search(sentence)
    if not found:
        return ""
    verb = _SAYING.match(sentence.lower(), found.start("saying") if found["saying"] else found.start("inverted"))
    return (found["who"] or found["whom"]).lower() if verb is None or _says(sentence, verb) else ""


def _says(sentence: str, verb: re.Match[str]) -> bool:
    """Whether the verb introduces what somebody says: quoted words, a clause, or what stands before it ("..., Lind added.")."""
    if not verb["at_times"] or re.search(r"[“”\"]", sentence):
        return True
    return bool(_CLAUSE.match(sentence, verb.end()) or re.fullmatch(r"\W*", sentence[verb.end() :]))


def _named(sentence: str) -> tuple[int, int] | None:
    """Offsets of the name that is the subject of the verb of saying."""
    runs = names(sentence)
    spans = [
        (run[0].start, run[-1].end)
        for run in runs
        if fold(run[0].text) not in {"i", "we"} and not (len(run) == 1 and _TITLE.fullmatch(run[0].text))
    ]
    if inverted := _AFTER_QUOTE.search(sentence):
        return _following(sentence, inverted.end(), spans)
    outside = _without_quotations(sentence)
    for verb in _SAYING.finditer(outside):
        found = _preceding(outside, verb.start(), spans)
        if found and _says(sentence, verb):
            return found
        if not verb["at_times"]:
            return _at_the_end(outside, verb, spans)
    return None


def _at_the_end(outside: str, verb: re.Match[str], spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The speaker in "The bridge is safe, said Anna Lind.": a name, and no clause of its own, ends the sentence."""
    found = _following(outside, verb.end() + 1, spans) if outside[: verb.start()].endswith(", ") else None
    rest = outside[found[1] :] if found else ""
    return found if found and _TAIL.fullmatch(rest) and not re.search(rf"\b{_FINITE}\b", rest) else None


def _following(sentence: str, at: int, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The name behind a verb that ends at `at`: at once, or at the end of a description ("mayor Anna Lind", "Aville mayor
    Anna Lind", "the mayor, Anna Lind")."""
    found, verb = None, at
    for start, end in spans:
        if start < verb:
            continue
        if _describes(sentence[at:start]):
            found, at = (start, end), end
        elif found or start > verb + 120:
            break
        elif _has_role(sentence[verb:start], sentence[start:end]):
            return start, end
    following = words(sentence[at : at + 40])[:1] if found else ()
    if following and not sentence[at : at + following[0].start].strip() and _is_noun(following[0]):
        return None  # "said Aville residents"
    return with_others(sentence, found, spans) if found else None


def _has_role(lead: str, name: str) -> bool:
    """Whether `lead` ends with what the person `name` is: "the mayor, ", "a baker in Aville, ". "A man from Aville, Ohio" is
    no such thing: behind another name a person has two names."""
    found = _ROLE.search(lead)
    if not found or not _describes(found["description"], named=True):
        return False
    role = words(found["role"])
    if not role or {fold(w.text) for w in role} & _CLAUSE_WORDS:
        return False
    if fold(role[0].text) not in DETERMINERS and not _OWNED.search(found["role"]):
        return False
    parts = [fold(w.text) for w in words(name)]
    return not any(w.capital for w in role[1:]) or (len(parts) > 1 and parts[0] not in _PLACE_WORDS)


def _describes(gap: str, *, named: bool = False) -> bool:
    """Whether what stands before a name describes it: a few nouns ("the former mayor"), a title ("Capt."), or where `named`
    other names too ("the Aville mayor")."""
    listed = words(gap)
    plain = [w for w in listed if not _TITLE.fullmatch(w.text)]
    return (
        len(listed) <= 6
        and not any((w.capital and not named) or fold(w.text) in LINKING for w in plain)
        and not re.search(r"[^\w\s.’'-]", gap)
        and gap.count(".") <= len(listed) - len(plain)
    )


def _is_noun(word: Word) -> bool:
    return not (
        word.capital or fold(word.text) in LINKING or word.text.endswith(("ly", "ing")) or word.text[0].isdigit()
    )


def _preceding(outside: str, at: int, spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The name in front of a verb that begins at `at`: at once, or before an apposition ("Anna Lind, the mayor, "), or as one
    ("the mayor, Anna Lind, "). A name behind a preposition is where, not who."""
    before = [s for s in spans if s[1] <= at and outside[s[0] : s[1]].strip()]
    if not before:
        return None
    last = before[-1]
    gap = outside[last[1] : at]
    if not gap.strip():
        return together(outside, before)
    for named in before:
        if is_subject(outside, named) and _APPOSITION.fullmatch(outside, named[1], at):
            return named
    return last if gap.strip() == "," and _has_role(outside[: last[0]], outside[slice(*last)]) else None


def _without_quotations(sentence: str) -> str:
    """The sentence with its quoted words blanked, so that offsets stay."""
    return re.sub(r"[“\"][^”\"]*[”\"]?", lambda m: " " * len(m.group()), sentence)
