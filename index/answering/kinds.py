"""What kind of thing a question asks for, by its words. Light rules for English."""

from __future__ import annotations

import re
from enum import StrEnum

from index.answering.dates import MONTHS, WEEKDAYS
from index.answering.numerals import NUMBER_WORDS
from index.answering.people import OFFICES, PEOPLE
from index.answering.words import AUXILIARIES, fold


class QuestionKind(StrEnum):
    """What is asked for."""

    WHO = "who"
    HOW_MANY = "how many"
    HOW_MUCH = "how much"
    HOW_LONG = "how long"
    WHEN = "when"
    WHERE = "where"
    WHAT = "what"
    WHICH = "which"
    WHY = "why"
    HOW = "how"
    HAPPENED = "what happened"
    YES_NO = "yes or no"
    COMPARISON = "comparison"
    LATEST = "latest"
    QUOTE = "who said"


PROSE = frozenset({QuestionKind.WHY, QuestionKind.HAPPENED, QuestionKind.YES_NO})
"""Kinds answered by whole sentences."""
FIGURES = frozenset({QuestionKind.HOW_MANY, QuestionKind.HOW_MUCH, QuestionKind.HOW_LONG})

_MORE = (
    "more|fewer|less|larger|bigger|smaller|higher|lower|taller|longer|shorter|older|younger|cheaper|greater|farther|further|"
    "faster|slower|stronger|weaker|hotter|colder"
)
_SAID = "said|says|stated|told|claimed|announced|declared|warned|argued|insisted|added|noted|explained|called"
_NEWS = r"(latest|newest|new|news)\b(?=\s+(on|about|from|with|in|regarding|of)\b|\W*$)"
_AMOUNT = (
    "price|costs?|bill|budget|wages?|salary|pay|fine|fee|charge|turnover|revenue|profit|loss|losses|savings|spending|debt|"
    "surplus|deficit|turnout|majority|stake|share|percentage|rate|amount|sum|speed|magnitude"
)
_WHAT_IS = r"what(?:'?s| is| was| were| are| will be| would be)"
_ROAD_TOLL = (
    r"toll (on|for|across|over|through|at|per|to (cross|use|drive over)) (?:[\w'-]+ ){0,4}?"
    r"(bridge|road|tunnel|motorway|highway|crossing|ferry|car|cars|lorry|lorries|trucks?|vans?|bus|buses|motorbikes?|vehicles?)"
    r"(?=\W*$| (on|for|at|per|in|to|of|across|over|through|now|today|each|a)\b)"
)
"""What is paid; that of "the ferry disaster", or on the roads at Easter, is of the dead."""
_PERSON = "|".join(sorted(PEOPLE | {"company", "team"}))
_OFFICE = "|".join(sorted(OFFICES))
_KINDS: tuple[tuple[QuestionKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (QuestionKind.LATEST, rf"\b(what'?s|what is|what are|any|give me|show me)\b.{{0,12}}\b{_NEWS}"),
        (
            QuestionKind.LATEST,
            r"^\W*((is|are) there |do you have |give me |show me |what('?s| is| are) )?(the |any |some )?"
            r"((latest|newest|recent|new)\s+)*"
            r"(?:(latest|newest|news|updates?|developments?|anything new)(\s+(on|about|regarding)\b|\W*$)"
            r"|(latest|newest|news|updates?|anything new)\s+from\b|anything new\s+with\b)",
        ),
        (QuestionKind.COMPARISON, rf"\b({_MORE}|earlier|later|first)\b[^?]*\s\S+\s+or\b"),
        (QuestionKind.COMPARISON, rf"\b({_MORE})\b[^?]*\bthan\b"),
        (
            QuestionKind.HOW_LONG,
            r"\bhow (long|old|far|tall|high|wide|deep|big|large|heavy|fast|often|late|early|strong|hot|cold|loud|thick|steep)\b",
        ),
        (QuestionKind.HOW_MUCH, rf"^\W*({_WHAT_IS} )?(the )?{_ROAD_TOLL}"),
        (QuestionKind.HOW_MANY, r"\bhow (many|large a number)\b|\bwhat number\b"),
        (
            QuestionKind.HOW_MANY,
            rf"^\W*({_WHAT_IS} )?(the )?(latest |final |total )*(death toll|number of|count of|toll)\b",
        ),
        (QuestionKind.HOW_MANY, r"\b(what|which)( is| was| were| are)?( the)?( total)? number of\b"),
        (QuestionKind.HOW_MUCH, r"\bhow much\b|\bat what (price|cost)\b|\bwhat (percentage|percent|share|amount)\b"),
        (QuestionKind.HOW_MUCH, r"\bwhat (does|do|did|will|would) [^?]*\b(cost|earn|make a year|get paid)\b"),
        (QuestionKind.HOW_MUCH, rf"\b{_WHAT_IS} (the |an? )?([a-z'-]+ ){{0,2}}?({_AMOUNT})\b"),
        (QuestionKind.HOW_MUCH, rf"\b{_WHAT_IS} [^?]*\b(worth|costing)\b"),
        (
            QuestionKind.HOW_MUCH,
            rf"^\W*(the )?([a-z'-]+ )?({_AMOUNT}) (of|for|from|in|to|per|at|([\w.'-]+ ){{0,3}}paid)\b",
        ),
        (QuestionKind.QUOTE, rf"\bwho(se)? (\w+ )?({_SAID})\b|\bwho was quoted\b"),
        (QuestionKind.WHO, rf"\b(who|whom|whose|who's|(which|what) ((?!({AUXILIARIES})\b)[a-z]+ )?({_PERSON}))\b"),
        (QuestionKind.WHO, rf"^\W*([\w'-]+ ){{1,3}}({_OFFICE})\W*$"),
        (QuestionKind.WHEN, r"\bwhen\b|\b(what|which) (day|date|year|month|time|week|weekday|century|decade|hour)\b"),
        (QuestionKind.WHEN, rf"^\W*({_WHAT_IS} )?(the )?(date|day|time) (of|for|when)\b"),
        (QuestionKind.WHERE, r"\bwhere\b|\b(what|which) (place|location)\b"),
        (QuestionKind.WHY, rf"\b(why|how come|{_WHAT_IS} the (reason|cause)s?|for what reason)\b"),
        (QuestionKind.WHY, r"\bwhat (caused|led to|prompted|made|makes|reasons?)\b"),
        (QuestionKind.HAPPENED, r"\b(what happened|what('?s| is| was) (happening|going on)|what went on)\b"),
        (QuestionKind.HAPPENED, r"\b(tell me (more )?about|summar\w+|explain|describe)\b"),
        (QuestionKind.WHICH, r"\bwhich\b"),
        (QuestionKind.HOW, r"\bhow\b|\bin what way\b"),
        (QuestionKind.WHAT, r"\bwhat\b"),
        (QuestionKind.YES_NO, rf"^\W*(and |so |but )?({AUXILIARIES})\b"),
    )
)
_READ = 500
"""Characters of a question that tell its kind: some of the patterns take time in the square of them."""
ASKING = re.compile(r"\b(who|what|when|where|which|why|how|whose|whom)\b")
"""The words that ask."""
_WHETHER = re.compile(
    rf"^\W*(and |so |but )?({AUXILIARIES}) (?!(you|we|anyone|anybody|someone|somebody|u) (know|tell|say|remember|find)\b|"
    r"there\b.*\b(news|latest)\b)"
)
"""What begins with a helping verb wants a yes or a no, whatever follows: "was anybody hurt when the ferry sank?"."""
_ASIDE = re.compile(r"^\W*(when|where|after|before|while|if)\b[^,?]*,\s*(?=(who|what|when|where|which|why|how)\b)")
"""What comes before the question: "when they cleared the hospital, where did the patients go?"."""
_ASKED_BY_AUX = frozenset({QuestionKind.YES_NO, QuestionKind.COMPARISON, QuestionKind.LATEST})


