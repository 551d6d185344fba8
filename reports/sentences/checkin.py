"""What was answered at a check-in, said back in plain words; no bands, and no verdict."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A score, the scale it stands on, and how many answers it is made of."""

    title: str
    score: float | None
    span: tuple[float, float]
    """The lowest and the highest there can be."""
    ends: tuple[str, str]
    """What these two mean."""
    answered: int
    asked: int
    least: int
    """Answers that a score needs."""


def scored(said: Scored) -> str:
    """A score in one sentence: `Burnout: 58 (0 is never tired, 100 always tired)`."""
    if said.score is None:
        return (
            f"{said.title}: no score, {said.answered} of {said.asked} questions answered"
            f" and {said.least} needed"
        )
    (low, high), (least, most) = said.span, said.ends
    some = f", from {said.answered} of {said.asked} answers" if said.answered < said.asked else ""
    return f"{said.title}: {said.score:.3g} ({low:g} is {least}, {high:g} {most}){some}"


def each(answers: Sequence[tuple[str, float | None, float]]) -> str:
    """Answers that stand for themselves: name, number (None: skipped), and the highest."""
    said = [
        f"{name} skipped" if number is None else f"{name} {number:g} of {highest:g}"
        for name, number, highest in answers
    ]
    return ", ".join(said)


def before(score: float | None, day: dt.date | None, now: float | None = None) -> str:
    """Say what it was the time before: `; 46 on 29 Oct`, `; the same on 29 Oct`, or nothing."""
    if score is None or day is None:
        return ""
    then = f"{score:.3g}"
    alike = now is not None and f"{now:.3g}" == then
    return f"; {'the same' if alike else then} on {day.day} {day:%b}"


def signpost(*, cannot_take_it: bool, high_for_two_weeks: bool) -> list[str]:
    """Where to find somebody to talk to; nothing unless an answer gives reason to say it.

    Args:
        cannot_take_it: Whether “I can't take it anymore” was answered with Always.
        high_for_two_weeks: Whether personal burnout was 75 or more, this week and the last.
    """
    reasons = []
    if cannot_take_it:
        reasons.append("You answered “I can't take it anymore” with Always.")
    if high_for_two_weeks:
        reasons.append("Your answers on burnout have been at 75 or more for two weeks.")
    if not reasons:
        return []
    where = (
        "That is no diagnosis. If you would like to talk to somebody: someone you trust, a doctor,"
        " or a helpline; findahelpline.com lists free ones by country."
    )
    return [*reasons, where]
