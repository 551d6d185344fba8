"""Words that say that nothing happened, or not yet, or with nobody."""

from disconnect.errors import UsageProblemError
from disconnect.logbook.times import END, compiled

_NOT_DONE = compiled(
    r"(?:did ?n['’]?t|did not|no|not|never|cancell?ed|postponed|missed|skipped|nobody|no[ -]?one"
    r"|solo|alone(?! with)|by myself|on my own|(?:without|w/o)(?= (?-i:[A-Z])))" + END
)
_NOBODY = compiled(rf"(?:nobody|no[ -]?one){END}")
_TO_COME = compiled(
    r"(?:(?-i:will)|gonna|(?:going|planning|plan|want|wanted|hoping|about) to"
    rf" (?:meet|see|call|visit|have|do|phone|text|message|email|get|grab)){END}"
)


def refuse_undone(text: str, at: int, mode: str) -> None:
    """Refuse an encounter that did not happen, whoever it names.

    Args:
        text: What is being read.
        at: The place in it.
        mode: What is expected there: `what` was done, or `people`; elsewhere "not Ben" is a note.

    Raises:
        UsageProblemError: It did not happen, or not yet, or alone.
    """
    for pattern in {"what": (_NOT_DONE, _TO_COME), "people": (_NOBODY,)}.get(mode, ()):
        if match := pattern.match(text, at):
            raise UsageProblemError(
                f"{match[0]!r} says that nobody was met; what has happened, with somebody, can be"
                " logged, or days without company: disconnect log nobody since Monday"
            )