_TIMES = "|".join(
    [*(n for n in (*MONTHS, *WEEKDAYS) if len(n) > 3), "spring", "summer", "autumn", "winter", "christmas", "easter"]
)
_NUMBERS = "|".join(NUMBER_WORDS[1:])
_NO_THING = re.compile(
    r"\bthan\s+(?:"
    rf"(?:about\s+)?(?:(?:us|[ca])?[$€£¥₹]|\d|(?:half|an?|hundreds|thousands|millions|{_NUMBERS})\b)"
    r"|(?:usual|normal|average|planned|expected|before|ever|yesterday|today|now|that|this|those|these|it|they|he|she|we|you|i|its|"
    r"their|his|her|our|your|my)\b"
    r"|(?:(?:in|at|on|during|for|since|by|after|before)\s+)?(?:the\s+)?"
    rf"(?:(?:last|next|previous|past|same|years?|months?|weeks?|days?)\b|(?:{_TIMES})(?=\W*$|\s(?:\d|and|last|this|morning|afternoon|evening|night)))"
    r"|(?:in|at|on|during|since|by|after|before)\s+(?:the\s+)?(?:\d|may\b)"
    r"|[^?]*\b(?:average|expected|planned|thought|forecast|predicted|hoped|feared|reported|estimated|announced|promised|believed|said|needed|"
    r"budgeted|agreed|allowed|anticipated|projected|stated|claimed|assumed|wanted|intended|required|necessary|possible)\W*$"
    r"|[^?]*\w\s+(?:is|are|was|were|did|does|has|have|had|will|would|could)\s+\w)"
)
"""A sum, a time or a clause behind "than", which has no figure of its own to be looked up."""
_MORE_OF_A_QUALITY = re.compile(
    r"^\W*(?:is|are|was|were)\s+(?!there\b|more\b|less\b)[^?]*?\b(?:more|less)\s+(?!expensive\b|costly\b|than\b|in\b|at\b)"
    r"\w+(?:\s+\w+){0,3}?\s+than\b"
)
"""What has no figure: "Is Aville more dangerous than Beeton?"."""


