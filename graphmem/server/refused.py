"""RefusedError: what a caller may not have, with the status and the cure that it is told."""

from typing import Any

from starlette.responses import JSONResponse


class RefusedError(Exception):
    """Raised when a request is refused; the answer says what would do."""

    def __init__(self, status: int, message: str, *, kind: str = "Refused", wait: int = 0) -> None:
        super().__init__(message)
        self.status, self.message, self.kind, self.wait = status, message, kind, wait

    def response(self) -> JSONResponse:
        """Return the answer: `{"error": {"type", "message"}}`, as the command line's `--json`."""
        headers = {}
        if self.status == 401:
            headers["WWW-Authenticate"] = 'Bearer realm="graphmem"'
        if self.wait:
            headers["Retry-After"] = str(self.wait)
        return JSONResponse(error_body(self.kind, self.message), self.status, headers)


def error_body(kind: str, message: str) -> dict[str, Any]:
    """Return an error as the body of an answer."""
    return {"error": {"type": kind, "message": message}}
