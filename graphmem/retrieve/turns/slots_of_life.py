"""The slots of everyday life: what they are asked by, and how a change of their value is told.

"I moved to Ghent" says no word of "Where do I live?", and yet everybody knows that it answers. A
slot is asked for by some words of the question or of its best answer; what tells a change of it is
a class of verbs and phrases that are said of nothing else. English; in another language no slot is
known, and the words alone decide.

To teach a slot another phrase, add a row to its ways; to add a slot, write one as those below.
"""

import re
from dataclasses import dataclass

from graphmem.retrieve.turns.phrases import SOME, Way, any_way, words

_THEIR = words("my his her")
_WITHIN = r"(?:\w{1,10} ){0,2}"
"""Up to two words in between."""
_NOW = words("now these_days")
_AM = r"(?:am|is|[’']m|[’']s)"

_WORKPLACE_OR_TRADE = words(
    """bakery baker[’']s shop store school hospital clinic bank office factory company firm agency
    restaurant hotel library museum university council station garage farm studio start-?up
    nurse teacher manager assistant engineer driver cook chef waiter waitress clerk carpenter"""
)
_VEHICLE = words(
    "car van truck motorbike scooter moped suv estate hatchback convertible bike bicycle e-?bike"
)
_FOOD = words(
    "coffees? tea milk sugar meat fish eggs alcohol beer wine gluten dairy nuts bread cheese"
)
_CARER = words(
    "doctor gp vet dentist therapist physio\\w{0,12} hairdresser midwife lawyer optician surgeon"
)
_LOVER = words("boyfriend girlfriend partner husband wife fianc[eé]e?")
_TIED = words("single engaged married divorced separated dating together")


@dataclass(frozen=True, slots=True)
class Slot:
    """One sort of value that people change."""

    name: str
    ways: tuple[Way, ...]
    """How a newer sentence tells another value of it."""
    asked: re.Pattern[str]
    """What the question says, or the sentence that answers it, in lower case."""
    changed: re.Pattern[str]
    """Any of the ways, whatever else the sentence says."""


def _slot(name: str, asked: str, *ways: tuple[str, str]) -> Slot:
    """Make a slot of the words it is asked by, and pairs of a way to change it and an example."""
    read = tuple(Way(pattern, example) for pattern, example in ways)
    return Slot(name, read, re.compile(rf"\b{asked}\b"), any_way(read))


_WHITHER = words(
    """house home out away back over in into to up_to down_to here abroad last this on at from again
    together"""
)

_HOME = _slot(
    "home",
    words(
        """live lives living address reside resides home flat house apartment based located office
        town city street"""
    ),
    (rf"{words('moved relocated emigrated')} {_WHITHER}(?! with the)", "we moved to bergen"),
    (
        r"(?:have|has|[’']ve|[’']s) moved(?=[,.;!]|$| (?:to|in|into|out|house|away|from))",
        "well, i've moved.",
    ),
    (r"settled (?:in|down in)", "they settled in leith"),
    (r"(?:upped|pulled up) (?:sticks|stakes)", "they upped sticks for pau"),
    (r"emigrated", "ole emigrated"),
    (
        rf"(?:have|has|got|[’']ve|[’']s) {_THEIR} own {words('place flat studio house room')}",
        "she has her own studio",
    ),
    (r"live in", "i live in a yurt"),
    (rf"{words('living lives based')} (?:in|at|on) {SOME} {_NOW}", "she lives in pau now"),
    (rf"new {words('flat place address apartment home')} is", "the new flat is tiny"),
)

