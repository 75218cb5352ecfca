"""The slots of everyday life: what they are asked by, and how a change of their value is told.

"I moved to Ghent" says no word of "Where do I live?", and yet everybody knows that it answers. A
slot is asked for by some words of the question or of its best answer; what tells a change of it is
a class of verbs and phrases that are said of nothing else. English; in another language no slot is
known, and the words alone decide.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """One sort of value that people change."""

    asked: re.Pattern[str]
    """What the question says, or the sentence that answers it, in lower case."""
    changed: re.Pattern[str]
    """How a newer sentence tells another value of it, whatever else it says."""


def _slot(asked: str, changed: str) -> Slot:
    return Slot(re.compile(rf"\b(?:{asked})\b"), re.compile(rf"\b(?:{changed})\b"))


_JOB = (
    r"bakery|baker[’']s|shop|store|school|hospital|clinic|bank|office|factory|company|firm|agency|"
    r"restaurant|hotel|library|museum|university|council|station|garage|farm|studio|start-?up|"
    r"nurse|teacher|manager|assistant|engineer|driver|cook|chef|waiter|waitress|clerk|carpenter"
)
_VEHICLE = (
    r"car|van|truck|motorbike|scooter|moped|suv|estate|hatchback|convertible|bike|bicycle|e-?bike"
)
_DRINK = r"coffees?|tea|milk|sugar|meat|fish|eggs|alcohol|beer|wine|gluten|dairy|nuts|bread|cheese"
_CARE = (
    r"doctor|gp|vet|dentist|therapist|physio\w{0,12}|hairdresser|midwife|lawyer|optician|surgeon"
)
_LOVER = r"boyfriend|girlfriend|partner|husband|wife|fianc[eé]e?"
_TIE = r"single|engaged|married|divorced|separated|dating|together"

SLOTS = (
    _slot(
        "live|lives|living|address|reside|resides|home|flat|house|apartment|based|located|office|"
        "town|city|street",
        r"(?:moved|relocated|emigrated)(?: (?:house|home|out|away|back|over|in|into|to|up to|"
        r"down to|"
        r"here|abroad|last|this|on|at|from|again|together))(?! with the)|(?:have|has|[’']ve|[’']s) "
        r"moved(?=[,.;!]|$| (?:to|in|into|out|house|away|from))|settled (?:in|down in)|live in|"
        r"(?:living|lives|based) (?:in|at|on) \w{1,20} (?:now|these days)|new (?:flat|place|"
        r"address|"
        r"apartment|home) is",
    ),
    _slot(
        "work|works|working|jobs?|profession|occupation|employer|employed|position|role|career|"
        "retired|trade|for a living|do i do|teacher|drives?|studies|do for|does \\w{1,20} do",
        r"(?:quit|changed|left|lost|switched) (?:my|his|her|the|their|our)? ?(?:old )?(?:jobs?|"
        r"career|"
        r"company|firm|post|position)|resigned|handed in (?:my|his|her|their) notice|(?:got|was|"
        r"been|were) (?:fired|sacked|laid off|hired|"
        r"made redundant)|promoted|(?:started|starting|start|began) (?:working )?(?:at|as|in|for) "
        rf"(?:a|an|the|my)? ?(?:\w{{1,15}} )?(?:{_JOB})|(?:new|another) (?:job|position|employer|"
        r"career)|joined the (?:company|firm|police|army|staff|council|team at)|retired|"
        r"left (?:teaching|nursing|banking|the job)|stepped down|changed careers|"
        r"(?:am|is|[’']m|[’']s) an? (?:\w{1,15} )?\w{2,20}(?:er|or|ist|ian|ant|se) now|"
        r"(?:self-employed|unemployed|freelanc\w{1,6}|out of work)|works? (?:as|at|for|in) \w{1,30}"
        r"(?: \w{1,20})? (?:now|these days)|(?:now|these days) (?:works?|runs?) |"
        r"runs? (?:a|an|the|his|her|my) (?:own )?\w{2,20} now",
    ),
    _slot(
        "cars?|drives?|vehicle|motorbike|scooter|van",
        rf"(?:bought|leased|got|drive|ride|own) (?:a|an|my|our) (?:\w{{1,12}} )?(?:{_VEHICLE})|"
        rf"(?:sold|scrapped|crashed|totalled) (?:the|my|our) (?:\w{{1,12}} )?(?:{_VEHICLE})|"
        r"traded in|test-drove",
    ),
    _slot(
        "get to (?:work|school|the office)|go to (?:work|school)|commute|(?:cycle|walk|drive|"
        "bike|run) "
        "to (?:work|school)|(?:bus|train|tram|car) to (?:work|school)",
        r"(?:take|takes|catch|ride|use) (?:the|my) (?:bus|train|tram|metro|subway|bike|car|ferry|"
        r"boat)"
        r"(?: to (?:work|school|the office))?|(?:cycle|walk|drive|bike|run|carpool)s? to (?:work|"
        r"school)|"
        r"work from home",
    ),
    _slot(
        "earns?|salary|wages?|income|pays? me|makes? a (?:month|year|week)",
        r"(?:got|gave me|had|get) (?:a|another) (?:pay )?(?:raise|rise)|pay rise|"
        r"(?:makes?|earns?|get|gets) [$€£]?\d[\d.,]{0,12}",
    ),
    _slot(
        "(?:phone|mobile|telephone) number|my number|call (?:me|him|her)|e-?mail",
        r"(?:new|different|changed) (?:\w{1,10} )?(?:number|phone number|e-?mail)|"
        r"(?:changed|lost) (?:my|his|her) (?:number|phone|e-?mail)|write to (?:me at )?\S{1,40}@|"
        r"(?:reach|call|text|email) (?:me|him|her|us) (?:on|at)",
    ),
    _slot(
        "favou?rite|like (?:best|most)|likes? best|loves? most|prefers?",
        r"(?:gone|went|going) off|all about|these days i (?:like|love|prefer)|"
        r"(?:like|likes|love|loves|prefer|prefers) \w{1,20} (?:better|more) now",
    ),
    _slot(
        f"diet|eats?|eating|drinks?|drinking|vegan|vegetarian|allerg(?:y|ic)|smokes?|smoking|"
        f"{_DRINK}",
        rf"(?:eat|eats|eating|drink|drinks|drinking|have|having) (?:{_DRINK}|"
        rf"\w{{1,20}}) (?:again|now)|"
        r"(?:gave|given|giving) up (?:smoking|drinking|eating|"
        rf"{_DRINK})|(?:stopped|quit) (?:eating|drinking|smoking)|(?:went|gone|became|turned) "
        r"(?:vegan|vegetarian|teetotal)|(?:am|is|[’']m) (?:a )?(?:vegan|vegetarian)|"
        rf"outgr(?:ew|own)|off (?:{_DRINK})|started (?:eating|drinking|smoking)",
    ),
    _slot(
        f"{_CARE}",
        r"(?:switched|changed|moved|go|goes|take|takes|took) (?:\w{1,10} ){0,3}to (?:dr|doctor|"
        r"mr|mrs|"
        rf"ms|miss|prof)\b|(?:new|another) (?:{_CARE})",
    ),
    _slot(
        f"{_TIE}|relationship|{_LOVER}|couple",
        r"seeing (?:someone|somebody)|(?:broke|broken|split|splitting) up|(?:got|are|is|am|[’']re|"
        rf"[’']m|getting) (?:\w{{1,10}} )?(?:{_TIE})|(?:back|got) together|met (?:someone|"
        rf"somebody)|"
        rf"new (?:{_LOVER})|proposed to|moved in together|walked out on",
    ),
    _slot(
        "weigh|weighs|weight|kilos?|pounds",
        r"(?:down|up) to \d{1,4}|(?:lost|gained|put on) (?:\w{1,10} ){0,2}(?:kilos?|pounds|kg|"
        r"weight)",
    ),
)
"""Each is asked for and told as people do it; a slot may overlap another."""


def slots_asked(text: str) -> tuple[Slot, ...]:
    """Return the slots that a question, or a sentence that answers it, is about, lower case."""
    return tuple(slot for slot in SLOTS if slot.asked.search(text))
