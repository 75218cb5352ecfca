"""The signs of change, in tables: what is exchanged, put right, moved, made more or less, left.

By class and not by matter. English. To teach a sign another phrase, add a row to its table: what it
says, and a text, in lower case, that says it so.
"""

from graphmem.retrieve.turns.phrases import A_LITTLE, Way, words
from graphmem.text import MONTH_NAMES, fold

_MONTHS = "|".join(map(fold, MONTH_NAMES))
_WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_IT = r"(?:but|it|he|she|they)"
_UP_TO_A_CLAUSE = r"[^,;!?]{1,40}"

EXCHANGED = (
    Way(
        rf"{words('switched changed swapped transferred converted upgraded downgraded')} {A_LITTLE}"
        rf"{words('to for over schools jobs names?')}",
        "i switched the old bank for a new one",
    ),
    Way(r"went over to", "we went over to gas"),
    Way(r"instead", "oats instead"),
    Way(r"rather than", "oats rather than rye"),
    Way(r"after all", "it is oats after all"),
    Way(r"from now on", "from now on ole rows"),
    Way(r"as of", "as of june"),
    Way(r"no longer|any ?more", "i row no longer"),
    Way(r"replaced|renamed|overtaken|superseded", "the pump was replaced"),
    Way(r"swap(?:ped|ping)? [^,;.!?]{1,30} for", "i swap rye for oats"),
    Way(r"ended up (?:with|in|at|on)", "we ended up with oats"),
    Way(r"(?:became|turned into|has become|have become)", "the inn became a bank"),
    Way(
        rf"from (?:this|next) {words('week month year season term monday friday')}",
        "from this term it is oats",
    ),
    Way(r"in the end", "it is oats in the end"),
    Way(r"(?:made|signed|passed|handed) [^,;.!?]{1,30} (?:over|on) to", "i made it over to ole"),
    Way(r"(?:dropped out|came in|joined|pulled out)", "nora dropped out and ole came in"),
    Way(r"(?:decided|settled) (?:on|against)", "we settled on oats"),
    Way(r"(?:took|taken|taking|takes) (?:over|up)", "nora has taken over"),
    Way(r"adopted", "they adopted the new plan"),
    Way(
        rf"since (?:last|this|yesterday|{_WEEKDAYS}|the|{_MONTHS})",
        "since friday it is oats",
    ),
)
"""One thing takes another one's place."""

PUT_RIGHT = (
    Way(r"actually", "actually, it is oats"),
    Way(r"i (?:was|got it) wrong", "i was wrong"),
    Way(r"mixed (?:it|that|them)? ?up", "i mixed them up"),
    Way(r"mistaken|misremembered", "i had misremembered"),
    Way(r"i meant", "i meant oats"),
    Way(r"not [^,.;!?]{1,40} but", "not rye but oats"),
)
"""What was said is corrected."""
PUT_RIGHT_MARK = (
    Way(r"sorry[,:]|correction[,:]", "sorry, it is oats"),
    Way(r"scratch that[,:]|my mistake[,:]|oops[,:]", "scratch that: oats"),
)
"""The same, up to the mark behind it."""
PUT_RIGHT_DENIED = (
    Way(rf"(?:isn|wasn|aren)[’']t {_UP_TO_A_CLAUSE}[,;] {_IT}", "it isn't rye, it is oats"),
    Way(rf"(?:is|was|are) not {_UP_TO_A_CLAUSE}[,;] {_IT}", "it is not rye, but oats"),
)
"""The same by a denial, and what is so after it."""

TURNED_TO = (
    Way(
        rf"{words('switched changed swapped transferred moved went upgraded migrated converted')} "
        r"(?:over )?(?:from [\w’']{1,20} )?to",
        "we changed over from rye to oats",
    ),
)
"""To what one has changed."""

MOVED = (
    Way(
        r"(?:post|re-?)(?:poned|scheduled|schedule|arranged)",
        "the talk is rescheduled",
    ),
    Way(rf"put {A_LITTLE}(?:off|back|forward)", "they put the talk off"),
    Way(r"(?:is|are|been) set (?:to|for|at|on)", "the clock is set to five"),
    Way(r"(?:have|i[’']ve|we[’']ve) set", "i've set the clock"),
    Way(rf"(?:comes?|is|are) on (?:{_WEEKDAYS})s? now", "it is on fridays now"),
    Way(
        r"(?:brought|moved|pushed|shifted) (?:[\w’']{1,15} ){0,4}"
        r"(?:forward|back|to|into|up|until|our|the)",
        "they moved the talk to may",
    ),
    Way(r"delayed|earlier|later", "the talk is delayed"),
    Way(r"re-?parked|relocated", "i re-parked the van"),
    Way(
        words(
            """put gave given took brought lent hung placed hid left picked parked borrowed returned
            stored dropped"""
        ),
        "i hung the key there",
    ),
    Way(r"turned up|found", "the key turned up"),
    Way(r"(?:is|it[’']s) (?:at|in|on|with)", "it's with ole"),
)
"""Put at another time or in another place."""

