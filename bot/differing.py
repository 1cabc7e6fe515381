"""How many reports agree, and which differ, in words. Pure, like `render`, of whose messages these are lines."""

from __future__ import annotations

from bot import markup
from index import Answer, Finding, Quote, later


def agreement(answer: Answer) -> str:
    """One line on how many say so, and whether anyone differs."""
    finding = answer.findings[0]
    if finding.stories > 1:
        said = f"{finding.stories} independent reports agree"
    elif len(finding.quotes) > 1:
        said = f"1 report, in {len(finding.quotes)} articles"
    else:
        said = "1 report says so"
    if not answer.differing:
        return said
    others = sum(not other.superseded for other in answer.differing)
    if not others:
        return f"{said} · {_outranked(answer)}, see below"
    return f"{said} · {others} {'other differs' if others == 1 else 'others differ'}, see below"


def _outranked(answer: Answer) -> str:
    """In words: what became of the reports that differ, none of which still stands."""
    best = answer.findings[0]
    reports = [other for other in answer.differing if not other.taken_back]
    if not reports:
        changed = all(other.changed for other in answer.differing)
        return "it was different before" if changed else "another answer was taken back"
    earlier = all(later(best.newest, other.newest) for other in reports)
    return f"{'an earlier' if earlier else 'another'} report that differs is superseded"


def differing(answer: Answer) -> list[str]:
    """The other figures beside ours, newest first, and which of them all is the latest."""
    if not answer.differing or not answer.findings:
        return []
    best = answer.findings[0]
    listed = list(answer.differing[:4])
    place = next((i for i, other in enumerate(listed) if not later(other.newest, best.newest)), len(listed))
    listed.insert(place if best.newest is not None else len(listed), best)
    rows = []
    for number, finding in enumerate(listed, 1):
        overtaken = finding.superseded and not finding.taken_back
        marks = [
            mark
            for mark, applies in (
                ("the latest", finding.latest),
                ("shown above", finding is best),
                ("changed since", finding.changed),
                ("taken back", finding.taken_back and not finding.changed),
                ("superseded by a later report", overtaken and later(best.newest, finding.newest)),
                ("superseded", overtaken and not later(best.newest, finding.newest)),
            )
            if applies
        ]
        noted = f" ({', '.join(marks)})" if marks else ""
        quote = _newest(finding)
        where = ""
        if quote is not None:
            # The title of the one shown above stands there.
            where = f" — {markup.brief(quote.citation) if finding is best else markup.source(quote.citation, limit=80)}"
        rows.append(f"{number}. **{markup.escape(finding.text, 100)}**{noted}{where}")
    return rows


def _newest(finding: Finding) -> Quote | None:
    for quote in finding.quotes:
        if quote.citation.published == finding.newest:
            return quote
    return finding.quotes[0] if finding.quotes else None
