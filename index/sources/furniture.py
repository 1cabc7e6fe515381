"""Lines that belong to a web page and not to the article on it, as patterns of whole lines."""

from __future__ import annotations

import re

_NETWORK = (
    r"(?:facebook|twitter|x|x \(twitter\)|whats ?app|telegram|reddit|linked ?in|pinterest|bluesky|threads|mastodon"
    r"|instagram|tumblr|flipboard|messenger)"
)
_CHANNEL = rf"(?:{_NETWORK}|e-?mail|print|copy (?:the )?link|link|share|tweet|save|more)"
_AND = r"[\s|·•,/&+-]+"
_COOKIES_FOR = (
    r"(?=.*(?:experience|consent|privacy|traffic|site|brows|advert|\bads\b|analytic|settings|preferences|personali[sz]e"
    r"|accept|agree|learn more|policy))"
)

_COMMENT_FORMS = (
    r"leave a (?:reply|comment|response)(?:\s+cancel (?:reply|comment))?|cancel reply",
    r"your e-?mail address will not be (?:published|shared|made public)\b.{0,120}",
    r"(?:required )?fields (?:are )?marked\b(?: with)?(?: an)?(?: asterisk| required)?[\s.*()]*",
    r"save my name,? e-?mail,? (?:address )?(?:and|&) website in this browser.{0,60}",
    r"(?:you must be |please )?log(?:ged)? in to (?:post|leave|reply|comment)"
    r"(?: (?:an?|your|this|the|or|to|on|with|using|here|below|post|join|comments?|reply|replies|responses?|article|story"
    r"|conversation|discussion|account|facebook|google|twitter))*[.!]?(?: log ?in\.?)?",
    r"post (?:a )?comment|submit comment|add a comment(?: *\.{3})?|comments are closed\.?",
    r"this site uses akismet to reduce spam.{0,100}",
    r"notify me of (?:new|follow-?up) (?:posts|comments).{0,60}",
)
_CONSENT = (
    rf"(?:we|we and our (?:\d+ )?partners|(?:this|our) (?:web)?site|this page) (?:may )?(?:uses?|stores?)\b"
    rf"{_COOKIES_FOR}.{{0,80}}\bcookies\b.{{0,260}}",
    r"by (?:continuing|using|browsing|clicking|closing)\b"
    r"(?=.*\byou(?:['’]re| are)? (?:\w+ )?(?:agree|consent|accept|acknowledge|confirm)(?:ing)?\b)"
    r".{0,120}\b(?:cookies?|privacy policy|terms of (?:use|service))\b.{0,160}",
    r"(?:accept|reject|allow|decline|refuse|manage|customi[sz]e)(?: all)? cookie(?:s|(?: settings| preferences))",
    r"(?:accept|reject|allow|decline) all|manage (?:preferences|consent)",
    r"cookie (?:policy|settings|preferences|notice|consent)",
)
_SUBSCRIPTIONS = (
    r"(?:please )?(?:sign up|subscribe|register|join)(?: (?:now|today|here|free|for free))*,?"
    r" (?:for|to|our|us|below|via|with|and (?:get|receive)|thousands|the (?:newsletter|mailing)"
    r"|(?:the |over |more than )?\d[\d,]*\+? (?:other )?(?:readers|subscribers|people who get))\b"
    r".{0,120}\b(?:newsletters?|inbox|mailing list"
    r"|e-?mail (?:updates|alerts)|our (?:daily|weekly|morning|evening) (?:briefing|digest|e-?mail))\b.{0,80}",
    r"(?:get|receive|have) .{0,100}\b(?:delivered|sent|straight|right|direct(?:ly)?) (?:in)?to your"
    r" (?:inbox|e-?mail|phone)\b.{0,60}",
    r"subscribe(?: now| today)?(?: to (?:continue reading|read (?:more|on)|support us))?[!.]?|newsletter(?: sign-?up)?",
    r"(?:enter )?your e-?mail(?: address)?[:*]?|never miss a story\b.{0,60}",
    r"already (?:a )?(?:subscriber|member|subscribed)\?.{0,40}",
)
_SHARING = (
    r"(?:share|tweet)(?: (?:this|on|via|with|the))?(?: (?:article|story|post|page|news|link))?"
    rf"(?: (?:on|via|with|to|by))?:?(?:{_AND}{_CHANNEL})*",
    rf"{_NETWORK}(?:{_AND}{_CHANNEL})+|{_CHANNEL}(?:{_AND}{_NETWORK})(?:{_AND}{_CHANNEL})*",
    r"(?:click )?(?:to )?(?:share|e-?mail|print|tweet)\b.{0,60}\(opens in (?:a )?new (?:window|tab)\)",
    rf"follow us on {_NETWORK}.{{0,80}}",
)
_NAVIGATION = (
    r"skip to (?:main )?content|skip navigation|back to top|toggle navigation|(?:main )?menu",
    r"(?:story|article) continues below.{0,40}",
    r"(?:related|recommended|popular|more) (?:articles?|stories|posts|news|coverage)[:.]?",
    r"you (?:may|might) also (?:like|be interested in)[:.]?|recommended for you|trending now|most (?:read|popular)",
    r"advertisements?|sponsored(?: content)?|please enable javascript.{0,80}|loading ?(?:\.{3}|…)",
    r"(?:©|\(c\)(?= ?(?:copyright\b|\d{4}))|copyright (?:©|\(c\))).{0,140}|all rights reserved\.?",
    r"copyright \d{4}(?:[-–]\d{4})?(?:.{0,100}\brights reserved.{0,200}"
    r"|[.,]?(?-i:(?: (?:[A-Z][\w&'’-]*|of|the|by|and|&),?)){0,8}\.?(?: (?:click|to see more)\b.{0,80})?)",
    r"(?:filed under|posted in|tagged(?: with)?|tags|categories) ?:(?![^\d,]*\s\d+[^,]*,\D*\s\d).{0,160}",
)
_FURNITURE = re.compile(
    "|".join(f"(?:{line})" for line in (*_COMMENT_FORMS, *_CONSENT, *_SUBSCRIPTIONS, *_SHARING, *_NAVIGATION)),
    re.IGNORECASE,
)
_TEASER = re.compile(
    r"(?:also (?:read|see|watch)|(?:read|see|watch) (?:more|also|next)) ?[:|].{1,160}"
    r"|(?:related(?: (?:article|story|coverage))?|don['’]t miss): ?(?-i:[“\"'‘A-Z])[^\d]{1,160}(?<![.!?])",
    re.IGNORECASE,
)
"""The headline of another article, whatever it says; headlines have no full stop."""
_TOLD = re.compile(
    r"\b(?:said|says|told|tells|wrote|writes|announced|ruled|promised|warned|admitted)\b|, the court held\b",
    re.IGNORECASE,
)
"""What somebody said stands in an article."""
_FORM_START = re.compile(r"leave a (?:reply|comment|response)|your e-?mail address will not be", re.IGNORECASE)
_FORM_FIELD = re.compile(
    r"(?:name|e-?mail|website|comment|reply|your (?:name|comment))\s*(?:\*|:|\(required\))?\s*|Δ|submit|send",
    re.IGNORECASE,
)
_MENU = re.compile(r"[\w&']+(?: [\w&']+)?(?:\s*[|·•»›>]\s*[\w&']+(?: [\w&']+)?){2,}")
_SECTION = re.compile(
    r"\b(?:home|news|sports?|business|opinion|contact|about|weather|culture|politics|log ?in)\b", re.IGNORECASE
)
_IMAGES = re.compile(
    r"(?:\[?!\[[^\[\]]{0,1500}\]\([^()\s]{0,1500}(?: \"[^\"]{0,300}\")?\)(?:\]\([^()\s]{0,1500}\))?\s*)+", re.IGNORECASE
)
_IMAGE = re.compile(r"!\[([^\[\]]*)\]")
_ENTRY = re.compile(
    r"(?![^:]{0,40}\b(?:photo(?:graph)?|image|picture|caption|credit)\b)[^:]{1,40}: |[-*+•–—>#]", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔।॥:;,][\"'”’»)\]]*$")
