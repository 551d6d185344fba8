"""Which words tell how people reached each other."""

from collectors.facts.social import Channel


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_WORDS = {
    Channel.IN_PERSON: """met meet meeting saw see coffee lunch dinner breakfast brunch supper walk
        walked hike run tea beer drink drinks visit visited party picnic concert cinema choir
        rehearsal class training workshop game played meetup hug barbecue swim climbing dance
        gathering wedding hung ride f2f face-to-face""",
    Channel.CALL: """call called calling phone phoned rang ring telephone telephoned video videocall
        phonecall huddle""",
    Channel.MESSAGE: """text texted texting message messaged chat chatted dm dmed dm'd sms texts
        messages""",
    Channel.EMAIL: """email emailed e-mail e-mailed mail mailed emails""",
    Channel.BROADCAST: """posted post broadcast""",
}
# Where it went on: a call on WhatsApp is a call, a chat in Teams a message. Alone they say this.
_SERVICES = {
    Channel.CALL: """zoom zoomed facetime facetimed skype skyped teams webex jitsi google""",
    Channel.MESSAGE: """whatsapp whatsapped telegram slack slacked signal discord messenger imessage
        wechat viber threema snapchat instagram facebook linkedin wrote sent""",
}


def _by_word(table: dict[Channel, str]) -> dict[str, Channel]:
    return {word: channel for channel, words in table.items() for word in words.split()}


SERVICES = _by_word(_SERVICES)
CHANNELS = _by_word(_WORDS) | SERVICES
# What nobody does alone: it needs no names.
TOGETHER = _set(
    """met meet meeting visit visited party picnic choir rehearsal class workshop game meetup hug
    barbecue gathering wedding f2f face-to-face"""
) | {word for word, channel in CHANNELS.items() if channel is not Channel.IN_PERSON}
# Chats are written, but by a fence or by chance they are spoken.
CHATS = _set("chat chatted")
# These wait for what was sent: "wrote Ana an email".
CARRIERS = _set("wrote sent gave dropped left")
# Hours in which a meal is likely to begin.
MEALS = {
    "breakfast": range(4, 12),
    "brunch": range(8, 16),
    "lunch": range(10, 16),
    "dinner": range(16, 24),
    "supper": range(16, 24),
}
# After these a person may follow without "with".
WITH_WHOM = _set(
    """met meet saw see called phoned rang texted messaged emailed e-mailed mailed visited
    zoomed facetimed skyped whatsapped dmed dm'd call phone text email message
    visit wrote sent gave"""
)
# Company that nobody is called by: it makes no person.
UNNAMED = _set(
    """anyone anybody bunch children classmates client clients colleague colleagues couple coworker
    coworkers crowd customer customers everybody everyone family folks friend friends group guests
    her him kids locals lots mates neighbor neighbors neighbour neighbours others parents people
    relatives somebody someone stranger strangers student students team teammates them us
    baby band boys cat choir class club co crew dog dogs girls guys"""
)
PETS = _set("dog dogs cat")
# What may stand before it.
BEFORE_UNNAMED = _set(
    "a an the my our some many few several all other old new good best close whole of"
)
MYSELF = _set("i me myself")
FILLERS = _set("""i me we had have a an the my some did went quick to of was had's then""")
# No names, though they begin a text with a capital letter.
NO_SUBJECTS = _set("he she they you it just then also again so who finally briefly today")
# What a verb is called in the line that says what was understood; the people stand in for "met".
NOUNS = {
    "called": "call",
    "phoned": "call",
    "rang": "call",
    "texted": "text",
    "messaged": "message",
    "emailed": "email",
    "e-mailed": "email",
    "mailed": "mail",
    "zoomed": "zoom",
    "facetimed": "facetime",
    "skyped": "skype",
    "dmed": "dm",
    "dm'd": "dm",
    "whatsapped": "whatsapp",
    "walked": "walk",
    "visited": "visit",
    "met": "",
    "meet": "",
    "saw": "",
    "see": "",
    "chatted": "chat",
    "talked": "talk",
}
SAID: dict[Channel, str] = {
    Channel.IN_PERSON: "in person",
    Channel.CALL: "call",
    Channel.MESSAGE: "message",
    Channel.EMAIL: "email",
    Channel.BROADCAST: "broadcast",
    Channel.OTHER: "other",
}


def channel_of(words: list[str]) -> Channel:
    """The channel of an activity: what was done from afar decides, else it was in person."""
    return act_of(words) or next(
        (SERVICES[word.lower()] for word in words if word.lower() in SERVICES), Channel.IN_PERSON
    )


def act_of(words: list[str]) -> Channel | None:
    """What was done from afar, wherever it went on."""
    lowered = [word.lower() for word in words]
    found = [CHANNELS[word] for word in lowered if word in CHANNELS and word not in SERVICES]
    return next((channel for channel in found if channel is not Channel.IN_PERSON), None)


JOINS = frozenset({"and", "&", "+", ",", "und", "plus"})
# Words that would be read as something else inside a name or a place.
_READ_OTHERWISE = _set(
    """with at in near on via over by for from since until till between last this today
    yesterday tonight now note energy meaning disclosure support begun initiated started
    around about just noon midday midnight other ran bumped came talked spoke together half
    quarter one two three four five six seven eight nine ten tomorrow next it morning
    afternoon evening earlier recently lately nobody mon monday tue
    tues tuesday wed wednesday thu thur thurs thursday fri friday sat saturday sun sunday
    jan january feb february mar march apr april may jun june jul july aug august sep sept
    september oct october nov november dec december"""
)


def plain(text: str, *, name: bool) -> bool:
    """Whether a name or a place reads as itself without quotes."""
    words = text.split(" ")
    if not all(word.isalpha() and (word[0].isupper() or not name) for word in words):
        return False
    lowered = [word.lower() for word in words]
    taken = _READ_OTHERWISE | JOINS | CHANNELS.keys() | (FILLERS if name else frozenset())
    return not any(word in taken for word in lowered)
