"""The closed word lists behind the rules: one letter of grammar for each English word.

Letters: d the, D determiner, M possessive, R subject pronoun, r other pronoun, h who/which,
o of, t to, P preposition, C and/or, S subordinator, B be, H have, O do, X modal,
Z negated auxiliary, Y negated be, T not, V verb, w noun or verb, E -ed, G -ing, A adverb,
J adjective, j adjective that names use, n noun without content, N noun, x number word,
c name particle, L word of time, i interjection. `tokens.py` adds those that no list can give.
"""

from graphmem.text import IRREGULAR

_CLOSED = {
    "d": "the",
    "D": """a an this that these those some any each every another no all both several many few
        either neither such  what's whose""",
    "M": "my your his its our their her",
    "R": "i you he she it we they u im",
    "r": """me him us them myself yourself himself herself itself ourselves themselves mine yours
        hers ours theirs something anything everything nothing someone anyone everyone nobody
        everybody somebody anybody one ones others other else whom""",
    "o": "of",
    "t": "to",
    "P": """in on at by for with from into onto about over under after before between among during
        through throughout across against along around near off out up down behind beyond within
        without toward towards upon until till since via per despite inside outside above below
        besides regarding alongside amongst than except versus unlike""",
    "C": "and or nor plus",
    "h": "who which",
    "S": """but because so while when whenever where wherever if unless although though whereas
        whether how why what as cause cuz 'cause then that's""",
    "B": "is am are was were be been being ain",
    "H": "have has had having",
    "O": "do does did",
    "X": "will would can could shall should may might must gonna wanna gotta cannot",
    "Z": """don't doesn't didn't haven't hasn't hadn't won't wouldn't can't couldn't shouldn't
        mustn't mightn't cannot dont didnt cant wont""",
    "Y": "isn't aren't wasn't weren't ain't",
    "T": "not never n't",
    "A": """very really so too also just even still already yet ever always often sometimes usually
        once twice again soon later ago now then here there away back together apart maybe perhaps
        quite rather pretty almost nearly only well instead anyway forward abroad online more most
        less least much far long's especially currently recently finally actually definitely
        totally absolutely probably basically literally honestly hopefully luckily sadly
        unfortunately additionally furthermore moreover however therefore thus hence otherwise
        nevertheless nonetheless notwithstanding conversely consequently similarly likewise
        meanwhile afterwards alone kinda sorta super indeed sometime
        sometimes forever lately nowadays altogether""",
    "J": """good nice cool awesome amazing wonderful fantastic lovely beautiful happy sad glad
        excited proud important special different same own whole full ready busy tired sure able
        best better worst worse hard easy fun funny kind sweet free real true right wrong fine okay
        close early late possible available interesting inspiring incredible powerful positive
        negative strong young small large huge tiny short long major main several various certain
        common popular famous known former current recent local single double next last past
        upcoming previous enough favorite favourite dear sorry keen similar
        thankful grateful lucky creative tough rough crazy weird delicious tasty warm cold hot
        open healthy friendly""",
    "j": """new old great big red black white green blue golden royal grand high north south east
        west northern southern eastern western central upper lower little long saint holy
        united national international first second third""",
    "n": """lot lots bit thing things stuff way ways kind kinds sort type types time times day days
        week weeks month months year years hour hours minute minutes moment moments people person
        guy guys man woman folks everyone number part parts rest end start case fact point idea
        ideas reason reasons place side sides couple feeling feelings life world today's name
        something pic pics picture pictures image photo photos word words chance step steps""",
    "x": """two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
        sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
        hundred thousand million billion dozen""",
    "c": "de van von der den del della di da das dos du la le el al bin ibn ben y e zu ter ten af",
    "L": """monday tuesday wednesday thursday friday saturday sunday january february march
        july september october november december yesterday today tonight tomorrow summer winter
        autumn weekend weekends morning afternoon evening night""",
    "i": """hey hi hello yo wow thanks thank yeah yep yes yup nope nah oh ah aw aww haha hahaha
        lol omg ok okay congrats congratulations bye goodbye cheers please well hmm hm ooh oops ouch
        yay woah whoa gosh damn btw welcome dude bro man exactly""",
}

