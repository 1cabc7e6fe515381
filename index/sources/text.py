"""Bytes to text, and text to the one form everything is stored in."""

from __future__ import annotations

import codecs
import re
import unicodedata
from functools import cache
from itertools import pairwise

from index.errors import BadSource

_BOMS = (  # UTF-32 first: its little-endian mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What is in use where it is not UTF-8 (https://encoding.spec.whatwg.org/#names-and-labels).
_LEGACY = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874",
    "koi8_r", "koi8_u", "iso8859_2", "mac_roman", "cp932", "euc_jp", "cp949", "gb18030", "big5",
]  # fmt: skip
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "shift_jis": "cp932", "euc_kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs",
}  # fmt: skip
"""What the names of encodings mean on the web (https://encoding.spec.whatwg.org/#names-and-labels): with all that is in use."""
LONGEST_LOOKED_THROUGH = 1_000_000
"""Characters up to which a text is looked through line by line. No article is longer; what is gets normalised only."""

_SAMPLE = 100_000
"""Bytes from which an encoding is guessed."""
_INSIDE_CHARACTERS = bytes(range(0x30, 0x100))
"""What a character of several bytes may consist of, in any of these encodings."""
_META_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_BINARY = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF", b"SQLite format 3")

_CHARACTERS: dict[int, int | str | None] = {
    **dict.fromkeys((*range(0x09), *range(0x0E, 0x20), 0x7F)),  # control characters
    # Text of Windows-1252 that was read as Latin-1: its dashes and apostrophes, as browsers show them.
    **{code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)},
    **{0xFB00 + i: letters for i, letters in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))},  # of print
    **dict.fromkeys((0xAD, 0x34F, 0x180E, 0x200B, *range(0x2060, 0x2065), 0xFEFF)),  # soft hyphen, zero-width spaces
    # Direction controls and tags: letters keep their direction without them, and with them a text can look like another.
    **dict.fromkeys((0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x2070), *range(0xE0000, 0xE0080))),
    **dict.fromkeys((*range(0xFFF9, 0xFFFD), 0xFFFE, 0xFFFF)),  # annotation anchors, placeholders, no characters at all
    **dict.fromkeys((0x0B, 0x0C, 0x0D, 0x2028, 0x2029), "\n"),
    **dict.fromkeys((0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), " "),
    **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD),  # halves of surrogate pairs cannot be stored
}
_JOINERS = re.compile(  # where no script joins letters, and where one follows another
    "(?<![\u0600-\u1cff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]+|(?<=[\u200c\u200d])[\u200c\u200d]+"
)
_BLANK_LINES = re.compile(r"\n{3,}")


def bom_encoding(start: bytes) -> str | None:
    """The encoding that the first bytes of a file announce, if they do."""
    return next((name for mark, name in _BOMS if start.startswith(mark)), None)


