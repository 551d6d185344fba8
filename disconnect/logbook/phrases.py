"""Plain words into an encounter.

`coffee with Ana and Ben 90m yesterday 16:00 at Blue Bottle #chance`: what was done, with whom,
when, where and how it came about, in any order.
"""

import datetime as dt
import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from disconnect.errors import UsageProblemError
from disconnect.logbook.marks import MARKS
from disconnect.logbook.people import TITLES, name_at
from disconnect.logbook.reading import Reading
from disconnect.logbook.times import RULES, compiled
from disconnect.logbook.understood import Understood
from disconnect.logbook.words import (
    BEFORE_UNNAMED,
    CHANNELS,
    FILLERS,
    JOINS,
    NOUNS,
    UNNAMED,
    WITH_WHOM,
)

_WORD = re.compile(r'"([^"]*)"|(&|@)|([^\s,;"&]+)|([,;"])')
_WITH = compiled(r"(?:together )?(?:with|w/)(?=\s)")
_MET = compiled(r"(?:ran into|bumped into|came across)(?=\s)")
_TALKED = compiled(r"(?:talked|spoke|chatted) (?:to|with)(?=\s)")
_PLACE = compiled(r"(?:(?:at|in|near)(?=\s)|@)\s*")
_NOTE = compiled(r"(?:^| )note:(?P<rest>.*)$")
_BY = compiled(r"(?:on|via|over|by) (?:the |a )?([a-z'-]+)(?=$|[\s,;.!?)])")
_LONGEST_TEXT = 1000


def understand(text: str, *, now: dt.datetime, zone: str, known: Sequence[str]) -> Understood:
    """Read one encounter from plain words.

    Args:
        text: What the person typed.
        now: The present instant (aware, UTC).
        zone: The IANA zone the person is in: times are local.
        known: Names of people who are known already.

    Raises:
        UsageProblemError: Something cannot be understood, is missing, or cannot be; the message
            shows the text.
    """
    try:
        return read(text, now=now, zone=zone, known=known).settled(now, zone)
    except UsageProblemError as error:
        raise UsageProblemError(f"cannot log {text!r}: {error}") from error


def read(text: str, *, now: dt.datetime, zone: str, known: Sequence[str]) -> Reading:
    """Take a text apart, as far as it goes; what is missing may still be added.

    Raises:
        UsageProblemError: Something cannot be understood.
    """
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if len(clean) > _LONGEST_TEXT:
        raise UsageProblemError(f"longer than {_LONGEST_TEXT} letters; put a story into --note")
    note = _NOTE.search(clean)
    told = clean[: note.start()] if note else clean
    reading = Reading()
    today = now.astimezone(ZoneInfo(zone)).date()
    for number, segment in enumerate(re.split(r"(?:^| )·(?: |$)", told)):
        _Scan(segment.strip(), reading, known, today, first=number == 0).run()
    if note:
        reading.rest(note["rest"].strip())
    return reading


