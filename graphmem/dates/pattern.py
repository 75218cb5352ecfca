"""The pattern of dates as people write them; one named group a kind, `resolve.py` reads them.

It reads lower-case text: matching without regard to case costs four times as much.
"""

import re

from graphmem.text import MONTH_NAMES

_WEEKDAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday"
_COUNT_NAMES = "one two three four five six seven eight nine ten eleven twelve"

_FULL_NAMES = tuple(name.lower() for name in MONTH_NAMES)
MONTHS: dict[str, int] = {
    name: number
    for number, full in enumerate(_FULL_NAMES, start=1)
    for name in dict.fromkeys((full, *(("sept",) if full == "september" else ()), full[:3]))
}
WEEKDAYS: dict[str, int] = {name: number for number, name in enumerate(_WEEKDAY_NAMES.split())}
COUNTS: dict[str, int] = {
    word: number for number, word in enumerate(_COUNT_NAMES.split(), start=1)
} | {"a": 1, "an": 1, "a couple": 2, "a couple of": 2, "couple of": 2}

_FULL = "|".join(name for name in MONTHS if len(name) > 4 or name in ("may", "june", "july"))
_SHORT = "|".join(name for name in MONTHS if len(name) <= 4)
_MONTH = rf"(?:(?:{_FULL})\b|(?:{_SHORT})\b\.?)"
_WEEKDAY = r"(?:" + "|".join(WEEKDAYS) + ")"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1\d{3}|20\d{2})"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_UNIT = r"(?:days?|weeks?|fortnights?|weekends?|months?|years?|decades?)"
_COUNT = (
    r"(?:\d{1,4}|a\s+couple(?:\s+of)?|couple\s+of|a\s+few|few|several|some"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|an?)"
)
_OWNER = r"(?:(?:my|our|his|her|their|your|the)\s+)?"
# How a date or the word that leads it begins: one cheap look spares most words the rest.
_BEGINS = (
    r"(?=\d|since|un?til|till|from|by|be[ft]|after|[io]n\b|during|of|to|through|jan|feb|ma[ry]"
    r"|apr|ju[nl]|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|th[ei]|yes|last|past|ne|com|pre"
    r"|an?\b|cou|few|se|some|one|two|three|fi|fo|six|eig|nin|ten|ele|twe|ear|mid|lat|spr|sum|aut|fal"
    r"|win)"
)

DATE = re.compile(
    rf"""\b{_BEGINS}
      (?:(?P<role>since|until|till|from|by|before|between|after|in|on|during|through|of|to)\s+)?
      (?P<date>
      (?P<iso>(?P<iso_y>{_YEAR})[-/.](?P<iso_m>1[0-2]|0?[1-9])[-/.](?P<iso_d>3[01]|[12]\d|0?[1-9]))
    | (?P<slash>(?P<sl_a>\d{{1,2}})[/.](?P<sl_b>\d{{1,2}})[/.](?P<sl_y>{_YEAR}))
    | (?:the\s+)?(?P<dmy>(?P<dm_d>{_DAY})\s+(?:of\s+)?(?P<dm_m>{_MONTH})
        (?:\s*,?\s+(?P<dm_y>{_YEAR})\b)?)
    | (?P<mdy>(?P<md_m>{_MONTH})\s+(?:the\s+)?(?P<md_d>{_DAY})\b(?:\s*,?\s+(?P<md_y>{_YEAR})\b)?)
    | (?P<my>(?P<my_m>{_MONTH})\s*,?\s+(?:of\s+)?(?P<my_y>{_YEAR}))
    | (?P<sy>(?P<sy_s>{_SEASON})\s+(?:of\s+)?(?P<sy_y>{_YEAR}))
    | (?P<beyond>the\s+day\s+(?:before\s+yesterday|after\s+tomorrow))
    | (?P<anchor>the\s+{_UNIT}\s+(?:before|after)\s+(?!yesterday|tomorrow){_OWNER}[\w']{{1,40}})
    | (?P<near>yesterday|today|tonight|tomorrow|last\s+night|this\s+(?:morning|afternoon|evening))
    | (?:the\s+)?(?:this\s+)?(?P<which>(?P<wh_w>last|past|this|next|coming|previous)
        \s+(?P<wh_u>{_UNIT}|{_MONTH}|{_WEEKDAY}|{_SEASON}))
    | (?P<ago>(?P<ag_n>{_COUNT})\s+(?P<ag_u>{_UNIT})\s+(?P<ag_w>ago|back|earlier))
    | (?P<hence>in\s+(?P<he_n>{_COUNT})\s+(?P<he_u>{_UNIT})(?:['’]s?)?(?:\s+time)?)
    | (?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?P<decade>(?P<de_y>1\d\d0|20\d0)['’]?s)
    | (?:the\s+)?(?P<century>(?P<ce_n>[1-9]|1\d|2[01])(?:st|nd|rd|th)[\s-]+century)
    | (?P<year>(?<![\d.,$€£:/])(?<!\D\d{{3}}-)(?<!^\d{{3}}-){_YEAR}(?![.,:]\d|%|-\d{{3}}\b))
    | (?P<month>{_MONTH})
    | (?P<weekday>{_WEEKDAY}s?)
    )(?!\w)""",
    re.VERBOSE,
)
_KIND_NAMES = "iso slash dmy mdy my sy beyond anchor near which ago hence decade century year"
KINDS = (*_KIND_NAMES.split(), "month", "weekday")

TRIGGER = re.compile(
    r"\d{4}|yesterday|today|tonight|tomorrow|last\s|next\s|past\s|this\s|ago\b|back\b|earlier"
    r"|in (?:a|\d|one|two|three|four|five|six)|century|coming|previous|day\b|days\b"
    r"|week|month|year|decade|fortnight"
    r"|spring|summer|autumn|winter"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
)
"""Without any of these there is no date: most turns are done after this one look."""