def kind_of(text: str) -> QuestionKind:
    """The kind of a question. WHAT if nothing tells: a telegram like "tijuana troops" wants whatever is known."""
    low = " ".join(fold(w) if "'" not in w else w for w in text[:_READ].casefold().replace("’", "'").split())
    low = _ASIDE.sub("", low)
    whether = _WHETHER.match(low)
    for kind, pattern in _KINDS:
        if not (found := pattern.search(low)) or (whether and kind not in _ASKED_BY_AUX):
            continue
        if kind is QuestionKind.COMPARISON and not _is_comparison(low):
            continue
        asking = ASKING.search(low)
        # "When was the man who ... born?": what asks first decides.
        if (
            asking
            and found.start() > asking.start()
            and kind in {QuestionKind.WHO, QuestionKind.WHEN, QuestionKind.WHERE}
        ):
            return _kind_at(low[asking.start() :])
        return kind
    return QuestionKind.WHAT


def _kind_at(low: str) -> QuestionKind:
    """The kind that the question word at the very beginning tells."""
    return next(kind for kind, pattern in _KINDS if kind is not QuestionKind.COMPARISON and pattern.match(low))


def _is_comparison(low: str) -> bool:
    """A comparison names two sides; "more than 300 people" and "more than a year" are quantities."""
    if re.search(r"\bor\b", low) and re.search(
        r"\b(which|who|what|where|is|are|was|were|did|does|do|has|have|will)\b", low
    ):
        return not re.search(r"\bmore or less\b|\bor (more|less|fewer|not)\b", low)
    return (
        bool(re.match(r"^\W*(is|are|was|were|did|do|does|has|have|had|will|would)\b", low))
        and not _NO_THING.search(low)
        and not _MORE_OF_A_QUALITY.match(low)
    )
