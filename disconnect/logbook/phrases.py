"""Plain words into an encounter.

`coffee with Ana and Ben 90m yesterday 16:00 at Blue Bottle #chance`: what was done, with whom,
when, where and how it came about, in any order.
"""

import datetime as dt
import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from collectors.facts.social import Channel
from disconnect.errors import UsageProblemError
from disconnect.logbook.company import company, is_self, is_subject, keeps_company, starts_a_name
from disconnect.logbook.cursor import BY, FROM, PLACE, WITH, WORD, Cursor
from disconnect.logbook.marks import MARKS
from disconnect.logbook.people import is_possessive, name_at
from disconnect.logbook.reading import Reading
from disconnect.logbook.times import RULES, VAGUE, compiled
from disconnect.logbook.understood import Understood
from disconnect.logbook.undone import refuse_undone
from disconnect.logbook.words import (
    CARRIERS,
    CHANNELS,
    FILLERS,
    JOINS,
    NOUNS,
    SERVICES,
    WITH_WHOM,
    channel_of,
)

_MET = compiled(r"(?:ran into|bumped into|came across)(?=\s)")
_TALKED = compiled(r"(?:talked|spoke|chatted) (?:to|with)(?=\s)")
_DASH = re.compile(r"[-–—:|/~]+(?=\s|$)")
_NOTE = compiled(r"(?:^| )note:(?P<rest>.*)$")
_MET_UP = compiled(r"\b(met|meet|meeting) up(?=\s)")
_PAIR = re.compile(r"([^\W\d_][\w'-]+)[/+]([^\W\d_][\w'-]+)")
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
    told = _MET_UP.sub(r"\1", clean[: note.start()] if note else clean)
    reading = Reading()
    today = now.astimezone(ZoneInfo(zone)).date()
    for number, segment in enumerate(re.split(r"(?:^| )·(?: |$)", told)):
        _Scan(segment.strip(), reading, known, today, first=number == 0).run()
    if note:
        reading.rest(note["rest"].strip())
        said = note["rest"].split()
        reading.company |= said[:1] == ["with"] and keeps_company(said[1:])
    return reading


