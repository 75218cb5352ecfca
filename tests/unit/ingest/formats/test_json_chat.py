"""Chats in JSON: one dialogue, as every program writes it."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graphmem.ingest.formats.json_shapes import SHAPES
from tests.unit.ingest.read_file import read, write_json, write_lines

FIRST = datetime(2025, 2, 9, 18, 5, tzinfo=UTC)
SAID = (("user", "Is the soup hot?"), ("assistant", "Yes — nearly."))
ISO = [(FIRST + timedelta(minutes=n)).isoformat() for n in range(2)]
UNIX = [int((FIRST + timedelta(minutes=n)).timestamp()) for n in range(2)]
TEXTS = [text for _, text in SAID]


PEOPLE = {"type": "GROUP", "name": "Kitchen", "participant_data": [
    {"id": {"gaia_id": f"g{n}"}, "fallback_name": SAID[n][0]} for n in (0, 1)]}  # fmt: skip
EVENTS = [
    {"event_id": f"e{n}", "event_type": "REGULAR_CHAT_MESSAGE", "timestamp": f"{UNIX[n]}000000",
     "sender_id": {"gaia_id": f"g{n}"}, "chat_message": {"message_content": {"segment": [
         {"type": "TEXT", "text": text[:4]}, {"type": "LINK", "text": text[4:]}]}}}
    for n, text in enumerate(TEXTS)]  # fmt: skip


def mojibake(text: str) -> str:
    return text.encode().decode("latin-1")


FILES: dict[str, tuple[str, list[object]]] = {
    "claude-code": ("s.jsonl", [
        {"type": "summary", "summary": "Soup", "leafUuid": "u2"},
        {"type": "user", "sessionId": "s1", "uuid": "u0", "timestamp": ISO[0], "isMeta": True,
         "message": {"role": "user", "content": "Caveat: generated"}},
        {"type": "user", "sessionId": "s1", "uuid": "u1", "timestamp": ISO[0],
         "message": {"role": "user", "content": TEXTS[0]}},
        {"type": "assistant", "sessionId": "s1", "uuid": "u2", "timestamp": ISO[1],
         "message": {"role": "assistant", "content": [
             {"type": "thinking", "thinking": "hm"}, {"type": "text", "text": TEXTS[1]},
             {"type": "tool_use", "name": "Bash", "input": {"command": "ls"}}]}},
        {"type": "user", "sessionId": "s1", "uuid": "u3", "timestamp": ISO[1],
         "message": {"role": "user", "content": [{"type": "tool_result", "content": "a\nb"}]}},
    ]),
    "codex": ("rollout.jsonl", [
        {"timestamp": ISO[0], "type": "session_meta", "payload": {"id": "r1", "type": "meta"}},
        {"timestamp": ISO[0], "type": "response_item", "payload": {
            "type": "message", "role": "user",
            "content": [{"type": "input_text", "text": "<environment_context>x"}]}},
        {"timestamp": ISO[0], "type": "response_item", "payload": {
            "type": "message", "role": "user",
            "content": [{"type": "input_text", "text": TEXTS[0]}]}},
        {"timestamp": ISO[1], "type": "response_item", "payload": {
            "type": "function_call", "name": "shell", "arguments": "{}"}},
        {"timestamp": ISO[1], "type": "response_item", "payload": {
            "type": "message", "role": "assistant",
            "content": [{"type": "output_text", "text": TEXTS[1]}]}},
    ]),
    "gemini-cli": ("session.json", [{
        "sessionId": "g1", "startTime": ISO[0], "messages": [
            {"id": "1", "timestamp": ISO[0], "type": "user", "content": TEXTS[0]},
            {"id": "2", "timestamp": ISO[0], "type": "info", "content": "Update available"},
            {"id": "3", "timestamp": ISO[1], "type": "gemini", "content": TEXTS[1]}]}]),
    "claude": ("conversations.json", [[{
        "uuid": "c1", "name": "Soup", "created_at": ISO[0], "chat_messages": [
            {"uuid": "m1", "text": TEXTS[0], "sender": "human", "created_at": ISO[0],
             "attachments": []},
            {"uuid": "m2", "text": "", "content": [{"type": "text", "text": TEXTS[1]}],
             "sender": "assistant", "created_at": ISO[1]}]}]]),
    "telegram": ("result.json", [{
        "name": "Kitchen", "type": "private_group", "id": 5, "messages": [
            {"id": 0, "type": "service", "date": "2025-02-09T18:00:00", "actor": "user",
             "action": "create_group", "text": ""},
            {"id": 1, "type": "message", "date": "2025-02-09T19:05:00",
             "date_unixtime": str(UNIX[0]), "from": "user", "from_id": "user1",
             "text": ["Is the ", {"type": "bold", "text": "soup"}, " hot?"]},
            {"id": 2, "type": "message", "date": "2025-02-09T19:06:00",
             "date_unixtime": str(UNIX[1]), "from": "assistant", "from_id": "user2",
             "text": TEXTS[1]}]}]),
    "telegram-account": ("result.json", [{
        "about": "x", "chats": {"about": "y", "list": [{
            "name": "Kitchen", "type": "personal_chat", "id": 5, "messages": [
                {"id": n, "type": "message", "date_unixtime": str(UNIX[n]), "from": who,
                 "from_id": f"user{n}", "text": text} for n, (who, text) in enumerate(SAID)]}]}}]),
    "telegram-lines": ("jq.jsonl", [
        {"id": n, "type": "message", "date": ISO[n], "from": who, "from_id": "u", "text": [text]}
        for n, (who, text) in enumerate(SAID)]),
    "facebook": ("message_1.json", [{
        "participants": [{"name": "user"}, {"name": "assistant"}],
        "messages": [
            {"sender_name": SAID[n][0], "timestamp_ms": UNIX[n] * 1000, "type": "Generic",
             "content": mojibake(SAID[n][1])} for n in (1, 0)],
        "title": mojibake("Küche"), "thread_path": "inbox/kuche"}]),
    "discord": ("general.json", [{
        "guild": {"id": "1", "name": "Home"}, "channel": {"id": "2", "name": "kitchen"},
        "messages": [
            {"id": "9", "type": "GuildMemberJoin", "timestamp": ISO[0], "content": "Joined.",
             "author": {"id": "1", "name": "zed"}},
            {"id": "10", "type": "Default", "timestamp": ISO[0], "content": TEXTS[0],
             "author": {"id": "7", "name": "x", "nickname": "user"}},
            {"id": "11", "type": "Reply", "timestamp": ISO[1], "content": TEXTS[1],
             "author": {"id": "8", "name": "assistant", "nickname": None}}]}]),
    "google-chat": ("messages.json", [{"messages": [
        {"creator": {"name": who, "email": f"{who}@home.example", "user_type": "Human"},
         "created_date": f"Sunday, February 9, 2025 at 6:0{5 + n}:00 PM UTC", "text": text,
         "topic_id": "t", "message_id": f"s/t/{n}"} for n, (who, text) in enumerate(SAID)]
        + [{"creator": {"name": "user"}, "message_state": "DELETED", "text": "no"}]}]),
    "skype": ("messages.json", [{"userId": "8:user", "conversations": [{
        "id": "19:k", "displayName": "Kitchen", "MessageList": [
            {"id": "9", "originalarrivaltime": ISO[1], "messagetype": "ThreadActivity/AddMember",
             "from": "8:zed", "content": "<addmember/>"},
            *({"id": str(n), "originalarrivaltime": ISO[n], "messagetype": "RichText",
               "from": f"8:{SAID[n][0]}", "displayName": SAID[n][0], "content": SAID[n][1]}
              for n in (1, 0))]}]}]),
    "teams": ("page.json", [{"@odata.count": 3, "value": [
        {"id": "9", "messageType": "systemEventMessage", "createdDateTime": ISO[1], "from": None,
         "body": {"contentType": "html", "content": "<systemEventMessage/>"}},
        *({"id": str(n), "messageType": "message", "createdDateTime": ISO[n],
           "from": {"application": None, "user": {"id": f"u{n}", "displayName": SAID[n][0]}},
           "body": {"contentType": "html", "content": f"<div><p>{SAID[n][1]}</p></div>"}}
          for n in (1, 0))]}]),
    "teams-lines": ("export.jsonl", [
        {"id": str(n), "messageType": "message", "createdDateTime": ISO[n], "chatId": "19:k",
         "from": {"user": {"id": f"u{n}", "displayName": who}},
         "body": {"contentType": "text", "content": text}} for n, (who, text) in enumerate(SAID)]),
    "hangouts": ("Hangouts.json", [{"conversations": [{
        "conversation": {"conversation_id": {"id": "k"}, "conversation": PEOPLE},
        "events": [*EVENTS, {"event_type": "HANGOUT_EVENT", "event_id": "e9",
                             "sender_id": {"gaia_id": "g0"}}]}]}]),
    "hangouts-state": ("Hangouts.json", [{"conversation_state": [{
        "conversation_id": {"id": "k"},
        "conversation_state": {"conversation": PEOPLE, "event": EVENTS}}]}]),
    "open-webui": ("export.json", [[{
        "id": "w1", "title": "Soup", "created_at": UNIX[0], "chat": {"messages": [
            {"id": str(n), "role": who, "content": text, "timestamp": UNIX[n]}
            for n, (who, text) in enumerate(SAID)]}}]]),
    "oasst": ("oasst.jsonl", [
        {"message_id": f"m{n}", "parent_id": None, "text": text, "role": role,
         "created_date": ISO[n], "message_tree_id": "t1", "lang": "en"}
        for n, (role, text) in enumerate(zip(("prompter", "assistant"), TEXTS, strict=True))]),
    "sillytavern": ("tavern.jsonl", [
        {"user_name": "user", "character_name": "assistant", "create_date": "2025-2-9"},
        {"name": "user", "is_user": True, "send_date": "2025-2-9 @18h 5m 0s 0ms", "mes": TEXTS[0]},
        {"name": "assistant", "is_user": False, "send_date": "February 9, 2025 6:06pm",
         "mes": TEXTS[1]}]),
    "signal": ("signal.json", [[
        {"body": text, "sentAt": UNIX[n] * 1000, "sourceName": who, "conversationId": "k"}
        for n, (who, text) in enumerate(SAID)]]),
    "mem0": ("memories.json", [{"results": [
        {"id": f"m{n}", "memory": text, "actor_id": who, "user_id": "u", "created_at": ISO[n],
         "updated_at": None} for n, (who, text) in enumerate(SAID)]}]),
    "mem0-list": ("memories.json", [[
        {"id": f"m{n}", "memory": text, "actor_id": who, "user_id": "u", "created_at": "2020-01-01",
         "updated_at": ISO[n]} for n, (who, text) in enumerate(SAID)]]),
}  # fmt: skip
"""Row -> (name of the file, its values: one a line in JSON lines, else the one)."""

UNDATED: dict[str, list[object]] = {
    "sharegpt": [[{"id": "x1", "conversations": [
        {"from": "human", "value": TEXTS[0]}, {"from": "gpt", "value": TEXTS[1]}]}]],
    "lmsys": [[{"conversation_id": "x1", "model": "m", "conversation": [
        {"role": who, "content": text} for who, text in SAID]}]],
}  # fmt: skip


def written(tmp_path: Path, name: str, values: list[object]) -> Path:
    if name.endswith("l"):
        return write_lines(tmp_path / name, values)
    return write_json(tmp_path / name, values[0])


@pytest.mark.parametrize("shape", FILES)
def test_one_dialogue_is_read_out_of_every_programs_export(tmp_path: Path, shape: str) -> None:
    turns, problems = read(written(tmp_path, *FILES[shape]))
    assert [(turn.speaker, turn.text) for turn in turns] == list(SAID)
    assert [turn.said_at for turn in turns] == [FIRST, FIRST + timedelta(minutes=1)]
    assert not any(problem.skipped for problem in problems)
    assert len({turn.session for turn in turns}) == 1


@pytest.mark.parametrize("shape", UNDATED)
def test_data_sets_of_talks_without_times_are_read(tmp_path: Path, shape: str) -> None:
    turns, problems = read(written(tmp_path, "a.json", UNDATED[shape]))
    assert [(turn.speaker, turn.text) for turn in turns] == list(SAID)
    assert {turn.session for turn in turns} == {"x1"}
    assert problems == []


def test_every_row_has_a_sample() -> None:
    seen = {*FILES, *UNDATED, "gemini-cli-log", "discord-package"}
    assert {shape.name for shape in SHAPES} <= seen


def test_indented_files_are_told_as_those_of_one_line_are(tmp_path: Path) -> None:
    for name, (file, values) in FILES.items():
        if file.endswith(".json"):
            path = tmp_path / f"{name}.json"
            path.write_text(json.dumps(values[0], indent=2), "utf-8")
            turns, _ = read(path)
            assert [turn.text for turn in turns] == TEXTS, name


def test_what_no_person_said_is_counted_by_its_reason(tmp_path: Path) -> None:
    _, problems = read(written(tmp_path, *FILES["claude-code"]))
    assert sorted(problem.message for problem in problems) == [
        "1 messages without text, such as pictures and calls, were left out",
        "2 messages that no person said: a program's traffic, notices, what is hidden, "
        "were left out",
    ]


def test_titles_and_attached_texts_come_along(tmp_path: Path) -> None:
    chat = [{"uuid": "c", "name": "Letters", "chat_messages": [
        {"uuid": "m", "sender": "human", "text": "Read this", "created_at": ISO[0],
         "attachments": [{"file_name": "a.txt", "extracted_content": "Dear Tom"}]}]}]  # fmt: skip
    (turn,), _ = read(write_json(tmp_path / "a.json", chat))
    assert turn.text == "Read this\n\nDear Tom"
    assert dict(turn.metadata) == {"conversation_title": "Letters"}
    assert (turn.collection, turn.session) == ("claude", "c")


def test_an_accounts_chats_are_sessions_each(tmp_path: Path) -> None:
    message = {"id": 1, "type": "message", "date_unixtime": str(UNIX[0]), "from": "Mia",
               "from_id": "u1", "text": "Hi"}  # fmt: skip
    chats = [{"name": name, "id": n, "messages": [message]} for n, name in enumerate(("A", "B"))]
    turns, _ = read(write_json(tmp_path / "r.json", {"chats": {"list": chats}}))
    assert [turn.session for turn in turns] == ["A", "B"]


def test_facebooks_bytes_are_mended_and_the_oldest_message_comes_first(tmp_path: Path) -> None:
    turns, _ = read(written(tmp_path, *FILES["facebook"]))
    assert turns[0].session == "Küche"
    assert [turn.text for turn in turns] == TEXTS


def test_a_type_that_is_no_speaker_is_none(tmp_path: Path) -> None:
    message = {"type": "Generic", "content": "Hi", "author": {"displayName": "Mia"}}
    (turn,), _ = read(write_json(tmp_path / "a.json", {"messages": [message]}))
    assert turn.speaker == "Mia"


def test_a_lists_title_and_time_are_its_messages(tmp_path: Path) -> None:
    chat = {"title": "Soup", "created_at": ISO[0], "messages": [{"role": "user", "content": "Hi"}]}
    for indent in (None, 2):
        path = tmp_path / "a.json"
        path.write_text(json.dumps([chat] if indent else chat, indent=indent), "utf-8")
        (turn,), _ = read(path)
        assert (turn.said_at, turn.metadata["conversation_title"]) == (FIRST, "Soup")


def test_memories_keep_what_was_known_of_them(tmp_path: Path) -> None:
    one = {"id": "m1", "memory": "Tom likes soup.", "user_id": "tom", "run_id": "r7", "hash": "0f",
           "agent_id": None, "categories": ["food"], "metadata": {"from": "phone", "sure": 0.5},
           "created_at": ISO[0], "expiration_date": "2030-01-01"}  # fmt: skip
    (turn,), problems = read(write_json(tmp_path / "m.json", {"results": [one]}))
    assert (turn.source_id, turn.collection, turn.session) == ("m1", "mem0", "r7")
    assert (turn.said_at, turn.speaker) == (FIRST, "tom")
    assert dict(turn.metadata) == {
        "from": "phone", "sure": 0.5, "user_id": "tom", "run_id": "r7", "categories": ["food"],
        "created_at": ISO[0], "valid_until": "2030-01-01",
    }  # fmt: skip
    assert problems == []


def test_pages_of_memories_one_a_line_are_read(tmp_path: Path) -> None:
    pages = [
        {"count": 2, "results": [{"id": str(n), "memory": TEXTS[n], "created_at": ISO[n]}]}
        for n in (0, 1)
    ]
    turns, _ = read(write_lines(tmp_path / "m.jsonl", list(pages)))
    assert [turn.text for turn in turns] == TEXTS


def test_the_words_of_messages_in_html_count_and_their_lines_stay(tmp_path: Path) -> None:
    texts = (
        "<p>Stock &lt;3&nbsp;litres</p><p>or <i>more</i></p>",
        "plain, 2 < 3 &amp; so on",
        "&nbsp;",
    )
    listed = [
        {"id": str(n), "originalarrivaltime": ISO[0], "messagetype": "RichText/Html", "from": "8:m",
         "displayName": "Mia", "content": text} for n, text in reversed(list(enumerate(texts)))
    ]  # fmt: skip
    chats = {"conversations": [{"id": "k", "displayName": "K", "MessageList": listed}]}
    turns, problems = read(write_json(tmp_path / "messages.json", chats))
    assert [turn.text for turn in turns] == ["Stock <3 litres\nor more", "plain, 2 < 3 & so on"]
    assert [problem.skipped for problem in problems] == [False]


def test_a_line_break_between_the_parts_of_a_text_is_one(tmp_path: Path) -> None:
    parts = [
        {"type": "TEXT", "text": "Soup"},
        {"type": "LINE_BREAK"},
        {"type": "TEXT", "text": "bread"},
    ]
    event = {**EVENTS[0], "chat_message": {"message_content": {"segment": parts}}}
    chats = {"conversations": [{"conversation": {"conversation": PEOPLE}, "events": [event]}]}
    (turn,), _ = read(write_json(tmp_path / "h.json", chats))
    assert (turn.speaker, turn.text) == ("user", "Soup\nbread")
