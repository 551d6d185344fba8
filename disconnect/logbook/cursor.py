"""A place in a text, and what stands there: a word, a name, the end of one."""

import re
from collections.abc import Sequence

from disconnect.logbook.marks import MARKS
from disconnect.logbook.people import TITLES
from disconnect.logbook.times import RULES, compiled
from disconnect.logbook.words import JOINS

WORD = re.compile(r'"([^"]*)"|(&|@)|([^\s,;"&]+)|([,;"])')
WITH = compiled(
    r"(?:together )?(?:(?:with|w|against|(?-i:mit|avec|con))(?=\s)|w/\s?(?=[^\s/])(?!o\b))"
)
PLACE = compiled(r"(?:(?:at|in|near)(?=\s)|@)\s*")
BY = compiled(r"(?:on|via|over|by) (?:the |a )?([a-z'-]+)(?=$|[\s,;.!?)])")
FROM = compiled(r"from(?=\s)")


class Cursor:
    """Where in a text the reading is."""

    def __init__(self, text: str, known: Sequence[str]) -> None:
        self.text = text
        self.known = known
        self.at = 0

    def words_from(self, start: int) -> list[str]:
        """The words up to the next thing that is no name: a time, a mark, a comma, "at"."""
        words: list[str] = []
        at = start
        while at < len(self.text):
            match = WORD.match(self.text, at)
            if not match or match[3] is None or (words and self.ends_a_name(match)):
                break
            words.append(match[3].rstrip(".!?):"))
            at = match.end()
            ended = words[-1] != match[3] and words[-1].lower() not in TITLES
            if ended or not self.text[at : at + 1].isspace():
                break
            at += 1
        return words

    def ends_a_name(self, match: re.Match[str]) -> bool:
        """Whether a word is no part of the name before it."""
        at = match.start()
        patterns = [*(p for p, _ in RULES), *(p for p, _ in MARKS), WITH, PLACE, BY]
        return match[0].lower() in JOINS or any(p.match(self.text, at) for p in patterns)

    def next_word_end(self) -> int:
        """Where the word after this place ends."""
        match = WORD.match(self.text, self.at + 1)
        return match.end() if match else len(self.text)

    def name_follows(self) -> bool:
        """Whether what comes next is written as a name is."""
        return bool(re.match(r"\s*[^\W\d_]", self.text[self.at :])) and (
            self.text[self.at :].strip()[:1].isupper()
        )