_WORK = _slot(
    "work",
    words(
        r"""work works working jobs? profession occupation employer employed position role career
        retired trade for_a_living do_i_do teacher drives? studies do_for does_\w{1,20}_do"""
    ),
    (
        rf"{words('quit changed left lost switched')} (?:my|his|her|the|their|our)? ?(?:old )?"
        rf"{words('jobs? career company firm post position')}",
        "she quit her old job",
    ),
    (r"resigned", "i resigned on friday"),
    (r"handed in (?:my|his|her|their) notice", "he handed in his notice"),
    (
        r"(?:got|was|been|were) (?:fired|sacked|laid off|hired|made redundant)",
        "we were laid off",
    ),
    (r"promoted", "i was promoted"),
    (
        r"(?:started|starting|start|began) (?:working )?(?:at|as|in|for) (?:a|an|the|my)? ?"
        rf"(?:\w{{1,15}} )?{_WORKPLACE_OR_TRADE}",
        "i started as a pastry chef",
    ),
    (r"(?:new|another) (?:job|position|employer|career)", "a new employer at last"),
    (
        r"joined the (?:company|firm|police|army|staff|council|team at)",
        "she joined the police",
    ),
    (r"retired", "he retired"),
    (r"left (?:teaching|nursing|banking|the job)", "i left nursing"),
    (r"stepped down", "our chair stepped down"),
    (r"changed careers", "i changed careers"),
    (rf"hung up {_THEIR} \w{{2,15}}", "he hung up his apron"),
    (
        r"(?:bumped up|moved up|made) [^,;.!?]{0,20}(?:to|partner|head|chief|senior|manager)",
        "they made her partner",
    ),
    (r"signed (?:a|the|my) (?:\w{1,12} )?contract", "i signed a contract"),
    (r"(?:am|is|[’']m|[’']s) a pensioner", "he's a pensioner"),
    (r"first (?:day|week|month) (?:at|as|in)", "first week at the bank"),
    (
        rf"{_AM} an? (?:\w{{1,15}} )?\w{{2,20}}(?:er|or|ist|ian|ant|se) now",
        "she is a florist now",
    ),
    (r"(?:self-employed|unemployed|freelanc\w{1,6}|out of work)", "i am freelancing"),
    (
        rf"works? (?:as|at|for|in) \w{{1,30}}(?: {SOME})? {_NOW}",
        "he works for oxfam these days",
    ),
    (rf"{_NOW} (?:works?|runs?) ", "she now works on boats"),
    (r"runs? (?:a|an|the|his|her|my) (?:own )?\w{2,20} now", "he runs his own kiosk now"),
)

_DRIVEN = _slot(
    "what is driven",
    words("cars? drives? vehicle motorbike scooter van"),
    (
        rf"(?:bought|leased|got|drive|ride|own) (?:a|an|my|our) (?:\w{{1,12}} )?{_VEHICLE}",
        "we bought a used van",
    ),
    (
        rf"(?:sold|scrapped|crashed|totalled) (?:the|my|our) (?:\w{{1,12}} )?{_VEHICLE}",
        "i scrapped the old moped",
    ),
    (r"traded in", "i traded in the fiesta"),
    (r"test-drove", "we test-drove a kombi"),
)

_COMMUTE = _slot(
    "way to work",
    r"(?:get to (?:work|school|the office)|go to (?:work|school)|commute|"
    r"(?:cycle|walk|drive|bike|run) to (?:work|school)|(?:bus|train|tram|car) to (?:work|school))",
    (
        r"(?:take|takes|catch|ride|use) (?:the|my) "
        rf"{words('bus train tram metro subway bike car ferry boat')}"
        r"(?: to (?:work|school|the office))?",
        "i take the ferry",
    ),
    (r"(?:cycle|walk|drive|bike|run|carpool)s? to (?:work|school)", "he walks to school"),
    (r"work from home", "i work from home"),
)

_PAY = _slot(
    "pay",
    words("earns? salary wages? income pays?_me makes?_a_(?:month|year|week)"),
    (
        r"(?:got|gave me|had|get) (?:a|another) (?:pay )?(?:raise|rise)",
        "they gave me a raise",
    ),
    (r"pay rise", "my pay rise came through"),
    (r"(?:makes?|earns?|get|gets) [$€£]?\d[\d.,]{0,12}", "he earns €2,400"),
)

_PHONE = _slot(
    "number to be called by",
    r"(?:(?:phone|mobile|telephone) number|my number|call (?:me|him|her))",
    (
        r"(?:new|different|changed) (?:\w{1,10} )?(?:number|phone number)",
        "i have a new work number",
    ),
    (rf"(?:changed|lost) {_THEIR} (?:number|phone)", "she lost her phone"),
    (r"(?:reach|call|text) (?:me|him|her|us) (?:on|at)", "call us on 0170"),
)

