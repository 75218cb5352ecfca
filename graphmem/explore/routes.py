"""The pages as routes: a memory and what is asked in, HTML out; edits by POST, with a token."""

import hmac
from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from graphmem.errors import DependentChangesError, GraphmemError, MissingRecordError
from graphmem.explore.html import HERE, filled, link
from graphmem.explore.pages import PAGES, PageKind
from graphmem.explore.review import answer
from graphmem.memory import Memory
from graphmem.server import Call, Part, RefusedError, call_of, memory_of
from graphmem.server.access import new_secret

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'; object-src 'none'",
    # With the server's own `no-referrer` a browser sends `Origin: null` with our forms too.
    "Referrer-Policy": "same-origin",
}
"""No script, style, picture or request but our own; none inside the page either."""

Edit = Callable[[Memory, Mapping[str, str]], tuple[str, str]]
"""From a memory and a form to the path that the browser goes to, and the run that was done."""


def explorer(*, editable: bool, random: Callable[[], str] = new_secret) -> Part:
    """Return the pages as a part of a server; without `editable` they only read."""
    pages = _Pages(editable, random().encode())
    routes: list[BaseRoute] = [
        Route(kind.path, partial(pages.show, kind), methods=["GET"]) for kind in PAGES
    ]
    edits = {"/undo": ("undo", _undo), "/answer": ("accept", _answer)}
    for path, (verb, edit) in edits.items():
        routes.append(Route(path, partial(pages.edit, verb, edit), methods=["POST"]))
    routes.append(Route("/favicon.ico", _icon))
    routes.append(Mount("/static", StaticFiles(directory=HERE / "static")))
    return Part(routes=routes)


async def _icon(_request: Request) -> Response:
    """Answer what a browser asks for by itself, on pages that are not ours to write too."""
    return FileResponse(HERE / "static" / "icon.svg")


class _Pages:
    """What answers: the same for every page."""

    def __init__(self, editable: bool, secret: bytes) -> None:
        self._editable, self._secret = editable, secret

    async def show(self, kind: PageKind, request: Request) -> Response:
        """Answer with a page, or with one that says what is wrong."""
        memory = memory_of(request, kind.verb, "read")
        asked = {**request.query_params, **request.path_params}
        try:
            shown = await run_in_threadpool(kind.shows, memory, asked)
        except GraphmemError as error:
            return self._wrong(request, memory, error)
        return await run_in_threadpool(self._page, request, memory, kind.template, shown)

    async def edit(self, verb: str, edit: Edit, request: Request) -> Response:
        """Change the memory as a form says, and send the browser to where it shows."""
        memory = memory_of(request, verb, "write")
        call = call_of(request)
        if not self._editable:
            raise RefusedError(403, "these pages only read; type: graphmem explore --edit")
        given = parse_qs((await request.body()).decode("utf-8", "replace"))
        form = {name: values[0] for name, values in given.items()}
        if not hmac.compare_digest(form.get("token", "").encode(), self._token(call).encode()):
            raise RefusedError(403, "this form is not of this session; load its page again")
        try:
            path, done = await run_in_threadpool(edit, memory, form)
        except GraphmemError as error:
            return self._wrong(request, memory, error, id_=form.get("id", ""))
        return RedirectResponse(link(path, call.asked, done=done), 303)

    def _page(
        self,
        request: Request,
        memory: Memory,
        template: str,
        shown: Mapping[str, object],
        status: int = 200,
    ) -> Response:
        call = call_of(request)
        grant, scope = call.grant, call.scope
        is_allowed = grant is not None and scope is not None and grant.allows(scope, "write")
        may_edit = self._editable and is_allowed
        frame = {
            "link": lambda path, **query: link(path, call.asked, **query),
            "scope": memory.scope.key,
            "asked_scope": call.asked,
            "may_edit": may_edit,
            "token": self._token(call) if may_edit else "",
            "here": request.url.path,
        }
        return HTMLResponse(filled(template, {**frame, **shown}), status, HEADERS)

    def _wrong(
        self, request: Request, memory: Memory, error: GraphmemError, id_: str = ""
    ) -> Response:
        """Answer with a page that says what is wrong and, where there is one, the way on."""
        status = 404 if isinstance(error, MissingRecordError) else 503 if error.transient else 400
        cascade = id_ if isinstance(error, DependentChangesError) else ""
        shown = {"message": str(error), "cascade": cascade}
        return self._page(request, memory, "wrong.html", shown, status)

    def _token(self, call: Call) -> str:
        """Return what the forms of one grant carry: no page of another site can know it."""
        name = call.grant.name if call.grant else ""
        return hmac.digest(self._secret, name.encode(), "sha256").hex()


def _undo(memory: Memory, form: Mapping[str, str]) -> tuple[str, str]:
    memory.undo(form.get("id", ""), cascade=form.get("cascade") == "yes")
    return "/changes", ""


def _answer(memory: Memory, form: Mapping[str, str]) -> tuple[str, str]:
    return "/review", answer(memory, form.get("id", ""), form.get("key", ""))
