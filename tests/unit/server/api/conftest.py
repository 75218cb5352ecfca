"""The whole application, asked by whoever may write Ana's memory."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def api(memories: Any, access: Any) -> Callable[..., Any]:
    from graphmem.server import whole_app
    from tests.server import client_of, grant

    app = whole_app(memories, access)

    def made(*scopes: str, may: Any = "write") -> Any:
        token = access.let_in(grant(*(scopes or ("ana",)), may=may))
        return client_of(app, token, "/api/v1")

    return made
