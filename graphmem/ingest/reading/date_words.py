"""The words that dates are written with: months, halves of a day and zones, in many languages."""

_MONTHS = (
    "january jan januar januari janvier janv janeiro gennaio gen enero ene tammikuuta tammi styczeń"
    " stycznia sty января янв січня ocak ιανουαρίου leden ledna",
    "february feb februar février fevrier févr fevereiro fev febbraio febrero"
    " helmikuuta helmi luty lutego lut февраля фев лютого şubat φεβρουαρίου únor února",
    "march mar märz maerz mrz maart mars março marzo maaliskuuta maalis marzec marca марта мар"
    " березня mart μαρτίου březen března",
    "april apr avril avr abril abr aprile aprilis huhtikuuta huhti kwiecień kwietnia kwi апреля апр"
    " квітня nisan απριλίου duben dubna",
    "may mai mei maj mayo maggio mag maio toukokuuta touko maja мая май травня mayıs μαΐου květen"
    " května",
    "june jun juni juin junho giugno giu junio kesäkuuta kesä czerwiec czerwca cze июня июн червня"
    " haziran ιουνίου červen června",
    "july jul juli juil juillet julho luglio lug julio heinäkuuta heinä lipiec lipca lip июля июл"
    " липня temmuz ιουλίου červenec července",
    "august aug augustus août aout agosto ago elokuuta elo sierpień sierpnia sie августа авг серпня"
    " ağustos αυγούστου srpen srpna",
    "september sept sep septembre setembro set settembre septiembre syyskuuta syys wrzesień"
    " września wrz сентября сен сент вересня eylül σεπτεμβρίου září",
    "october oct oktober okt octobre outubro out ottobre ott octubre lokakuuta loka październik"
    " października paź октября окт жовтня ekim οκτωβρίου říjen října",
    "november nov novembre novembro noviembre marraskuuta marras listopad listopada lis ноября ноя"
    " листопада kasım νοεμβρίου",
    "december dec dezember dez décembre déc dezembro dicembre dic diciembre joulukuuta joulu"
    " grudzień grudnia gru декабря дек грудня aralık δεκεμβρίου prosinec prosince",
)
"""Names and short names of the months: English, German, Dutch, the Nordic and Romance languages,
Polish, Russian, Ukrainian, Czech, Turkish, Greek. `listopad` is November in Polish."""

MONTH_OF = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
MONTH = "(?:" + "|".join(sorted(MONTH_OF, key=len, reverse=True)) + r")\b\.?"
"""A month's name, for patterns that ignore case."""

_FORENOON = r"a\.?\s?m|上午|凌晨|清晨|早晨|早上|오전|새벽|아침|午前|ص|ق\.\s?ظ|π\.?\s?μ|öö|vorm|pg"
_AFTERNOON = r"p\.?\s?m|下午|中午|傍晚|晚上|오후|저녁|밤|午後|م|ب\.\s?ظ|μ\.?\s?μ|ös|nachm|ptg"


HALF = rf"(?:(?P<fore>{_FORENOON})|(?P<after>{_AFTERNOON}))(?![^\W\d])\.?"
"""Which half of the day: `a. m.`, `PM`, `오후`, `م`; before or behind the time of day."""

ZONES = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11,
    "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6,
    "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip
"""Hours east of UTC of the zones whose short name means one thing to nearly everybody: those of
RFC 2822 section 4.3, of Europe and the Pacific. `IST` means three."""

JOINTS = r"(?:à|às|at|um|kl|klo|alle|a las|o|om|в|de|of|on|the|den|am|uhr|г|р)"
"""Words between a date and its time, or within one; they say nothing."""

WEEKDAY = (
    r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|(?:mo|di|mi|do|fr|sa|so)(?=\.)"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|[月火水木金土日]曜日|[월화수목금토일]요일|星期[一二三四五六日])"
)