_EMAIL = _slot(
    "address to be written to",
    r"e-?mail",
    (r"(?:new|different|changed) (?:\w{1,10} )?e-?mail", "he has a new work e-mail"),
    (rf"(?:changed|lost) {_THEIR} e-?mail", "i changed my email"),
    (r"write to (?:me at )?\S{1,40}@", "write to me at ida@post.net"),
    (r"(?:reach|e-?mail) (?:me|him|her|us) (?:on|at)", "reach me at ida@post.net"),
)

_FAVOURITE = _slot(
    "favourite",
    words("favou?rite like_(?:best|most) likes?_best loves?_most prefers?"),
    (r"(?:gone|went|going) off", "i have gone off jazz"),
    (r"all about", "she is all about techno"),
    (r"these days i (?:like|love|prefer)", "these days i prefer plums"),
    (
        rf"(?:like|likes|love|loves|prefer|prefers) {SOME} (?:better|more) now",
        "i like quinces more now",
    ),
)

_DIET = _slot(
    "diet",
    rf"(?:{words('diet eats? eating drinks? drinking vegan vegetarian allerg(?:y|ic)')}|"
    rf"smokes?|smoking|{_FOOD})",
    (
        rf"(?:eat|eats|eating|drink|drinks|drinking|have|having) (?:{_FOOD}|{SOME}) (?:again|now)",
        "i eat kale now",
    ),
    (
        rf"(?:gave|given|giving) up (?:smoking|drinking|eating|{_FOOD})",
        "he has given up dairy",
    ),
    (r"(?:stopped|quit) (?:eating|drinking|smoking)", "we quit smoking"),
    (
        r"(?:went|gone|became|turned) (?:vegan|vegetarian|teetotal)",
        "ole went vegan",
    ),
    (r"(?:am|is|[’']m) (?:a )?(?:vegan|vegetarian)", "i'm a vegetarian"),
    (r"outgr(?:ew|own)", "she has outgrown it"),
    (rf"off {_FOOD}", "he is off gluten"),
    (r"started (?:eating|drinking|smoking)", "i started drinking oat milk"),
)

_CARE = _slot(
    "who takes care",
    _CARER,
    (
        r"(?:switched|changed|moved|go|goes|take|takes|took) (?:\w{1,10} ){0,3}to "
        rf"{words('dr doctor mr mrs ms miss prof')}",
        "i take the cat to dr ek",
    ),
    (rf"(?:new|another) {_CARER}", "we have another midwife"),
)

_LOVE = _slot(
    "love",
    rf"(?:{_TIED}|relationship|{_LOVER}|couple)",
    (r"seeing (?:someone|somebody)", "ada is seeing somebody"),
    (r"(?:broke|broken|split|splitting) up", "they split up"),
    (
        rf"(?:got|are|is|am|[’']re|[’']m|getting) (?:\w{{1,10}} )?{_TIED}",
        "they are getting married",
    ),
    (r"(?:back|got) together", "they are back together"),
    (r"met (?:someone|somebody)", "i met someone"),
    (rf"new {_LOVER}", "her new boyfriend cooks"),
    (r"proposed to", "ole proposed to ada"),
    (r"moved in together", "they moved in together"),
    (r"walked out on", "she walked out on him"),
)

_WEIGHT = _slot(
    "weight",
    words("weigh weighs weight kilos? pounds"),
    (r"(?:down|up) to \d{1,4}", "i am down to 70"),
    (rf"(?:lost|gained|put on) {_WITHIN}(?:kilos?|pounds|kg|weight)", "i put on three kilos"),
)

SLOTS = (
    _HOME, _WORK, _DRIVEN, _COMMUTE, _PAY, _PHONE, _EMAIL, _FAVOURITE, _DIET, _CARE, _LOVE, _WEIGHT,
)  # fmt: skip
"""Each is asked for and told as people do it; a slot may overlap another."""


def slots_asked(text: str) -> tuple[Slot, ...]:
    """Return the slots that a question, or a sentence that answers it, is about, lower case."""
    return tuple(slot for slot in SLOTS if slot.asked.search(text))
