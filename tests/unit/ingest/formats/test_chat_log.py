"""Chats as programs export, log and show them."""

from pathlib import Path

import pytest

from tests.unit.ingest.read_file import read


def turns_of(
    tmp_path: Path, text: str, name: str = "chat.txt"
) -> list[tuple[str | None, str, str]]:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    turns, _ = read(path)
    return [
        (turn.speaker, f"{turn.said_at:%Y-%m-%d %H:%M}" if turn.said_at else "", turn.text)
        for turn in turns
    ]


MIA, TOM = ("Mia", "2025-02-09 18:05", "Soup?"), ("Tom", "2025-02-09 18:06", "Yes: two bowls")


@pytest.mark.parametrize(
    "text",
    [
        "09/02/2025, 18:05 - Mia: Soup?\n09/02/2025, 18:06 - Tom: Yes: two bowls\n",
        "[09.02.25, 18:05:31] Mia: Soup?\n\u200e[09.02.25, 18:06:02] Tom: \u200eYes: two bowls\n",
        "2/9/25, 6:05\u202fPM - Mia: Soup?\n2/9/25, 6:06\u202fPM - Tom: Yes: two bowls\n"
        "2/20/25, 6:06\u202fPM - Tom: late\n",
        "9/2/2025, 6:05 p.\u00a0m. - Mia: Soup?\n9/2/2025, 6:06 p. m. - Tom: Yes: two bowls\n",
        "09.02.2025 18.05 - Mia: Soup?\n09.02.2025 18.06 - Tom: Yes: two bowls\n",
        "9.2.2025 klo 18.05 - Mia: Soup?\n9.2.2025 klo 18.06 - Tom: Yes: two bowls\n",
        "09/02/2025 à 18:05 - Mia: Soup?\n09/02/2025 à 18:06 - Tom: Yes: two bowls\n",
        "2025/2/9 下午6:05 - Mia: Soup?\n2025/2/9 下午6:06 - Tom: Yes: two bowls\n",
        "2025. 2. 9. 오후 6:05, Mia : Soup?\n2025. 2. 9. 오후 6:06, Tom : Yes: two bowls\n",
        "2025년 2월 9일 오후 6:05, Mia : Soup?\n2025년 2월 9일 오후 6:06, Tom : Yes: two bowls\n",
        "٩/٢/٢٠٢٥، ٦:٠٥ م - Mia: Soup?\n٩/٢/٢٠٢٥، ٦:٠٦ م - Tom: Yes: two bowls\n",
        "09/02/2025, 18:05: Mia: Soup?\n09/02/2025, 18:06: Tom: Yes: two bowls\n",
        "2025-02-09T18:05:00 <Mia> Soup?\n2025-02-09T18:06:11 <@Tom> Yes: two bowls\n",
        "2025-02-09 18:05:00\tMia\tSoup?\n2025-02-09 18:06:11\t@Tom\tYes: two bowls\n",
        "--- Day changed Sun Feb 09 2025\n18:05 < Mia> Soup?\n18:06 <@Tom> Yes: two bowls\n",
        "**** BEGIN LOGGING AT Sun Feb  9 18:00:00 2025\n"
        "Feb 09 18:05:10 <Mia>\tSoup?\nFeb 09 18:06:10 <Tom>\tYes: two bowls\n",
        "2025/02/09(日)\n18:05\tMia\tSoup?\n18:06\tTom\tYes: two bowls\n",
        "Sun, 09/02/2025\n18:05\tMia\tSoup?\n18:06\tTom\tYes: two bowls\n",
        "------ 2025년 2월 9일 일요일 ------\n"
        "[Mia] [오후 6:05] Soup?\n[Tom] [오후 6:06] Yes: two bowls\n",
        "Mia, [09.02.2025 18:05]\nSoup?\n\nTom, [09.02.2025 18:06]\nYes: two bowls\n",
        "Mia — 09/02/2025 18:05\nSoup?\nTom — 09/02/2025 18:06\nYes: two bowls\n",
        "[09/02/2025 18:05] Mia\nSoup?\n[09/02/2025 18:06] Tom\nYes: two bowls\n",
    ],
)
def test_one_dialogue_is_read_out_of_every_programs_form(tmp_path: Path, text: str) -> None:
    assert turns_of(tmp_path, text)[:2] == [MIA, TOM]


