"""The pages over real HTTP, from a server on loopback."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from graphmem.explore.pages import PAGES
from tests.explored import NASTY, NASTY_SPEAKER, Served, served


@pytest.fixture
def memory(fresh):
    return fresh


@pytest.fixture
def server(memory) -> Iterator[Served]:
    with served(memory) as running:
        yield running


@contextmanager
def entered(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.base, timeout=60) as client:
        assert client.get(server.entrance).status_code == 200
        client.headers["origin"] = server.base
        yield client


@pytest.fixture
def client(server) -> Iterator[httpx.Client]:
    with entered(server) as made:
        yield made


def paths(memory) -> list[str]:
    note = memory.history("nasty").note
    run = next(iter(memory.store.scan("change", "ana"))).run_id
    filled = {"/session/{id}": f"/session/{note.session_id}", "/note/{id}": f"/note/{note.id}"}
    filled |= {"/run/{id}": f"/run/{run}", "/name": "/name?called=Ben+Olsen"}
    filled |= {"/search": "/search?q=turned+bold+quoted"}
    return [filled.get(kind.path, kind.path) for kind in PAGES]


def test_every_page_is_html_that_may_load_nothing_from_elsewhere(memory, client):
    for path in paths(memory):
        answer = client.get(path)
        assert (answer.status_code, path) == (200, path)
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["content-security-policy"].startswith("default-src 'self';")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "same-origin"


def test_what_an_import_met_is_text_wherever_it_comes_from(empty, tmp_path):
    """A file's name and a line of it stand in a problem; both may be anybody's."""
    file = tmp_path / "tea\u202e<script>alert(1)<img src=x>.jsonl"
    line = '{"speaker": "Ada", "text": "Tea at noon."}\nno JSON \u202e<script>alert(2)<b>\n'
    file.write_text(line, "utf-8")
    empty.ingest(file)
    with served(empty) as server, entered(server) as client:
        page = client.get("/").text
    assert "broken JSON" in page
    assert "&lt;script&gt;alert(2)" in page
    assert "&lt;img src=x&gt;.jsonl:2" in page
    assert "<script>alert" not in page
    assert "\u202e" not in page


def test_a_turn_of_a_megabyte_makes_no_page_long(long_memory):
    with served(long_memory) as server, entered(server) as client:
        for path in [*paths(long_memory), "/note/long", "/search?q=Which+kiln+ran+cold+in+Graz"]:
            answer = client.get(path)
            assert (answer.status_code, path) == (200, path)
            assert len(answer.content) < 200_000


def test_texts_are_escaped_on_every_page(memory, client):
    whole = ""
    for path in [*paths(memory), "/note/nasty", "/search?q=" + "%3Cscript%3E%22%27"]:
        page = client.get(path).text
        assert "<script>" not in page
        assert "<img src=x" not in page
        assert "\u202e" not in page
        whole += page
    assert "&lt;script&gt;alert(&#39;in a " in whole
    assert "\\u202eturned" in whole
    assert "&lt;img src=x onerror=alert(2)&gt;" in whole
    assert NASTY not in whole
    assert NASTY_SPEAKER not in whole


def test_nobody_gets_in_without_the_link_and_it_works_once(server):
    with httpx.Client(base_url=server.base, timeout=60) as client:
        assert client.get("/").status_code == 401
        assert client.get("/static/explore.css").status_code == 401
        link = server.entrance
        assert client.get(link).status_code == 200
        assert client.get("/").status_code == 200
        assert httpx.get(link, timeout=60).status_code == 401


def test_what_is_not_there_or_cannot_be_read_says_so_on_a_page(client):
    missing = client.get("/name?called=%3Cb%3Enobody")
    assert missing.status_code == 404
    assert "<h1>That did not work</h1>" in missing.text
    assert client.get("/search?q=x&as_of=soonish&side=then").status_code == 400


def token_of(page: str) -> str:
    return re.search(r'name="token" value="(\w+)"', page)[1]


def doubt_of(page: str) -> str:
    return re.search(r'name="id" value="(c\w+)"', page)[1]


def test_an_answer_is_done_and_taken_back_by_forms(memory, client):
    page = client.get("/review").text
    form = {"token": token_of(page), "id": doubt_of(page), "key": "1"}
    done = client.post("/answer", data=form, follow_redirects=True)
    assert "Done." in done.text
    assert memory.doubts() == []
    run = re.search(r'name="id" value="(\w+)"', done.text)[1]
    undone = client.post("/undo", data={"token": form["token"], "id": run})
    assert (undone.status_code, undone.headers["location"]) == (303, "/changes")
    assert len(memory.doubts()) == 1


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_a_form_without_the_session_s_token_changes_nothing(memory, client, token):
    page = client.get("/review").text
    form = {"token": token, "id": doubt_of(page), "key": "1"}
    assert client.post("/answer", data=form).status_code == 403
    assert len(memory.doubts()) == 1


def test_a_form_from_another_origin_or_from_none_changes_nothing(memory, server, client):
    page = client.get("/review").text
    form = {"token": token_of(page), "id": doubt_of(page), "key": "1"}
    for origin in ("http://127.0.0.1:1", "https://example.org", "null"):
        answer = client.post("/answer", data=form, headers={"origin": origin})
        assert answer.status_code == 403
    del client.headers["origin"]
    assert client.post("/answer", data=form).status_code == 403
    assert len(memory.doubts()) == 1


def test_changes_that_others_depend_on_are_asked_about_before_they_go(memory, client):
    page = client.get("/review").text
    token, doubt = token_of(page), doubt_of(page)
    client.post("/answer", data={"token": token, "id": doubt, "key": "1"})
    refused = client.post("/undo", data={"token": token, "id": doubt})
    assert refused.status_code == 400
    assert 'name="cascade" value="yes"' in refused.text
    form = {"token": token, "id": doubt, "cascade": "yes"}
    assert client.post("/undo", data=form).status_code == 303


@pytest.mark.parametrize(("editable", "may"), [(False, "write"), (True, "read")])
def test_pages_that_only_read_show_no_form_and_take_none(memory, editable, may):
    with served(memory, editable=editable, may=may) as server, entered(server) as client:
        page = client.get("/review").text
        assert 'method="post"' not in page
        assert "These pages only read." in page
        form = {"token": "", "id": "x", "key": "1"}
        assert client.post("/answer", data=form).status_code == 403
        assert client.post("/undo", data=form).status_code == 403
        assert len(memory.doubts()) == 1


def test_a_get_changes_nothing(memory, client):
    token = token_of(client.get("/review").text)
    for path in ("/undo", "/answer"):
        assert client.get(path, params={"token": token, "id": "x", "key": "1"}).status_code == 405


def test_the_static_files_are_served_and_nothing_beside_them(client):
    for name in ("explore.css", "explore.js", "icon.svg", "htmx-4.0.1.min.js"):
        assert client.get(f"/static/{name}").status_code == 200
    assert client.get("/favicon.ico").headers["content-type"].startswith("image/svg+xml")
    assert client.get("/static/%2e%2e/routes.py").status_code == 404


def test_an_empty_memory_says_what_to_type(empty):
    with served(empty) as server, entered(server) as client:
        page = client.get("/").text
        assert "graphmem ingest chat.txt notes/ --scope ana" in page