def decode(data: bytes, name: str, *, page: bool = False) -> str:
    """The text in `data`: by its byte order mark, else UTF-8, else what a web `page` declares, else the likeliest.

    Text is UTF-8 too where most of what is not ASCII is: a byte or two may have been damaged. Bytes that fit no character
    become U+FFFD. Raises BadSource, naming `name`, if it is no text at all.
    """
    marked = bom_encoding(data[:4])
    if marked:
        return data.decode(marked, errors="replace").removeprefix("\ufeff")
    if data.startswith(_BINARY):
        raise not_text(name)
    if b"\0" in data[:_SAMPLE]:
        return data.decode(_unmarked_utf16(data[:_SAMPLE], name), errors="replace")
    declared = _declared(data) if page else None
    if declared == "iso2022_jp" and b"\x1b$" in data:  # of ASCII's bytes alone
        return data.decode("iso2022_jp_ext", errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = _damaged_utf8(data)
        return text if text is not None else data.decode(declared or _guess(data, name), errors="replace")


def _damaged_utf8(data: bytes) -> str | None:
    """The text, if far more of its characters are valid in UTF-8 than not.

    Among bytes of other encodings a quarter can be by chance, and in a few words of Chinese or Thai half of them.
    """
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd") - data.count("\ufffd".encode())
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return text if good > 2 * bad else None


def not_text(name: str) -> BadSource:
    return BadSource(f"{name} is not a text but a binary file; save the article as .txt, .md, .html, .json or .jsonl.")


def _unmarked_utf16(sample: bytes, name: str) -> str:
    """Latin letters in UTF-16 leave every second byte empty; zeros anywhere else mean that it is no text."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    if odd > 0.4 * half and even < 0.02 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.02 * half:
        return "utf-16-be"
    raise not_text(name)


def _declared(data: bytes) -> str | None:
    """The encoding that a page which is not UTF-8 says it has, read as browsers read that name."""
    found = _META_CHARSET.search(data[:4096])
    if not found:
        return None
    try:
        encoding = codecs.lookup(found[1].decode("ascii")).name
        "".encode(encoding)  # some codecs do not make bytes of text, such as rot13
    except (LookupError, TypeError, ValueError):
        return None
    return None if encoding == "utf-8" else _WIDER.get(encoding, encoding)


def _guess(data: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    from index.sources.quiet import quieten

    quieten()
    sample = _whole_characters(data[:_SAMPLE]) if len(data) > _SAMPLE else data
    if sum(sample.count(code) for code in range(32) if code not in b"\t\n\v\f\r\x1b") > len(sample) * 0.01:
        raise not_text(name)
    matches = list(from_bytes(sample, cp_isolation=_LEGACY))
    if not matches:
        return "cp1252"
    best = matches[0]
    # Short texts often fit several code pages equally well; then the Western one is by far the likeliest.
    western = any(
        "cp1252" in match.could_be_from_charset and match.chaos <= best.chaos and match.coherence >= best.coherence
        for match in matches
    )
    return "cp1252" if western else best.encoding


def _whole_characters(sample: bytes) -> bytes:
    """`sample` up to its last space or punctuation mark of ASCII, where no encoding has a character cut in two."""
    whole = sample.rstrip(_INSIDE_CHARACTERS)
    return whole if len(whole) > len(sample) // 2 else sample


@cache
def _mark_runs() -> re.Pattern[str]:
    marks = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
    return re.compile(f"[{marks}]{{31,}}")


def normalise(text: str) -> str:
    """NFC, `\\n` as the only control character, single plain spaces, at most one blank line, nothing invisible.

    Directional controls go (they can make a text look like another), right-to-left letters stay. Runs of more than 30
    combining marks are cut to 30, the limit of the Stream-Safe Text Format (https://unicode.org/reports/tr15/#Stream_Safe_Text_Format):
    Python's normalisation takes quadratic time on them.
    """
    text = text.replace("\r\n", "\n").translate(_CHARACTERS)
    if not text.isascii():
        text = _composed(text)
    if "  " in text:
        text = re.sub(" {2,}", " ", text)
    return without_gaps(text.replace(" \n", "\n").replace("\n ", "\n"))


def without_gaps(text: str) -> str:
    """`text` with at most one blank line between two lines and none around."""
    return (_BLANK_LINES.sub("\n\n", text) if "\n\n\n" in text else text).strip()


def _composed(text: str) -> str:
    """`text` in NFC and without joiners that join nothing."""
    while True:  # taking something away can bring two characters together that compose
        characters = set(text)  # most texts have neither joiners nor marks, and looking for runs of them takes longer
        composed = _JOINERS.sub("", text) if characters & {"\u200c", "\u200d"} else text
        if any(map(unicodedata.combining, characters)):
            composed = _mark_runs().sub(lambda run: run[0][:30], composed)
        composed = unicodedata.normalize("NFC", composed)
        if composed == text:
            return text
        text = composed


def one_line(text: str) -> str:
    """`text` in one line, normalised: for titles and names."""
    return " ".join(normalise(text).split())


def unwrap(text: str) -> str:
    """Paragraphs that an editor or a mail program broke at a fixed width, put back into one line each.

    Text counts as wrapped if nearly every line break stands where a greedy line filler would have put it: the next
    word would not have fitted into the longest line. Blocks with lists, tables, headings or quotes are left alone.
    `text` is normalised.
    """
    if len(text) > LONGEST_LOOKED_THROUGH:
        return text
    blocks = [block.split("\n") for block in text.split("\n\n")]
    prose = [lines for lines in blocks if len(lines) > 1 and not any(_MARKED_LINE.match(line) for line in lines)]
    width = max((len(line) for lines in prose for line in lines), default=0)
    if not 50 <= width <= 100:
        return text
    breaks = [(line, following) for lines in prose for line, following in pairwise(lines)]
    full = sum(len(line) + 1 + len(following.split(" ", 1)[0]) > width for line, following in breaks)
    if len(breaks) < 3 or full < 0.9 * len(breaks):
        return text
    return "\n\n".join(
        ("\n" if any(_MARKED_LINE.match(line) for line in lines) else " ").join(lines) for lines in blocks
    )


_MARKED_LINE = re.compile(r"[-*+•|>#!=`<]|\d{1,3}[.)] |\w+: ")
