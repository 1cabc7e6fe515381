"""`Answer` -> terminal. Only prints; what is true was decided before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from index.answer import Answer, Finding, Hit, Kind, Quote
from index.article import Citation, Published


def print_answer(console: Console, answer: Answer) -> None:
    """The answer, its sentence with the span marked, the article, who agrees and who differs."""
    if not answer.answered:
        console.print(Text(answer.reason or "The articles don't say.", style="bold"))
        if answer.nearest:
            console.print(Text("The nearest they do say (not an answer):", style="dim"))
            for quote in answer.nearest:
                _print_quote(console, quote)
        return
    if answer.kind is Kind.SPAN:
        best = answer.findings[0]
        console.print(Text(best.text, style="bold green") + Text(f"  ({best.resolved})" if best.resolved else ""))
    for finding in answer.findings:
        if finding.label:
            console.print(Text(f"{finding.label}: ", style="bold") + Text(finding.text, style="bold green"))
        if finding.quotes:
            _print_quote(console, finding.quotes[0], speaker=finding.speaker)
    if answer.kind is Kind.SPAN:
        newest = " Its report is the latest." if answer.findings[0].latest else ""
        console.print(Text(agreement(answer.findings[0]) + newest, style="dim"))
        for quote in answer.findings[0].quotes[1:]:
            console.print(_indented(Text("· ") + _source(quote.citation), 2))
    if answer.differing:
        console.print(Text("Other articles differ:", style="yellow"))
        for finding in answer.differing:
            marks = [
                mark
                for mark, applies in (
                    ("the latest", finding.latest),
                    ("changed since", finding.changed),
                    ("taken back", finding.taken_back and not finding.changed),
                    ("superseded", finding.superseded and not finding.taken_back),
                )
                if applies
            ]
            note = Text(f"  ({', '.join(marks)})" if marks else "", style="dim")
            source = _source(finding.quotes[0].citation) if finding.quotes else Text("")
            console.print(_indented(Text(finding.text, style="bold yellow") + note + Text(" · ") + source, 2))


def agreement(finding: Finding) -> str:
    """In words: how many independent reports say the same."""
    if finding.stories > 1:
        return f"{finding.stories} independent reports agree."
    if len(finding.quotes) > 1:
        return f"{len(finding.quotes)} articles print this one report."
    return "One report says so."


def print_explanation(console: Console, answer: Answer) -> None:
    """Everything that made the answer what it is."""
    trace = answer.trace
    console.print(Text("How this came about", style="bold underline"))
    console.print(f"read as: {answer.question}", markup=False)
    revisions = ", ".join(f"{name} (revision {number})" for name, number in trace.revisions.items())
    console.print(
        f"collections: {revisions or 'none'} · model: {trace.encoder} · reader: {trace.reader or 'none'}", markup=False
    )
    confidence = "none" if answer.confidence is None else f"{answer.confidence:.3f}"
    threshold = "none" if trace.threshold is None else f"{trace.threshold:.3f}"
    console.print(f"confidence: {confidence} · threshold: {threshold} ({trace.promise})", markup=False)
    for text, weight, stories in trace.groups:
        console.print(f"  answer {weight:.3f}  {stories} stor{'y' if stories == 1 else 'ies'}  {text}", markup=False)
    for name, value in trace.features.items():
        console.print(f"  feature {name} = {value:.3f}", markup=False)
    print_hits(console, trace.hits)
    console.print(" · ".join(f"{name} {value:.0f} ms" for name, value in trace.milliseconds.items()), markup=False)


def print_hits(console: Console, hits: Sequence[Hit]) -> None:
    """Ranked passages with the scores that ranked them."""
    for hit in hits:
        dense = f"dense #{hit.dense_rank} {hit.dense_score:.3f}" if hit.dense_rank else "dense -"
        lexical = f"words #{hit.lexical_rank} {hit.lexical_score:.2f}" if hit.lexical_rank else "words -"
        head = Text(f"{hit.rank:>2}. {hit.score:.3f}  {dense}  {lexical}", style="cyan")
        if hit.reading:
            head.append(f"  reads {hit.reading.text!r} ({hit.reading.score:+.2f})", style="green")
        passage = hit.passage
        if hit.read and hit.read_in_part:
            start, end = (at - passage.start for at in hit.read)
            head.append(f"  in its characters {start} to {end}", style="green")
        console.print(head)
        console.print(_indented(_source(hit.passage.citation), 4))
        if hit.lede:
            console.print(_indented(Text(f"lede: {hit.lede.text}", style="green"), 4))
        console.print(_indented(Text(hit.passage.text, style="dim"), 4))


def print_citation(console: Console, citation: Citation) -> None:
    """One line for a list: key, then what it is."""
    console.print(Text(citation.key, style="cyan") + Text("  ") + _source(citation), soft_wrap=True)


def date_text(published: Published) -> str:
    """A day, or an instant with its zone, in words: "Feb 5, 2025"."""
    day = f"{published:%b} {published.day}, {published.year}"
    return f"{day}, {published:%H:%M %Z}" if isinstance(published, datetime) else day


def _print_quote(console: Console, quote: Quote, *, speaker: str | None = None) -> None:
    text = Text(f"“{quote.text}”")
    if quote.span:
        text.stylize("bold green", 1 + quote.span.start - quote.start, 1 + quote.span.end - quote.start)
        if not console.color_system:  # Where nothing can be coloured, brackets mark the answer.
            at = quote.span.start - quote.start, quote.span.end - quote.start
            text = Text(f"“{quote.text[: at[0]]}[{quote.text[at[0] : at[1]]}]{quote.text[at[1] :]}”")
    console.print(_indented(text, 2))
    if speaker:
        console.print(_indented(Text(f"said by {speaker}"), 4))
    console.print(_indented(Text("— ", style="dim") + _source(quote.citation), 4))


def _indented(text: Text, columns: int) -> Padding:
    return Padding(text, (0, 0, 0, columns), expand=False)


def _source(citation: Citation) -> Text:
    parts = [citation.title or citation.key, citation.outlet]
    if citation.published:
        parts.append(date_text(citation.published))
    text = Text(" · ".join(part for part in parts if part), style="dim")
    return text.append(f"  {citation.url}", style="dim underline") if citation.url else text