class _Scan:
    """One pass over one segment; what a word means depends on what came before it."""

    def __init__(
        self, text: str, reading: Reading, known: Sequence[str], today: dt.date, *, first: bool
    ) -> None:
        self.text = text
        self.reading = reading
        self.known = known
        self.today = today
        self.first = first
        self.mode = "what"
        self.at = 0

    def run(self) -> None:
        """Read the segment to its end."""
        while self.at < len(self.text):
            if self.text[self.at] in " .!?;)(":
                self.at += 1
            elif not (self._marked() or self._timed() or self._turned()):
                self._word()

    def _marked(self) -> bool:
        for pattern, take in MARKS:
            if match := pattern.match(self.text, self.at):
                take(match, self.reading)
                return self._past(match)
        if (match := _BY.match(self.text, self.at)) and match[1].lower() in CHANNELS:
            self.reading.said = self.reading.said or CHANNELS[match[1].lower()]
            return self._past(match)
        return False

    def _timed(self) -> bool:
        for pattern, take in RULES:
            if match := pattern.match(self.text, self.at):
                take(match, self.reading.when, self.today)
                return self._past(match)
        return False

    def _past(self, match: re.Match[str]) -> bool:
        self.at = match.end()
        self.mode = "what" if self.mode == "what" else "note"
        return True

    def _turned(self) -> bool:
        """A word after which people, or a place, follow."""
        if match := _WITH.match(self.text, self.at):
            self.mode = "people"
        elif match := _MET.match(self.text, self.at):
            self.reading.chance = True
            self.mode = "people"
        elif match := _TALKED.match(self.text, self.at):
            self.reading.what.append("chat" if match[0][0] in "cC" else "talk")
            self.mode = "people"
        elif (match := _PLACE.match(self.text, self.at)) and match.end() < len(self.text):
            self.mode = "place"
            self.reading.places.append("")
        else:
            return False
        self.at = match.end()
        return True

    def _word(self) -> None:
        match = _WORD.match(self.text, self.at)
        if not match:
            self.at += 1
            return
        word, literal = (match[1], True) if match[1] is not None else (match[0], False)
        if literal and not word.strip():
            self.at = match.end()
        elif self.mode == "people":
            self._person(word.strip(), match, literal=literal)
        else:
            self.at = match.end()
            if not self._in_place(word, literal=literal):
                self._done(word, literal=literal)

    def _person(self, word: str, match: re.Match[str], *, literal: bool) -> None:
        self.at = match.end()
        if literal:
            self.reading.add_person(word)
            self.mode = "joined"
            return
        words = self._words_from(match.start())
        if not words or word.lower() in JOINS:
            return
        name, count = name_at(words, self.known)
        if name not in self.known and self._unnamed(words):
            return
        more = len(words) > count and words[count - 1].islower()
        if self.reading.people and name not in self.known and more:
            self.mode = "note"  # "with Ana and talked a lot": nobody is called Talked
            self.reading.rest(word)
            return
        self._refuse_digits(words[0])
        self.reading.add_person(name.strip(".!?()'"))
        for _ in range(count - 1):
            self.at = self._next_word_end()
        self.mode = "joined"

    def _unnamed(self, words: list[str]) -> bool:
        """Whether it is company such as "some friends": a note, unless a name comes after it."""
        sure = UNNAMED | BEFORE_UNNAMED
        count = next((n for n, word in enumerate(words) if word not in sure), len(words))
        if UNNAMED.isdisjoint(words[:count]):
            return False
        for _ in range(count - 1):
            self.at = self._next_word_end()
        if words[count - 1] != "of" and self._is_name(words[count:]):
            return True  # "my friend Ana" is Ana
        self.reading.rest(f"with {' '.join(words[:count])}")
        if not any(self.reading.what):
            self.reading.what.append("meeting")
        self.mode = "joined" if words[count - 1] != "of" else "note"
        return True

    def _is_name(self, words: list[str]) -> bool:
        known = words and name_at(words, self.known)[0] in self.known
        return bool(known or (words and words[0][0].isupper()))

    def _words_from(self, start: int) -> list[str]:
        """The words up to the next thing that is no name: a time, a mark, a comma, "at"."""
        words: list[str] = []
        at = start
        while at < len(self.text):
            match = _WORD.match(self.text, at)
            if not match or match[3] is None or (words and self._ends_a_name(match)):
                break
            words.append(match[3].rstrip(".!?)"))
            at = match.end()
            ended = words[-1] != match[3] and words[-1].lower() not in TITLES
            if ended or not self.text[at : at + 1].isspace():
                break
            at += 1
        return words

    def _ends_a_name(self, match: re.Match[str]) -> bool:
        at = match.start()
        patterns = [*(p for p, _ in RULES), *(p for p, _ in MARKS), _WITH, _PLACE, _BY]
        return match[0].lower() in JOINS or any(p.match(self.text, at) for p in patterns)

    def _next_word_end(self) -> int:
        match = _WORD.match(self.text, self.at + 1)
        return match.end() if match else len(self.text)

    def _in_place(self, word: str, *, literal: bool) -> bool:
        if self.mode == "place" and word in {",", ";", '"'}:
            self.mode = "note"
        if self.mode != "place":
            return False
        place = self.reading.places[-1]
        if not literal and not place:
            self._refuse_digits(word)
        self.reading.places[-1] = f"{place} {word}".strip()
        if literal:
            self.mode = "note"
        return True

    def _done(self, word: str, *, literal: bool) -> None:
        """A word about what was done; or one more person; or part of a note."""
        lower = word.lower().strip(".!?()")
        if literal:
            self._what(word, lower, literal=True)
        elif lower in JOINS or lower in {";", '"'}:
            if self.mode == "joined" or (self.mode == "note" and self._name_follows()):
                self.mode = "people"
        elif lower in CHANNELS and not self.first:
            self.reading.said = CHANNELS[lower]
        else:
            self._refuse_digits(word)
            self._what(word, lower, literal=False)

    def _what(self, word: str, lower: str, *, literal: bool) -> None:
        late = lower in CHANNELS and not (self.reading.what or self.reading.note)
        if self.mode != "what" and not late:
            self.mode = "note"
            self.reading.rest(word)
            return
        if not literal and lower not in CHANNELS and self._somebody(word):
            return
        if literal or lower not in FILLERS:
            self.reading.what.append(word if literal else NOUNS.get(lower, word))
        if lower in WITH_WHOM and self._somebody_follows():
            self.mode = "people"

    def _somebody(self, word: str) -> bool:
        """Whether a word without "with" is a name: a known one, or capitalised and not first."""
        start = self.at - len(word)
        words = self._words_from(start)
        name = name_at(words, self.known)[0] if words else ""
        capitalised = word[:1].isupper() and len(word) > 1 and start > 0
        if name not in self.known and not capitalised:
            return False
        self.mode, self.at = "people", start
        return True

    def _somebody_follows(self) -> bool:
        words = self._words_from(self.at + 1)
        if not words or words[0].lower() in FILLERS | CHANNELS.keys() | {"about", "for"}:
            return False
        match = _WORD.match(self.text, self.at + 1)
        return match is not None and not self._ends_a_name(match)

    def _name_follows(self) -> bool:
        return bool(re.match(r"\s*[^\W\d_]", self.text[self.at :])) and (
            self.text[self.at :].strip()[:1].isupper()
        )

    def _refuse_digits(self, word: str) -> None:
        if word[:1].isdigit():
            raise UsageProblemError(
                f"{word!r} is no time, day or length; write 16:00 or 4pm, 2026-10-24 or 24 Oct,"
                " 90m or 1h30"
            )
