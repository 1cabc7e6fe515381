"""Whether the words round a day speak of what was or of what will be."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.answering.changes import MOVED
from index.answering.dates import TIME_OF_DAY
from index.answering.present import present_tense

_SKIPPED = r"(?:\s+(?:not|also|now|then|only|again|still|be|have|been|\w+ly))*"
_PAST_OR_NOUN = "cut|hit|shot|set|saw|rose|felt|spoke|spread|split|burst"
_IRREGULAR = (
    f"{_PAST_OR_NOUN}|"
    "said|told|went|came|became|took|gave|held|met|won|lost|beat|fell|began|broke|built|bought|brought|caught|sold|sent|left|"
    "led|fed|struck|ran|made|found|put|shut|got|kept|wrote|knew|grew|drew|flew|drove|sank|spent|stood|thought|threw|paid|chose|"
    "fought|laid|sought|heard|quit|swept|tore|withdrew|agreed|freed|guaranteed|burnt|arose|ate|awoke|bent|bled|blew|bred|clung|"
    "crept|dealt|drank|dug|fled|flung|foresaw|forbade|forgave|forgot|froze|hid|hung|hurt|lent|let|lit|meant|mistook|overcame|"
    "overtook|overthrew|rang|rebuilt|retook|rewrote|rode|sang|sat|shone|shook|shrank|slept|slid|sped|spun|sprang|"
    "stole|stuck|stung|strode|swam|swore|swung|taught|undertook|underwent|understood|upheld|wept|withheld|withstood|woke|wore"
)
PAST = rf"(?-i:{_IRREGULAR}|(?:(?!hundred\b|sacred\b|naked\b|shed\b)[a-z]{{2,}}(?<!e)ed))\b"
_PRESENT = (
    "opens|reopens|closes|begins|starts|restarts|resumes|reconvenes|meets|departs|arrives|expires|ends|"
    "takes\\s+(?:place|effect|office)|comes\\s+into|go(?:es)?\\s+(?:on\\s+sale|on\\s+trial|into|to\\s+the\\s+polls|back|forward|ahead)|gets\\s+under|kicks\\s+off"
)
_NOUN_OR_PRESENT = (
    "open|reopen|close|begin|start|resume|end|meet|votes?|returns?|visits?|leaves?|"
    "launches|plays?|hosts?|holds?|faces?|(?<!has )(?<!have )runs?"
)
_OWNER = r"(?:the|an?|its|his|her|their|our|this|that|these|those|no|of|more|many|some|all|\d[\d,.]*)\s+"
_TO = r"to\s+(?:be\s+(?:\w+ly\s+)?)?\w+"
_BE = rf"(?:(?:is|are|was|were|been){_SKIPPED}\s+)?"
_VERB = re.compile(
    r"\b(?:"
    r"(?P<after>after\s+an?|following|since|according\s+to)\b|"
    rf"(?P<future>{_BE}(?:{_OWNER}(?:planned|scheduled|proposed)\s+(?!on\b|to\b|by\b|in\b)[a-z]+|planned\s+for|scheduled|"
    rf"(?:set|going|expected)\s+{_TO}|due\s+to\s+(?:be\s+\w+|start|open|begin|arrive|meet|take)\b)|"
    rf"(?:is|are)\s+(?:{_TO}|due\b)|upcoming|must\s+(?!have\b)\w+|"
    rf"(?:plan|hope|want|aim|intend|need|promise|vow|expect)s?\s+{_TO}|"
    rf"(?:will|shall|won[’']t)\b{_SKIPPED}(?:\s+[a-z]+)?|"
    rf"(?:would|can|could|should|might|(?-i:may))\b(?!\s+(?:not|have)\b){_SKIPPED}(?:\s+[a-z]+)?)|"
    rf"(?P<present>(?:{_PRESENT})\b)|"
    rf"(?P<noun>{_OWNER}(?:(?-i:[a-z]{{2,}}ed)(?=\s+[a-z])(?!\s+(?:on|by|in|at)\b)|(?:{_NOUN_OR_PRESENT})\b)|"
    rf"(?:the|an?|its|his|her|their|our|any|another)\s+(?:{_PAST_OR_NOUN})\b|(?:be|being)\s+(?:\w+ly\s+)?{PAST})|"
    rf"(?P<now>(?:is|are)\b{_SKIPPED}(?:\s+(?:\w+ing\b|{PAST}|open|due|off|back))?)|"
    r"(?P<decided>(?:(?:was|were|had|has|have|been)\s+)*(?:voted|agreed|decided|promised|vowed|pledged|planned|hoped|"
    r"wanted|intended|ordered|threatened|urged|asked|told|offered|chose)\b)|"
    r"(?P<infinitive>to\s+(?!\w*[^su\W]s\b|(?:the|an?|his|her|their|its|our|this|that|these|those|some|all)\b)"
    r"(?-i:(?:be\s+(?:[a-z]+ly\s+)?)?[a-z]+)\b)|"
    rf"(?P<past>(?:was|were|had|did|wasn[’']t|weren[’']t|didn[’']t|hadn[’']t)\b(?:{_SKIPPED}\s+{PAST})?|{PAST})|"
    rf"(?P<maybe>(?:{_NOUN_OR_PRESENT})\b)"
    r")|(?P<will>[’']ll\s+\w+)",
    re.I,
)
_BORDER = re.compile(
    r"[,;:—–()“”\"]|\b(?:said|says)(?=\s+(?:the|his|her|their|its|this|that|it|he|she|they)\b)|"
    r"\b(?:and|but|that|which|who|whom|whose|when|where|while|because|although|though|if|after|before)\b",
    re.I,
)
_ASIDE = re.compile(r",\s*(?:which|who|whose|where)\b[^,;]*,", re.I)
_PUT_OFF = re.compile(
    r"\b(?:postponed|delayed|moved|adjourned|extended|rescheduled|pushed|suspended|deferred|put|closed|shut|brought\s+forward)\b|\b(?:has|have)\s+$",
    re.I,
)
_TO_ANOTHER = re.compile(r"\s+to\b", re.I)
"""Behind the day from which something is moved."""
_WAS_TO_BE = re.compile(
    r"\b(?:was|were|had\s+been)\s+(?:\w+ly\s+)?(?:due|scheduled|meant|supposed|planned|set|to)\b", re.I
)
_GIVEN_UP = re.compile(
    rf"{MOVED.pattern}|\b(?:delayed|adjourned|called\s+off|cancelled|canceled|scrapped|abandoned)\b", re.I
)
"""Then the day for which it was meant may lie on either side."""
_AT_HOUR = re.compile(rf"\s+{TIME_OF_DAY},?\s+", re.I)
_ENDS = re.compile(r"[.!?]\W*$")
"""A headline does not: its present tense tells what was."""
_LEAD = re.compile(r"(?:\b(?:early|late|later|earlier|on|by|in|from|at|for|until|till|to|since)\s+)+$", re.I)
_FAR = 500
"""Characters on either side of a day that can belong to its sentence."""
_PAST_KINDS = frozenset({"past", "decided", "after"})
_FUTURE_KINDS = frozenset({"future", "present", "will"})


class _Verb(NamedTuple):
    kind: str
    start: int
    end: int


def tense_at(sentence: str, start: int, end: int) -> str | None:
    """ "past" or "future", as the verb to which `sentence[start:end]` belongs is, or None where nothing tells.

    That is the verb before it in its clause, else the one behind it there, else the next one before or behind.
    """
    if start > _FAR:
        sentence, start, end = sentence[start - _FAR :], _FAR, end - start + _FAR
    sentence = sentence[: end + _FAR]
    sentence = _ASIDE.sub(lambda m: m[0] if m.start() < end and start < m.end() else "," * len(m[0]), sentence)
    lead = _LEAD.search(sentence, 0, start)
    first = lead.start() if lead else start
    prepositions = set(lead[0].lower().split()) if lead else set()
    borders = [*_BORDER.finditer(sentence)]
    left = max((m.end() for m in borders if m.end() <= first), default=0)
    right = min((m.start() for m in borders if m.start() >= end), default=len(sentence))
    if "since" in prepositions:
        return "past"
    if _GIVEN_UP.search(sentence, end) and _WAS_TO_BE.search(sentence, left, first):
        return None
    if "for" in prepositions or (prepositions & {"until", "till", "to"} and _PUT_OFF.search(sentence, left, first)):
        return "future"
    if "from" in prepositions and _TO_ANOTHER.match(sentence, end) and MOVED.search(sentence, left, first):
        return "future"
    verbs = [_Verb(m.lastgroup or "", *m.span()) for m in _VERB.finditer(sentence) if m.lastgroup != "noun"]
    before, behind = [v for v in verbs if v.start < first], [v for v in verbs if v.start >= end]
    near, rest = [v for v in before if v.end > left], [v for v in behind if v.start < right]
    if told := _told(sentence, near, before, first):
        return told
    told = _told(sentence, rest[:1], before, first)
    clause = sentence[left:first]
    present = None
    if _ENDS.search(sentence):
        to_day = bool(clause.strip())
        present = present_tense(clause if to_day else sentence[end:].lstrip(" ,"), to_day=to_day)
    if present and present.tense == "future":
        # "The trial continues on Monday in a hall built in 1920"; but "The school visits on Friday hit 40 homes".
        if told is None:
            return "future"
        if rest[0].start - end > 1:
            return None if present.close else "future"
    if told:
        return told
    if any(v.kind == "maybe" for v in near):
        return "future"
    if present and present.tense:
        return present.tense
    told = _told(sentence, before, before, first) or _told(sentence, behind[:1], before, first)
    return told or ("past" if sentence[:left].lower().endswith("after") else None)  # "sits top after the win on Sunday"


def _told(sentence: str, verbs: list[_Verb], before: list[_Verb], first: int) -> str | None:
    """The tense of the last of `verbs` that has one: an infinitive has that of the verb on which it hangs ("voted to")."""
    for verb in reversed(verbs):
        if verb.kind == "infinitive":
            on = next((v for v in reversed(before) if v.start < verb.start and v.kind != "infinitive"), verb)
            if on.kind in {"decided", "now"} or on.kind in _FUTURE_KINDS:
                return "future"
            verb = on
        if verb.kind in _PAST_KINDS:
            return "past"
        if verb.kind in _FUTURE_KINDS:
            return "future"
        if verb.kind == "now":
            # "Is closed on Friday", "is at noon on Friday" is still to come; "are dead, hit by a lorry on Friday" is not.
            return "future" if first - verb.end <= 1 or _AT_HOUR.fullmatch(sentence, verb.end, first) else None
    return None
