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
    "\u0370\u03ff": "greek", "\u0400\u052f": "russian", "\u0530\u058f": "armenian",
    "\u0900\u097f": "hindi", "\u0b80\u0bff": "tamil",
}  # fmt: skip
"""First and last letter of a script -> the stemmer of what is mostly written in it."""
_ARABIC_BEGINNINGS = ("وال", "بال", "كال", "فال", "لل", "ال")
_ARABIC_ENDS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
"""Light10: Larkey, Ballesteros and Connell (2007), Light Stemming for Arabic Information Retrieval,
table 2; endings after `fold`, which writes ى as ي and ة as ه."""
_ENDINGS = frozenset({"st", "nd", "rd", "th"})
"""Of ordinal numbers: no part of a word by themselves."""
_UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Tibetan, Burmese and Khmer letters."""
_KANA = re.compile("[\u3041-\u30ff]")
_AS_HIRAGANA = {katakana: katakana - 0x60 for katakana in range(0x30A1, 0x30F7)}
"""A word is written in either; the runs of both are one."""
_HANGUL = re.compile("[\uac00-\ud7a3]")
_HEBREW_PREFIXES = "הובלכמש"
_HEBREW_ROOT = 3
"""Letters that are left of a Hebrew word at least."""
_SHORT_HANGUL = 3
"""A Korean word of so many syllables may be one syllable and its particle."""
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_HAS_PARTS = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]{2}|\d[A-Za-z]|[A-Za-z]\d")

_ELIDED = re.compile(
    r"(?:[ldjmtsnc]|qu|jusqu|lorsqu|puisqu|quoiqu|un|gl|(?:a|da|de|ne|su|que)ll)['’]"
    r"(?=[aeiouyhàâáäéèêëíìîïóòôöúùûüæœ])"
)
"""A French, Italian or Catalan article or pronoun that has lost its vowel before one."""

_FORMS = """knife knives | leaf leaves | wolf wolves | shelf shelves | loaf loaves | thief
    thieves | half halves | calf calves | scarf scarves | elf elves | hoof hooves | sheaf
    sheaves | dwarf dwarves | wharf wharves | goose geese | ox oxen | louse lice | cactus
    cacti | fungus fungi | criterion criteria | phenomenon phenomena | crisis crises |
    analysis analyses | diagnosis diagnoses | thesis theses | oasis oases | appendix
    appendices | index indices | grey gray grays greys greyish grayish | tire tyre tires tyres
    | curb kerb | plow plough ploughs plows | program programme programmes programs | aluminum
    aluminium | pajamas pyjamas | mustache moustache | skeptical sceptical | donut doughnut
    donuts doughnuts | jewelry jewellery | airplane aeroplane airplanes aeroplanes | cozy cosy
    | draft draught drafts draughts | center centre centers centres centered centred | theater
    theatre theaters theatres | meter metre meters metres | liter litre liters litres | fiber
    fibre fibers fibres | kilometer kilometre kilometers kilometres | centimeter centimetre
    centimeters centimetres | somber sombre | meager meagre | specter spectre | catalog
    catalogue catalogs catalogues | dialog dialogue dialogs dialogues | license licence
    licenses licences | defense defence | offense offence | practice practise practiced
    practised | mold mould moldy mouldy | molt moult | smolder smoulder | maneuver manoeuvre |
    archeology archaeology | encyclopedia encyclopaedia | pediatric paediatric | anesthetic
    anaesthetic | diarrhea diarrhoea | fetus foetus | esthetic aesthetic | check cheque checks
    cheques | whiskey whisky | yogurt yoghurt yogurts yoghurts | ketchup catsup | barbecue
    barbeque bbq | okay ok | ax axe"""
_FORM_OF = {form: group.split()[0] for group in _FORMS.split("|") for form in group.split()}
"""Plurals that no suffix rule joins, and the spellings of two countries."""
_OUR = re.compile(
    r"(col|fav|hon|lab|neighb|behavi|rum|hum|harb|flav|od|arm|sav|vap|vig|tum|end|clam|glam|parl|"
    r"rig|sple?nd|val|ferv|cand|succ|anch|demean|endeav)our"
)
_ISE = re.compile(
    r"(?<![vaouw])(?<!exerc)(?<!prec)(?<!conc)(?<!inc)(?<!exc)(?<!prom)(?<!prem)(?<!dem)(?<!surm)"
    r"(?<!pr)is(?=(?:e|ed|es|er|ers|ing|ations?)$)|(?<=al)ys(?=(?:e|ed|er|ers|ing)$)"
)
"""Of `organise` and `analyse`, not of `promise` and `precise`."""
_LONG = 6
"""Letters of the shortest word that may end so."""


@lru_cache(maxsize=200_000)
def terms_in(surface: str) -> tuple[str, ...]:
    """Return the terms of a word as written: its own first, and then those of its parts."""
    return terms_of(surface, normalise(surface))


def terms_of(surface: str, word: str) -> tuple[str, ...]:
    """Return the same, given the folded form; nothing is remembered."""
    own, parts = _term_of(word), _parts(word, surface)
    return tuple(dict.fromkeys((own, *parts))) if parts else (own,)


def _parts(word: str, surface: str) -> tuple[str, ...]:
    if elided := _ELIDED.match(word):
        return terms_in(word[elided.end() :])
    if word.isascii():
        if not _HAS_PARTS.search(surface):
            return ()
        parts = _PART.findall(surface)
        lower = (part.lower() for part in parts if part.isdigit() or len(part) > 1)
        return tuple(term_of(part) for part in lower if part not in STOPWORDS | _ENDINGS)
    if _UNSPACED.match(word):
        return _runs(word, 2) + _runs(word, 3)
    if _KANA.match(word):
        return _runs(word.translate(_AS_HIRAGANA), 2)
    if _HANGUL.match(word):
        return _runs(word, 2) + ((word[0],) if len(word) <= _SHORT_HANGUL else ())
    return _hebrew(word) if "א" <= word[0] <= "ת" else ()


@lru_cache(maxsize=200_000)
def term_of(word: str) -> str:
    """Return the one term of a folded word: its stem, spellings of one word made one."""
    return _term_of(word)


def _term_of(word: str) -> str:
    if not word.isascii():
        return _stemmed_by_script(word)
    if word in _FORM_OF:
        return stem(_FORM_OF[word])
    if "our" in word:
        word = _OUR.sub(r"\1or", word)
    if len(word) >= _LONG:
        word = _ISE.sub(lambda found: found[0][0] + "z", word)
    return stem(word)


def _stemmed_by_script(word: str) -> str:
    if "\u0620" <= word[0] <= "\u06d3":
        return _arabic(word)
    for ends, name in _SNOWBALL.items():
        if ends[0] <= word[0] <= ends[1]:
            found: str = _stemmer(name).stemWord(word)
            return found
    return stem(word)


def _arabic(word: str) -> str:
    rest = word[1:] if word[0] == "و" and len(word) > 3 else word
    for beginning in _ARABIC_BEGINNINGS:
        if word.startswith(beginning) and len(word) > len(beginning) + 1:
            rest = word[len(beginning) :]
            break
    for end in _ARABIC_ENDS:
        if rest.endswith(end) and len(rest) > len(end) + 1:
            rest = rest[: -len(end)]
    return rest


@lru_cache
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name, maxCacheSize=50_000)


def _runs(word: str, length: int) -> tuple[str, ...]:
    """Return the distinct runs of so many letters, or the word itself if it is no longer."""
    runs = [word[at : at + length] for at in range(len(word) - length + 1)]
    return tuple(dict.fromkeys(runs or [word]))


def _hebrew(word: str) -> tuple[str, ...]:
    """Return what is left of a word without one and without two of the prefixed particles."""
    found: list[str] = []
    rest = word
    while len(found) < 2 and rest[0] in _HEBREW_PREFIXES and len(rest) > _HEBREW_ROOT:
        rest = rest[1:]
        found.append(rest)
    return tuple(found)
