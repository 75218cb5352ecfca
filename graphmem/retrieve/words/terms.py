"""The terms that a word is searched by: its stem, and what it holds where words run together.

The stemmer is chosen by the script. Scripts that put no blanks between words (Thai, kana) have the
runs of two and three letters of a text as terms, as CJK analysers do; so a word is found inside
another, and a question inside a sentence. Korean words end in particles and Hebrew ones begin with
them. An identifier (`parseConfigFile`) and a measure (`70kg`) are their parts as well.
"""

import re
from functools import lru_cache

import Stemmer

from graphmem.text import STOPWORDS, normalise, stem

_SNOWBALL = {
    "\u0370": "greek", "\u0400": "russian", "\u0530": "armenian", "\u0600": "arabic",
    "\u0900": "hindi", "\u0b80": "tamil",
}  # fmt: skip
"""First letter of a Unicode block -> the stemmer of most of what is written in it."""
_BLOCK_ENDS = {
    "\u0370": "\u03ff", "\u0400": "\u052f", "\u0530": "\u058f", "\u0600": "\u06ff",
    "\u0900": "\u097f", "\u0b80": "\u0bff",
}  # fmt: skip
_UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Tibetan, Burmese and Khmer letters."""
_KANA = re.compile("[\u3041-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_HEBREW_PREFIXES = "הובלכמש"
_HEBREW_ROOT = 3
"""Letters that are left of a Hebrew word at least."""
_SHORT_HANGUL = 3
"""A Korean word of so many syllables may be one syllable and its particle."""
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")
_HAS_PARTS = re.compile(r"[a-z][A-Z]|\d[A-Za-z]|[A-Za-z]\d")

_FORMS = """knife knives | leaf leaves | wolf wolves | shelf shelves | loaf loaves | thief thieves |
    half halves | calf calves | scarf scarves | elf elves | hoof hooves | sheaf sheaves | dwarf
    dwarves | wharf wharves | goose geese | ox oxen | louse lice | cactus cacti | fungus fungi |
    criterion criteria | phenomenon phenomena | crisis crises | analysis analyses | diagnosis
    diagnoses | thesis theses | oasis oases | appendix appendices | index indices | gray grey grays
    greys greyish grayish | tire tyre tires tyres | curb kerb | plow plough ploughs plows | program
    programme programmes programs | aluminum aluminium | pajamas pyjamas | mustache moustache |
    skeptical sceptical | donut doughnut donuts doughnuts | jewelry jewellery | airplane aeroplane
    airplanes aeroplanes | cozy cosy | draft draught drafts draughts | center centre centers centres
    centered centred | theater theatre theaters theatres | meter metre meters metres | liter litre
    liters litres | fiber fibre fibers fibres | kilometer kilometre kilometers kilometres |
    centimeter centimetre centimeters centimetres | somber sombre | meager meagre | specter spectre |
    catalog catalogue catalogs catalogues | dialog dialogue dialogs dialogues | license licence
    licenses licences | defense defence | offense offence | practice practise practiced practised |
    mold mould moldy mouldy | molt moult | smolder smoulder | maneuver manoeuvre | archeology
    archaeology | encyclopedia encyclopaedia | pediatric paediatric | anesthetic anaesthetic | diarrhea
    diarrhoea | fetus foetus | esthetic aesthetic | check cheque checks cheques | whiskey whisky |
    yogurt yoghurt yogurts yoghurts | ketchup catsup | barbecue barbeque bbq | okay ok | ax axe"""
_FORM_OF = {form: group.split()[0] for group in _FORMS.split("|") for form in group.split()}
"""Plurals that no suffix rule joins, and the spellings of two countries."""
_OUR = re.compile(
    r"(col|fav|hon|lab|neighb|behavi|rum|hum|harb|flav|od|arm|sav|vap|vig|tum|end|clam|glam|parl|"
    r"rig|sple?nd|val|ferv|cand|succ|anch|demean|endeav)our"
)
_LONG = 6
"""Letters of the shortest stem whose `-is-` may be another country's `-iz-`."""


@lru_cache(maxsize=200_000)
def terms_in(surface: str) -> tuple[str, ...]:
    """Return the terms of a word as written, at least one; none of a stop word."""
    word = normalise(surface)
    if word in STOPWORDS:
        return ()
    if word.isascii():
        parts = _PART.findall(surface) if _HAS_PARTS.search(surface) else []
        small = [part.lower() for part in parts if part.lower() not in STOPWORDS]
        return tuple(dict.fromkeys((term_of(word), *map(term_of, small))))
    if _UNSPACED.match(word):
        return _runs(word, 2) + _runs(word, 3) if len(word) > 2 else (word,)
    if _KANA.match(word):
        return _runs(word, 2)
    if _HANGUL.match(word):
        return _runs(word, 2) + ((word[0],) if 1 < len(word) <= _SHORT_HANGUL else ())
    if "א" <= word[0] <= "ת":
        return _hebrew(word)
    return (term_of(word),)


@lru_cache(maxsize=200_000)
def term_of(word: str) -> str:
    """Return the one term of a folded word: its stem, spellings of one word made one."""
    if not word.isascii():
        return _stemmed_by_script(word)
    if word in _FORM_OF:
        return stem(_FORM_OF[word])
    base = stem(_OUR.sub(r"\1or", word) if "our" in word else word)
    if len(base) >= _LONG and base.endswith(("is", "ys")):
        return base[:-1] + "z"
    return base


def _stemmed_by_script(word: str) -> str:
    for first, last in _BLOCK_ENDS.items():
        if first <= word[0] <= last:
            found: str = _stemmer(_SNOWBALL[first]).stemWord(word)
            return found
    return stem(word)


@lru_cache
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name, maxCacheSize=50_000)


def _runs(word: str, length: int) -> tuple[str, ...]:
    """Return the distinct runs of so many letters, or the word itself if it is no longer."""
    runs = [word[at : at + length] for at in range(len(word) - length + 1)]
    return tuple(dict.fromkeys(runs or [word]))


def _hebrew(word: str) -> tuple[str, ...]:
    """Return the word, and what is left of it without one and two of the prefixed particles."""
    found = [word]
    for _ in range(2):
        rest = found[-1]
        if rest[0] in _HEBREW_PREFIXES and len(rest) > _HEBREW_ROOT:
            found.append(rest[1:])
    return tuple(dict.fromkeys(found))
