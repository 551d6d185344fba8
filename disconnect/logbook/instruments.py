"""What a check-in asks: the instruments, as data.

Not here, and never to be: WHO-5 (its licence allows no commercial use), MBI, BAT, PSS and ISI
(licensed, or unclear), single items of theirs included. No bands either: lines such as "50 and
more is burnout" are not the authors'.
"""

from disconnect.logbook.scales import Instrument, Item, counted, worded

_QUARTERS = (100, 75, 50, 25, 0)
_TEN, _FOUR = counted(10), counted(4)
_OFTEN = worded("Always", "Often", "Sometimes", "Seldom", "Never/almost never", numbers=_QUARTERS)
_DEGREE = worded(
    "To a very high degree",
    "To a high degree",
    "Somewhat",
    "To a low degree",
    "To a very low degree",
    numbers=_QUARTERS,
)
_LONELY = worded(
    "Often or always",
    "Some of the time",
    "Occasionally",
    "Hardly ever",
    "Never",
    numbers=(1, 2, 3, 4, 5),
)
_HARDLY = worded("Hardly ever", "Some of the time", "Often", numbers=(1, 2, 3))
_CBI = (
    "Kristensen, Borritz, Villadsen & Christensen (2005), Work & Stress 19:192-207,"
    " doi 10.1080/02678370500297720"
)
_OURS = "our own words"

DAILY = Instrument(
    name="daily",
    title="Daily",
    every="daily",
    items=(
        Item(words="Energy right now?", scale=_TEN, name="energy", ends=("none", "full")),
        Item(
            words="Drained by today's online communication?",
            scale=_TEN,
            name="drained",
            ends=("not at all", "completely"),
        ),
    ),
    scoring="each",
    source=_OURS,
    terms="free",
)
CBI_PERSONAL = Instrument(
    name="cbi_personal",
    title="Personal burnout (CBI)",
    every="weekly",
    items=(
        Item(words="How often do you feel tired?", scale=_OFTEN),
        Item(words="How often are you physically exhausted?", scale=_OFTEN),
        Item(words="How often are you emotionally exhausted?", scale=_OFTEN),
        Item(words="How often do you think: “I can't take it anymore”?", scale=_OFTEN),
        Item(words="How often do you feel worn out?", scale=_OFTEN),
        Item(words="How often do you feel weak and susceptible to illness?", scale=_OFTEN),
    ),
    scoring="mean",
    least=3,
    window="in the past week (our adaptation: the CBI names no time)",
    ends=("never tired", "always tired"),
    source=_CBI,
    terms="free to use",
)
CANNOT_TAKE_IT = 3
"""Which of its items asks “I can't take it anymore”, counted from 0."""
ONS_LONELINESS = Instrument(
    name="ons_loneliness",
    title="Loneliness (ONS)",
    every="weekly",
    items=(Item(words="How often do you feel lonely?", scale=_LONELY, name="lonely"),),
    scoring="mean",
    ends=("often or always lonely", "never lonely"),
    source="Office for National Statistics, national indicators of loneliness (2018)",
    terms="national indicator, published for others to use",
)
SUPPORT = Instrument(
    name="support",
    title="Support",
    every="weekly",
    items=(
        Item(
            words="Someone gave me real support this week",
            scale=_FOUR,
            name="support",
            ends=("not at all", "very much"),
        ),
    ),
    scoring="mean",
    ends=("not at all", "very much"),
    source=_OURS,
    terms="free",
)
CBI_WORK = Instrument(
    name="cbi_work",
    title="Work-related burnout (CBI)",
    every="monthly",
    items=(
        Item(words="Is your work emotionally exhausting?", scale=_DEGREE),
        Item(words="Do you feel burnt out because of your work?", scale=_DEGREE),
        Item(words="Does your work frustrate you?", scale=_DEGREE),
        Item(words="Do you feel worn out at the end of the working day?", scale=_OFTEN),
        Item(
            words="Are you exhausted in the morning at the thought of another day at work?",
            scale=_OFTEN,
        ),
        Item(words="Do you feel that every working hour is tiring for you?", scale=_OFTEN),
        Item(
            words="Do you have enough energy for family and friends during leisure time?",
            scale=_OFTEN,
            is_reversed=True,
        ),
    ),
    scoring="mean",
    least=4,
    ends=("never tired of work", "always tired of work"),
    source=_CBI,
    terms="free to use",
    of_work=True,
)
UCLA3 = Instrument(
    name="ucla3",
    title="Loneliness (UCLA-3)",
    every="monthly",
    items=(
        Item(words="How often do you feel that you lack companionship?", scale=_HARDLY),
        Item(words="How often do you feel left out?", scale=_HARDLY),
        Item(words="How often do you feel isolated from others?", scale=_HARDLY),
    ),
    scoring="sum",
    least=3,
    ends=("hardly ever lonely", "often lonely"),
    source="Hughes, Waite, Hawkley & Cacioppo (2004), Research on Aging 26:655-672",
    terms="used freely in surveys; no explicit licence",
)

INSTRUMENTS = (DAILY, CBI_PERSONAL, ONS_LONELINESS, SUPPORT, CBI_WORK, UCLA3)
"""All of them, in the order in which they are asked."""
BY_NAME = {instrument.name: instrument for instrument in INSTRUMENTS}