@pytest.mark.parametrize(
    "text",
    [
        "Mia Roe  0:05\nSoup?\n\nTom  0:09\nYes\n\nMia Roe  0:14\nFine\n",
        "Mia Roe  6:05 PM\nSoup?\nTom  6:06 PM\nYes\nMia Roe  6:07 PM\nFine\n",
        "Mia Roe — Today at 6:05 PM\nSoup?\nTom — Today at 6:06 PM\nYes\n"
        "Mia Roe — Today at 6:07 PM\nFine\n",
        "00:05:01\tMia Roe:\tSoup?\n00:06:01\tTom:\tYes\n00:07:01\tMia Roe:\tFine\n",
        "18:05:01 From  Mia Roe  to  Everyone : Soup?\n18:06:01 From Tom to Everyone:\n\tYes\n"
        "18:07:01 From Mia Roe : Fine\n",
    ],
)
def test_a_time_without_a_day_dates_nothing_and_is_never_part_of_a_name(
    tmp_path: Path, text: str
) -> None:
    assert turns_of(tmp_path, text) == [
        ("Mia Roe", "", "Soup?"), ("Tom", "", "Yes"), ("Mia Roe", "", "Fine"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["Zoë (work)", "+44 7700 900123", "Dad 🎣", "A/B *crew*"])
def test_everything_before_the_separator_is_the_name(tmp_path: Path, name: str) -> None:
    text = f"01/03/2025, 08:00 - Mia: Hi\n01/03/2025, 08:01 - {name}: Morning\n"
    assert turns_of(tmp_path, text)[1][0] == name


def test_lists_polls_code_and_quoted_logs_stay_in_their_message(tmp_path: Path) -> None:
    inside = (
        "Menu\n[19:00] soup\n(3 guests, 2025)\nMia: 2\nTom: 3\nPOLL:\nOPTION: rice\nOPTION: rye\n"
        "--- Sunday ---\n# Session 9\n```\nname: x\n```"
    )
    text = "".join(f"[1/3/25, 08:0{n}:00] Mia: m{n}\n" for n in range(5))
    found = turns_of(tmp_path, text + f"[1/3/25, 08:06:00] Tom: {inside}\n")
    assert [one[0] for one in found] == ["Mia"] * 5 + ["Tom"]
    assert found[-1][2] == inside


def test_the_order_of_day_and_month_is_that_of_the_whole_file_and_is_said(tmp_path: Path) -> None:
    path = tmp_path / "chat.txt"
    path.write_text(
        "3/2/25, 8:00 AM - Mia: a\n3/4/25, 8:00 AM - Tom: b\n3/30/25, 8:00 AM - Mia: c\n"
    )
    turns, problems = read(path)
    assert [f"{turn.said_at:%m-%d}" for turn in turns if turn.said_at] == [
        "03-02",
        "03-04",
        "03-30",
    ]
    assert ["the month first" in problem.message for problem in problems] == [True]


def test_time_that_would_run_backwards_proves_the_order(tmp_path: Path) -> None:
    found = turns_of(
        tmp_path, "7/12/25, 08:00 - Mia: a\n8/1/25, 08:00 - Tom: b\n8/2/25, 08:01 - Mia: c\n"
    )
    assert [when[:10] for _, when, _ in found] == ["2025-07-12", "2025-08-01", "2025-08-02"]


def test_what_the_program_says_has_no_speaker_and_deleted_words_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "_chat.txt"
    path.write_text(
        "[1/3/25, 08:00:00] Hikers: \u200eMessages and calls are end-to-end encrypted.\n"
        '[1/3/25, 08:01:00] Mia changed the subject from "A" to "Trip: June"\n'
        "[1/3/25, 08:02:00] \u200eMia added Tom\n"
        "[1/3/25, 08:03:00] Tom: \u200eaudio omitted\n"
        "[1/3/25, 08:04:00] Tom: This message was deleted\n"
        "[1/3/25, 08:05:00] Tom: Hello \u200e<This message was edited>\n",
        "utf-8",
    )
    turns, problems = read(path)
    assert [(turn.speaker, dict(turn.metadata)) for turn in turns] == [
        (None, {"system": True}), (None, {"system": True}), (None, {"system": True}),
        ("Tom", {"media": True}), ("Tom", {}),
    ]  # fmt: skip
    assert turns[-1].text == "Hello"
    assert problems[-1].message.startswith("1 lines that only say what was deleted")


def test_who_comes_and_goes_in_irc_is_left_out_and_an_action_is_its_doers(tmp_path: Path) -> None:
    found = turns_of(
        tmp_path,
        "2025-02-09 18:05 <mia> hi\n2025-02-09 18:05 -!- tom [t@x] has joined #tea\n"
        "2025-02-09 18:06 * mia waves\n2025-02-09 18:07 <tom> hey\n",
        "tea.log",
    )
    assert [one[::2] for one in found] == [("mia", "hi"), ("mia", "waves"), ("tom", "hey")]


def test_a_short_log_of_mirc_has_its_speakers_and_its_day(tmp_path: Path) -> None:
    found = turns_of(
        tmp_path,
        "Session Start: Sun Feb 09 18:05:01 2025\nSession Ident: #tea\n"
        "[18:05] <mia> kettle is on\n[18:06] <tom> coming\n"
        "Session Close: Sun Feb 09 18:30:00 2025\n",
        "short.log",
    )
    assert [one[::2] for one in found] == [("mia", "kettle is on"), ("tom", "coming")]


@pytest.mark.parametrize(
    "text",
    [
        "Mia Tonn  6:05 PM\nkettle is on\nTom Reyes  6:06 PM\ncoming\n",
        "Mia Tonn\n2/9/2025 6:05 PM\nKettle is on.\nTom Reyes\n2/9/2025 6:06 PM\nComing.\n",
    ],
)
def test_a_document_whose_lines_end_in_times_says_that_it_may_be_a_chat(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "copied.txt"
    path.write_text(text)
    turns, problems = read(path)
    assert [turn.is_passage for turn in turns] == [True]
    assert "many lines begin or end with a time" in problems[0].message


def test_a_programs_log_is_no_chat_and_a_document_of_times_is_said(tmp_path: Path) -> None:
    path = tmp_path / "run.log"
    path.write_text("2025-02-09 18:05:00 INFO: up\n2025-02-09 18:05:01 ERROR: disk full\n")
    turns, problems = read(path)
    assert [turn.is_passage for turn in turns] == [True]
    assert "many lines begin or end with a time" in problems[0].message


@pytest.mark.parametrize(
    "code",
    [
        "```yaml\nname: tea\nport: 80\nname: jam\nport: 81\n```",
        "    name: tea\n    port: 80\n    name: jam",
    ],
)
def test_code_in_markdown_makes_no_speakers(tmp_path: Path, code: str) -> None:
    path = tmp_path / "howto.md"
    path.write_text(f"# How to\n\nFirst write this:\n\n{code}\n\nThen wait.\n")
    turns, problems = read(path)
    assert all(turn.is_passage for turn in turns)
    assert not problems
    assert "Then wait." in turns[-1].text


MORE_CHATS = {
    "Bulgarian": (
        "5.11.25 г., 18:40 ч. - Петя: Готова ли е?\n5.11.25 г., 18:41 ч. - Иво: Почти\n",
        [("Петя", "Готова ли е?", "2025-11-05 18:40"), ("Иво", "Почти", "2025-11-05 18:41")],
    ),
    "Vietnamese, the clock first": (
        "18:40, 05/11/2025 - Hoa: Xong chưa\n18:41, 05/11/2025 - Nam: Gần xong\n",
        [("Hoa", "Xong chưa", "2025-11-05 18:40"), ("Nam", "Gần xong", "2025-11-05 18:41")],
    ),
    "Discord as copied, days and today": (
        "Petra — 15/11/2025 18:40\nIs it baked?\nIvo — 15/11/2025 18:41\nNearly\n"
        "Petra — Today at 9:02 AM\nAnd now?\n",
        [
            ("Petra", "Is it baked?", "2025-11-15 18:40"),
            ("Ivo", "Nearly", "2025-11-15 18:41"),
            ("Petra", "And now?", ""),
        ],
    ),
    "Telegram as copied, with a comma and a colon": (
        "Petra Roe, [November 5, 2025 at 6:40:00 PM]:\nIs it baked?\n\n"
        "Ivo, [November 5, 2025 at 6:41:00 PM]:\nNearly\n",
        [
            ("Petra Roe", "Is it baked?", "2025-11-05 18:40"),
            ("Ivo", "Nearly", "2025-11-05 18:41"),
        ],
    ),
    "WeeChat with an action": (
        "2025-11-05 18:40:00\tpetra\tbaked?\n2025-11-05 18:41:00\t *\tivo nods\n",
        [("petra", "baked?", "2025-11-05 18:40"), ("ivo", "nods", "2025-11-05 18:41")],
    ),
}


@pytest.mark.parametrize("name", MORE_CHATS)
def test_chats_of_more_programs_and_places(tmp_path: Path, name: str) -> None:
    text, wanted = MORE_CHATS[name]
    (tmp_path / "chat.txt").write_text(text, "utf-8")
    turns, _ = read(tmp_path / "chat.txt")
    assert [
        (turn.speaker, turn.text, f"{turn.said_at:%Y-%m-%d %H:%M}" if turn.said_at else "")
        for turn in turns
    ] == wanted


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("mia — 09/02/2025 18:05\nSoup?\ntom_r — 09/02/2025 18:06\nYes\n"
         "mia — Today at 6:07 PM\nFine\n", ["mia", "tom_r", "mia"]),
        ("mia  6:05 PM\nSoup?\n:bowl: 2\ntom  6:06 PM\nYes\n"
         "mia  6:07 PM\nFine\n", ["mia", "tom", "mia"]),
        ("[Yesterday 6:05 PM] Mia\nSoup?\n[Yesterday 6:06 PM] Tom Roe (Guest)\nYes\n"
         "[Yesterday 6:07 PM] Mia\nFine\n", ["Mia", "Tom Roe (Guest)", "Mia"]),
    ],
)  # fmt: skip
def test_names_in_lower_case_and_with_a_parenthesis_stand_above_what_was_said(
    tmp_path: Path, text: str, speakers: list[str]
) -> None:
    assert [speaker for speaker, _, _ in turns_of(tmp_path, text)] == speakers


