"""Days on which nobody was met, as a person says so: what no entry alone can tell from silence."""

import re

NOBODY = "nobody"
"""The instrument under which such a day is kept beside the check-ins; its one answer is 0 people."""
_WORDS = re.compile(
    r"(?:i\s+)?(?:(?:met|saw)\s+)?(?:nobody|no[ -]?one)(?:\s+(?P<since>since\s+)?(?P<day>\S.*))?",
    re.IGNORECASE,
)


def alone(words: str) -> tuple[str, bool] | None:
    """Read `nobody`, `met nobody yesterday` or `nobody since Monday`.

    Returns:
        The words of the day (empty: today), and True if all days from it on are meant; None if
        the words say something else.
    """
    match = _WORDS.fullmatch(words.strip())
    return None if match is None else (match["day"] or "", bool(match["since"]))
