"""Paths and addresses without the secrets that some sites put into them.

The query of an address is never kept, for that is where secrets are. Some sites put the same into
the path: a session (`;jsessionid=…`, `/(S(…))/`), a query whose `?` is written `%3F`, a name with a
value, a link to reset a password, a token that lets in whoever has it. They are cut here.
"""

import re
from functools import lru_cache
from itertools import pairwise

CUT = "…"
"""What stands where a secret stood."""
LONGEST = 4096
"""Letters of a path that are looked at; nothing that is longer is kept whole."""

_EQUALS = r"(?:=|%(?:25)*3d)"
_QUERY = re.compile(
    rf"[?#]|%(?:25)*(?:3f|23)(?=[^/])|(?:&|%(?:25)*26)(?=[^/]*?\w{_EQUALS})", re.IGNORECASE
)
"""Where a query or fragment begins: as it is written, or encoded once or more than once."""
_PARAMETERS = re.compile(r"(?:;|%(?:25)*3b(?=[^/]))[^/]*", re.IGNORECASE)
"""Parameters of one part of a path, which servers keep sessions in."""
_WITHOUT_COOKIES = re.compile(r"\((?:[A-Za-z]\([^()]*\))+\)")
_TELLTALE = (
    r"(?:token|session|sess|sid|auth|secret|passw(?:or)?d|passwd|pwd|otp|jwt|bearer|signature|sig"
    r"|ticket|credential|nonce|api[_-]?key|key|code|hash|csrf|xsrf|invite|reset)"
)
_NAMED = re.compile(rf"([\w.-]*{_TELLTALE}[\w.-]*){_EQUALS}[^/]+", re.IGNORECASE)
"""A secret that says so: `access_token=…`."""
_TELLING = re.compile(
    r"(?:access[_-]?|auth[_-]?|id[_-]?|refresh[_-]?|api[_-]?)?(?:tokens?|keys?|secrets?)"
    r"|(?:j|php)?sess(?:ion)?s?[_-]?(?:id)?|sid|bearer|jwt|otp|tickets?|credentials?"
    r"|(?:password[_-]?)?reset(?:[_-]?password)?|recover(?:y)?|magic(?:[_-]?link)?|verify|verification"
    r"|(?:verify|confirm)[_-]?email|confirm(?:ation)?|activat(?:e|ion)|invit(?:e|es|ation|ations)"
    r"|unsubscribe|sso|oauth2?|saml|auth|login|signin|sign-in",
    re.IGNORECASE,
)
"""Parts of a path after which the next one may be a secret."""
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_JWT = re.compile(r"eyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?")
_RUN = re.compile(r"(?<![A-Za-z0-9%])[A-Za-z0-9]{16,}(?![A-Za-z0-9])")
_ESCAPE = re.compile(r"%[0-9a-f]{2}", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|www\.)\S+"
    r"|\babout:[a-z]+\?\S+"
    r"|(?<![\w@.])(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?/\S*[?#;%=]\S*"
    # A host that is one word, or numbers: only with what a query or its encoding has.
    r"|(?<![\w@.])(?:\[[0-9a-f:.]+\]|\w[\w.-]*)(?::\d+)?(?:/\S*?)?"
    r"(?:[?#;]\S*=|%(?:25)*(?:3f|23|3b))\S*",
    re.IGNORECASE,
)
_CREDENTIALS = re.compile(
    r"//[^/\s@]*@|%(?:25)*2f%(?:25)*2f[^/\s@]*?(?:@|%(?:25)*40)", re.IGNORECASE
)
"""Who somebody is to a server, in front of its name; in a path, also encoded."""
_MARKS = re.compile(r"[/?%=]")
"""What no address worth a look is without."""
_RANDOM_SWITCHES = 0.25
"""Changes between letters and figures, small and capital, for each letter of what is drawn by lot."""


@lru_cache(maxsize=1024)
def bare(path: str) -> str:
    """Return a page's path without query, parameters of a session, and what looks like a token."""
    begun = _CREDENTIALS.sub("//", path[:LONGEST])
    query = _QUERY.search(begun)
    kept = _PARAMETERS.sub("", begun[: query.start()] if query else begun)
    parts = kept.split("/")
    shown = [_part(part, before) for part, before in zip(parts, ["", *parts], strict=False)]
    return "/".join(shown)


def without_secrets(title: str) -> str:
    """Return a title whose addresses, where it holds any, are bare."""
    if not _MARKS.search(title):
        return title
    return _ADDRESS.sub(lambda found: bare(found[0]), title)


def _part(part: str, before: str) -> str:
    """One part of a path as it may be kept."""
    if _WITHOUT_COOKIES.fullmatch(part) or _JWT.search(part):
        return CUT
    named = _NAMED.search(part)
    if named:
        part = f"{part[: named.end(1)]}={CUT}"
    part = _UUID.sub(CUT, part)
    part = _RUN.sub(lambda run: CUT if _is_drawn(run[0]) else run[0], part)
    words = _ESCAPE.sub("-", part)
    if (_TELLING.fullmatch(before) and _may_be_a_secret(words)) or _is_drawn_in_pieces(words):
        return CUT
    return part


def _is_drawn(text: str) -> bool:
    """True if letters and figures follow each other as if by lot: no word, no number."""
    has_digit = any(letter.isdigit() for letter in text)
    has_letter = any(letter.isalpha() for letter in text)
    mixed = text != text.lower() and text != text.upper()
    if not has_letter or not (has_digit or (mixed and len(text) >= 32)):  # noqa: PLR2004 - long
        return False
    kinds = [(letter.isdigit(), letter.isupper()) for letter in text]
    switches = sum(one != other for one, other in pairwise(kinds))
    return switches >= _RANDOM_SWITCHES * (len(text) - 1)


def _is_drawn_in_pieces(words: str) -> bool:
    """True for what is drawn by lot from an alphabet that has dashes, too."""
    joined = re.sub(r"[^A-Za-z0-9]", "", words)
    return len(joined) >= 20 and not _is_wordy(words) and _is_drawn(joined)  # noqa: PLR2004 - long


def _is_wordy(words: str) -> bool:
    """True if most of it is words, as in the name of an article; a number of a few figures is one."""
    pieces = re.findall(r"[A-Za-z0-9]+", words)
    plain = [piece for piece in pieces if _is_word(piece)]
    return 2 * sum(map(len, plain)) > sum(map(len, pieces))


def _is_word(piece: str) -> bool:
    if piece.isdigit():
        return len(piece) <= 8  # noqa: PLR2004 - a date, or the number of an article
    return piece.isalpha() and (piece.islower() or piece.isupper() or piece.istitle())


def _may_be_a_secret(words: str) -> bool:
    """True of what follows a telling word and is itself none: figures, or letters in disorder."""
    has_digit = any(letter.isdigit() for letter in words)
    if words.isdigit():
        return len(words) >= 4  # noqa: PLR2004 - a code that was sent
    if has_digit:
        return len(words) >= 6 and not _is_wordy(words)  # noqa: PLR2004 - `v2`, `step1`
    return len(words) >= 8 and not _is_wordy(words)  # noqa: PLR2004 - words in disorder