_VERBS = """accept achieve acquire add admit adopt agree allow announce appear appoint approve
    arrive ask attend avoid award base bear beat become begin believe belong bless break bring
    buy carry catch celebrate choose come compose comprise conduct connect consider consist
    contain continue convert create cut+ decide defeat defend define deliver depict describe
    deserve determine develop die direct discover divide draw drive earn eat embrace employ
    enable encourage enjoy enter establish exist expand explain explore express extend face fall
    feature feel fight find finish fit+ flow follow forget+ form found gain get+ give go graduate
    grow happen hate hear hire hold illustrate imagine improve include increase inspire invade
    invent invite join keep kill know last launch lead learn leave let+ lie live locate lose make
    manage marry mean meet merge miss motivate move name need obtain occur offer open operate own
    paint pass pay perform pick portray praise prefer+ premiere prepare produce prove provide
    publish pull put+ quit+ raise reach read realize receive recommend record reflect relax release
    remain remember remind remove replace represent require resign retire return reveal run+ say
    see seek seem sell send serve set+ settle share show sign sing sit+ speak spend stand star+
    start stay steal stop+ struggle study suffer suggest support surround take talk teach tell
    thank think thrive throw translate travel try turn understand use value visit volunteer wait
    walk want watch wear win+ wish wonder work worry write hit+ stuck check chat+ love like hug+
    adore help hang host train cook bake plan+ play dance swim+ ride fly sleep wake build design
    guess bet+ appreciate cherish sound look keep miss hope care deal handle manage process
    research organize organise recharge refresh affect adapt collaborate cover range border
    house contribute influence inherit participate compete elect nominate rank rule govern"""

_NOUN_OR_VERB = """work plan visit talk walk play show start look love hope help support name study
    run ride drive dance swim race paint record release award design sign star rule rank range
    border house influence base form feature face cover process research train host cook care
    deal sound wish share turn use value need stop stay travel return fight guess chat hug launch
    gain offer pass lead read set cut hit fit catch break struggle flow open record check
    like wonder worry end start last own answer call change drink dream email fish garden
    gift hike hit jump laugh lift light mail mark meal move note order park party photo place
    present press project promise question rest review search sense shop smile snow stand stream
    stress surprise taste test text thank touch tour track trade trip try watch weight workout
    program score camp shower sleep smoke fall drop exercise interest increase volunteer"""

_NOUNS = """death dead marriage birth thing king ring spring string wedding building ceiling
    meeting painting clothing sibling siblings pudding darling housing training beginning
    engineering marketing counseling camping hiking running reading writing swimming cooking
    baking gardening fishing shopping dancing boxing bed red hundred speed breed seed feed shed
    weed need family families reply supply jelly belly ally assembly butterfly lily fly hobby
    child children kid kids wife wives movie movies film films mom mum mother dad father
    foot feet tooth teeth mouse mice women men tv"""


def _inflect(verb: str) -> list[str]:
    double = verb.endswith("+")
    base = verb.rstrip("+")
    if base.endswith("y") and base[-2] not in "aeou":
        return [base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"]
    stem = base + base[-1] if double else base.removesuffix("e")
    third = base + ("es" if base.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    return [base, third, stem + "ed", stem + "ing"]


def _build() -> dict[str, str]:
    irregular: dict[str, list[str]] = {}
    for form, base in IRREGULAR.items():
        irregular.setdefault(base, []).append(form)
    table: dict[str, str] = {}
    for verb in _VERBS.split():
        base, third, past, gerund = _inflect(verb)
        table.update({base: "V", third: "V", past: "E", gerund: "G"})
        for form in irregular.get(base, ()):
            table[form] = "G" if form.endswith("ing") else "V"
    for word in _NOUN_OR_VERB.split():
        table[word] = "w"
        table[_inflect(word)[1]] = "w"
    table.update(dict.fromkeys(_NOUNS.split(), "N"))
    table |= {"done": "V", "born": "V", "married": "V"}
    for letter in "iJnjAxcLSDrMRPCXTBHOYZhtod":
        table.update(dict.fromkeys(_CLOSED[letter].split(), letter))
    return table


GRAMMAR: dict[str, str] = _build()
"""Lower-case word to its letter."""

CLITICS: dict[str, str] = {"m": "B", "re": "B", "ve": "H", "ll": "X", "d": "X"}
"""What follows an apostrophe, 's apart."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of a string as a set."""
    return frozenset(words.split())


FIRST_PERSON = word_set("i me my mine myself we us our ours ourselves im")
SECOND_PERSON = word_set("you your yours yourself yourselves u")
THIRD_PERSON = word_set("he she it they his her its their him them")

UNITS = word_set(
    """km kilometres kilometers kilometre kilometer m metres meters metre meter cm mm miles mile
    feet foot ft inches inch yards acres hectares ha kg kilograms grams g lb lbs pounds tons
    tonnes percent % dollars euros yen bucks million billion degrees mph kmh watts kw mw gb mb
    square"""
)
"""What makes a measure or a sum of a number before it."""