def test_prose_whose_lines_end_in_times_has_no_speakers(tmp_path: Path) -> None:
    text = "we left at 6:05 PM\nthen until 7:00 PM\nwe rowed around 7:30 PM\nand slept\n"
    assert [speaker for speaker, _, _ in turns_of(tmp_path, text)] == [None]


def test_what_is_said_on_indented_lines_is_no_turn_of_its_own(tmp_path: Path) -> None:
    text = (
        "18:05:01 From  Mia  to  Everyone:\n\tSoup?\n\tlink: https://soup.example\n"
        "18:06:01 From Tom to Mia(Direct Message):\n\tSecret: salt\n"
    )
    assert turns_of(tmp_path, text) == [
        ("Mia", "", "Soup?\n\tlink: https://soup.example"),
        ("Tom", "", "Secret: salt"),
    ]


def test_days_on_lines_of_their_own_tell_the_order_of_day_and_month_too(tmp_path: Path) -> None:
    text = "Sun, 02/09/2025\n18:05\tMia\tSoup?\n\nMon, 02/10/2025\n18:06\tTom\tYes\n"
    assert turns_of(tmp_path, text) == [
        ("Mia", "2025-02-09 18:05", "Soup?"),
        ("Tom", "2025-02-10 18:06", "Yes"),
    ]