AMOUNTS = (
    Way(
        words(
            """raised increased decreased lowered reduced doubled halved cut grew fell rose
            dropped"""
        ),
        "the rent was lowered",
    ),
    Way(
        rf"(?:went|gone|goes|talked|brought|came|put|is|am|are) {A_LITTLE}(?:up|down)",
        "the rent went a little up",
    ),
    Way(r"(?:up|down) (?:to|by|from)", "i'm down to 70"),
    Way(
        words("climbed jumped sank slipped shrank grown shrunk swelled")
        + r" (?:\w{1,12} )?(?:to|by|from)",
        "the rent climbed to 70",
    ),
    Way(r"(?:hit|reached|passed|topped) (?:the )?\d+", "my tally hit 70"),
    Way(r"up from|down from|back (?:at|to) (?:zero|one|\d+)", "it is 70, up from 60"),
    Way(r"(?:just|only) \d+", "it is just 70"),
    Way(r"(?:turned|set|dialled) [^,;.!?]{1,30} (?:up|down|to)", "i turned the oven down to 70"),
    Way(r"(?:new|personal) (?:best|record|price|total)", "a new total of 9"),
    Way(r"another", "we got another"),
    Way(r"an? (?:second|third|fourth|fifth)", "we got a third"),
)
"""Made more or less."""

STATE = (
    Way(r"(?:came|is|are|got) (?:back )?home", "she came back home"),
    Way(r"(?:works?|working|up|running) (?:again|fine|now)", "the lift works again"),
    Way(r"fixed|repaired|mended", "the lift was mended"),
    Way(r"broke|broken|died|dead", "the lift died"),
    Way(r"stuck (?:on|at|in|between)|is stuck", "the lift is stuck"),
    Way(r"crashed|jammed|leaks|leaking", "the lift jammed"),
    Way(r"stopped", "the lift stopped"),
    Way(r"out of order|out of service", "the lift is out of order"),
    Way(r"back", "the lift is back"),
    Way(r"healed|recovered|better|worse|ill|sick", "the cat is worse"),
    Way(r"gone|stolen|lost|sold", "the bike was stolen"),
    Way(r"ready|finished|open|closed|empty|full", "the pool is closed"),
    Way(r"won[’']t|can[’']t|cannot", "the lift won't move"),
    Way(r"cancell?ed|called off", "the talk is called off"),
    Way(r"(?:is|are|[’']s) (?:off|over|down|up|on|back|out)", "the talk is off"),
)
"""Something works, broke, is ready, is off."""

LEAVES = (
    Way(
        r"sold|dropped|quit|left|closed|cancell?ed|ditched|scrapped|finished|replaced|swapped",
        "i ditched the",
    ),
    Way(r"gave up|given up|giving up|done with|no more|broke up with", "i am done with"),
    Way(r"(?:decided|voted) against", "they voted against the"),
    Way(r"(?:isn|aren)[’']t", "it isn't"),
    Way(r"instead of|rather than", "instead of the"),
    Way(r"(?:gone|went|going) off", "i have gone off"),
    Way(r"(?:stopped|quit) \w{3,12}ing", "i stopped eating"),
    Way(
        r"(?:am|is|are|[’']m|[’']s|[’']re) (?:not|no longer) \w{2,12}ing(?: to)?",
        "i am not going to the",
    ),
    Way(r"(?:don|doesn|won)[’']t (?!know|think|believe)\w{2,12}", "i don't eat"),
    Way(r"can[’']t (?:make|do|come|eat|drink)", "i can't eat"),
    Way(r"threw (?:out|away)|got rid of|outgrew|outgrown", "we got rid of the"),
    Way(
        r"let go of|parted with|said goodbye to|hung up|dropped out of|waved off",
        "we let go of the",
    ),
    Way(r"(?:passed|handed|made|gave|given) (?:on|over|away)", "we gave away the"),
    Way(r"not (?:a single|one|another)", "not a single"),
    Way(r"switched from|moved from", "i switched from"),
    Way(r"(?:sorry|actually|and|it[’']s),? not", "sorry, not"),
)
"""Said before what is left; up to two words stand between."""

GONE = (
    Way(r"retired|quit|resigned|died|closed down|stepped down", " has just retired"),
    Way(r"left(?=\ and\b|[,.;]|$|\ us\b)", " left us"),
    Way(r"moved (?:away|abroad|out)|went (?:abroad|away|bankrupt)", " moved away"),
    Way(r"fell through|dropped out|bowed out|pulled out", " fell through"),
    Way(r"went to the (?:dump|tip|scrapyard|recycling\w{0,4})", " went to the tip"),
    Way(r"found a (?:buyer|new home|new owner)", " found a buyer"),
)
"""Said after what is left, `has` or `just` or nothing before it."""
IS_GONE = (
    Way(r"off|gone|away|closed|cancell?ed|sold|scrapped|over|history", " is cancelled"),
    Way(r"no longer|too \w+", " is no longer"),
)
"""The same after `is`, `was`, `got`."""