class _Scan(Cursor):
    """One pass over one segment; what a word means depends on what came before it."""

    def __init__(
        self, text: str, reading: Reading, known: Sequence[str], today: dt.date, *, first: bool
    ) -> None:
        super().__init__(text, known)
        self.reading = reading
        self.today = today
        self.first = first
        self.mode = "what"

    def run(self) -> None:
        """Read the segment to its end."""
        while self.at < len(self.text):
            if self.text[self.at] in " .!?;)(":
                self.at += 1
            elif match := _DASH.match(self.text, self.at):
                self.at = match.end()
            elif not (self._marked() or self._timed() or self._turned()):
                self._word()

    def _marked(self) -> bool:
        for pattern, take in MARKS:
            if match := pattern.match(self.text, self.at):
                take(match, self.reading)
                return self._past(match)
        if (match := BY.match(self.text, self.at)) and match[1].lower() in CHANNELS:
            channel = CHANNELS[match[1].lower()]
            if match[1].lower() in SERVICES:
                self.reading.via = channel
            else:
                self.reading.said = self.reading.said or channel
            return self._past(match)
        refuse_undone(self.text, self.at, self.mode)
        return False

    def _timed(self) -> bool:
        if match := VAGUE.match(self.text, self.at):
            self.reading.when.vague = match[0]
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
        if match := WITH.match(self.text, self.at):
            self.mode = "people"
        elif match := _MET.match(self.text, self.at):
            self.reading.chance = True
            self.mode = "people"
        elif match := _TALKED.match(self.text, self.at):
            self.reading.what.append("chat" if match[0][0] in "cC" else "talk")
            self.mode = "people"
        elif (
            self.mode == "what" and (match := FROM.match(self.text, self.at)) and self._from_afar()
        ):
            self.reading.initiator = self.reading.initiator or "them"  # a call from Ana
            self.mode = "people"
        elif (match := PLACE.match(self.text, self.at)) and match.end() < len(self.text):
            self.mode = "place"
            self.reading.places.append("")
        else:
            return False
        self.at = match.end()
        return True

    def _from_afar(self) -> bool:
        return channel_of(self.reading.what) is not Channel.IN_PERSON

    def _word(self) -> None:
        match = WORD.match(self.text, self.at)
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
        if literal or is_self(word):
            self.reading.add_person(word if literal else "")
            self.mode = "joined"
            return
        if pair := _PAIR.fullmatch(word):
            self.at = match.start()
            self.text = f"{self.text[: self.at]}{pair[1]} & {pair[2]}{self.text[match.end() :]}"
            return
        words = self.words_from(match.start())
        if not words or word.lower() in JOINS:
            return
        name, count = name_at(words, self.known)
        if name not in self.known and (self._unnamed(words) or self._no_name(words, count)):
            return
        self._refuse_digits(words[0])
        self.reading.add_person(name.strip(".!?()':"))
        for _ in range(count - 1):
            self.at = self.next_word_end()
        self.mode = "joined"

    def _no_name(self, words: list[str], count: int) -> bool:
        """Whether words behind a person are no other one: `Ana, dinner, 2h`, `Ana and talked`."""
        if not self.reading.people:
            return False
        if words[0] in CHANNELS:
            self.mode = "joined"
            self._what(words[0], words[0], literal=False)
        elif len(words) > count and words[count - 1].islower():
            self.mode = "note"
            self.reading.rest(words[0])
        else:
            return False
        return True

    def _unnamed(self, words: list[str]) -> bool:
        """Whether it is company such as "some friends": a note, unless a name comes after it."""
        count = company(words)
        if not count:
            return False
        for _ in range(count - 1):
            self.at = self.next_word_end()
        if words[count - 1] != "of" and starts_a_name(words[count:], self.known):
            return True  # "my friend Ana" is Ana
        self.reading.company |= keeps_company(words)
        self.reading.rest(f"with {' '.join(words[:count])}")
        if not any(self.reading.what):
            self.reading.what.append("meeting")
        self.mode = "joined" if words[count - 1] != "of" else "note"
        return True

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
            self.reading.exact.add(self.reading.places[-1])
        return True

    def _done(self, word: str, *, literal: bool) -> None:
        """A word about what was done; or one more person; or part of a note."""
        lower = word.lower().strip(".!?()")
        if literal:
            self._what(word, lower, literal=True)
        elif lower in JOINS or lower in {";", '"'}:
            if self.mode == "joined" or (self.mode == "note" and self.name_follows()):
                self.mode = "people"
        elif lower in CHANNELS and not self.first:
            self.reading.said = CHANNELS[lower]
        else:
            self._refuse_digits(word)
            self._what(word, lower, literal=False)

    def _what(self, word: str, lower: str, *, literal: bool) -> None:
        whole, word = word, word if literal or "(" in word else word.rstrip(":)")
        waiting = bool(self.reading.what) and CARRIERS.issuperset(self.reading.what)
        late = lower in CHANNELS and (waiting or not (self.reading.what or self.reading.note))
        if self.mode != "what" and not late:
            if (waiting and lower in {"a", "an", "the", "some"}) or is_self(word):
                return
            self.mode = "note"
            self.reading.rest(word)
            return
        if late and waiting:
            self.reading.what.clear()
        if not literal and lower not in CHANNELS and self._somebody(whole):
            return
        leading = lower == "for" and not self.reading.what  # "went for a run" is a run
        if literal or not (leading or lower in FILLERS):
            self.reading.what.append(word if literal else NOUNS.get(lower, word))
        if lower in WITH_WHOM and self._somebody_follows():
            self.mode = "people"

    def _somebody(self, word: str) -> bool:
        """Whether a word without "with" is a name: a known one, or capitalised and not first."""
        start = self.at - len(word)
        words = self.words_from(start)
        name = name_at(words, self.known)[0] if words else ""
        capitalised = word[:1].isupper() and len(word) > 1 and start > 0
        capitalised = capitalised and not is_possessive(word)  # "to Tom's" is a place
        capitalised = capitalised or (start == 0 and is_subject(word, self.text[self.at :]))
        if name not in self.known and not capitalised:
            return False
        self.mode, self.at = "people", start
        return True

    def _somebody_follows(self) -> bool:
        words = self.words_from(self.at + 1)
        if not words or words[0].lower() in FILLERS | CHANNELS.keys() | {"about", "for", "from"}:
            return False
        match = WORD.match(self.text, self.at + 1)
        return match is not None and not self.ends_a_name(match)

    def _refuse_digits(self, word: str) -> None:
        if word[:1].isdigit():
            raise UsageProblemError(
                f"{word!r} is no time, day or length; write 16:00 or 4pm, 2026-10-24 or 24 Oct,"
                " 90m or 1h30"
            )