@pytest.mark.parametrize(
    ("half", "hour"),
    [
        ("凌晨12:05", "00:05"),
        ("早上7:05", "07:05"),
        ("晚上9:05", "21:05"),
        ("새벽 3:05", "03:05"),
        ("밤 9:05", "21:05"),
    ],
)
def test_the_parts_of_a_day_are_known_where_people_say_more_than_two(
    tmp_path: Path, half: str, hour: str
) -> None:
    text = f"2025/2/9 上午6:05 - Mia: Soup?\n2025/2/10 {half} - Tom: Yes\n"
    assert turns_of(tmp_path, text)[1] == ("Tom", f"2025-02-10 {hour}", "Yes")


@pytest.mark.parametrize(
    ("media", "deleted"),
    [
        ("<Без медиафайлов>", "Данное сообщение удалено."),
        ("<Medya dahil edilmedi>", "Bu mesaj silindi"),
        ("<Multimedia pominięto>", "Ta wiadomość została usunięta"),
        ("<Mídia oculta>", "Apagou esta mensagem"),
        ("<Média vynechána>", "Tato zpráva byla odstraněna"),
        ("<Mediefil udeladt>", "Denne besked blev slettet."),
        ("<Media har utelämnats>", "Det här meddelandet raderades"),
        ("<Παραλείφθηκαν πολυμέσα>", "Αυτό το μήνυμα διαγράφηκε"),
        ("<省略多媒体文件>", "此消息已删除"),
        ("<미디어 파일 생략됨>", "삭제된 메시지입니다."),
        ("<メディアは含まれていません>", "このメッセージは削除されました"),
        ("<تم استبعاد الوسائط>", "تم حذف هذه الرسالة"),
    ],
)
def test_pictures_and_deleted_words_are_known_in_whatsapps_other_languages(
    tmp_path: Path, media: str, deleted: str
) -> None:
    path = tmp_path / "chat.txt"
    lines = ("Soup?", media, deleted, "Yes <3")
    path.write_text("".join(f"09/02/2025, 18:05 - Mia: {line}\n" for line in lines), "utf-8")
    turns, problems = read(path)
    assert [(turn.text, dict(turn.metadata)) for turn in turns] == [
        ("Soup?", {}), (media, {"media": True}), ("Yes <3", {}),
    ]  # fmt: skip
    assert len(problems) == 1


def test_a_clients_own_lines_behind_a_star_are_nobodys_deeds(tmp_path: Path) -> None:
    text = (
        "[18:05] <mia> hi\n[18:05] <tom> hi you\n[18:06] * tom has left #tea\n"
        "[18:06] * Now talking on #tea\n"
        "[18:07] * tom (t@x) has quit (bye)\n[18:08] * mia has left the kettle on\n"
    )
    assert [(who, said) for who, _, said in turns_of(tmp_path, text)] == [
        ("mia", "hi"), ("tom", "hi you"), ("mia", "has left the kettle on"),
    ]  # fmt: skip