_LONGEST = 400
"""Characters beyond which a line is not looked at: it is the article."""


def is_furniture(line: str) -> bool:
    """Whether a normalised line belongs to the page around the article and not to the article."""
    if image_alts(line):
        return True
    if len(line) > _LONGEST:
        return False
    bare = line.strip("*_#>[]|•· -")
    if _TEASER.fullmatch(bare):
        return True
    if _TOLD.search(bare):
        return False
    return bool(_FURNITURE.fullmatch(bare) or (_MENU.fullmatch(bare) and len(_SECTION.findall(bare)) >= 2))


def is_row(line: str) -> bool:
    """Whether the line is one of many of a kind, of which two may well be equal: an answer or a speech after its speaker, an
    entry of a list, a row of a table."""
    words = line[:_LONGEST].split(" ")
    figures = sum(any(map(str.isdigit, word)) for word in words)
    return bool("|" in words or figures * 3 >= len(words) or _ENTRY.match(line))


def is_caption(line: str) -> bool:
    """Whether the line may stand under a picture: it does not end as the sentences of an article do."""
    return len(line) <= _LONGEST and not _SENTENCE_END.search(line[-10:])


def opens_form(line: str) -> bool:
    """Whether the fields of a comment form may follow."""
    return bool(_FORM_START.match(line))


def is_form_field(line: str) -> bool:
    """Whether the line is the label of a comment form's field; alone, such a line could be anything."""
    return bool(_FORM_FIELD.fullmatch(line))


def image_alts(line: str) -> list[str]:
    """The descriptions of the images in a line that holds Markdown images and nothing else; [] for any other line."""
    if not line.startswith(("![", "[![")) or len(line) > 5000 or not _IMAGES.fullmatch(line):
        return []
    return _IMAGE.findall(line)
