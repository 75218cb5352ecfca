"""Values of options taken as they are where nothing is to be converted, without pydantic.

Typer 0.27 and later convert every value with pydantic, whose import takes as long as a search of a
small memory; a text that is wanted as a text needs none of it.
"""

from typing import Any

import typer

_AS_THEY_ARE = (str, list[str])
"""The types whose values the command line gives as they are."""


class AsGiven:
    """Stands for a parameter's own conversion until a value comes that needs it."""

    def __init__(self, parameter: Any) -> None:
        self._parameter = parameter

    def coerce(self, value: Any, *, param: Any, ctx: Any) -> Any:
        """Return the value as the command's function wants it."""
        wanted = param.type_descriptor.annotation
        is_many = param.nargs == -1 or param.multiple
        if value is None:
            return () if is_many else None
        if wanted is str and not is_many and isinstance(value, str):
            return value
        if wanted == list[str] and isinstance(value, tuple | list):
            return list(value)
        if wanted not in _AS_THEY_ARE and not is_many and type(value) is wanted:
            return value  # the default of a number or a switch
        self._parameter._runtime_param = None  # Typer makes its own from here on
        return self._parameter.get_runtime_param().coerce(value, param=param, ctx=ctx)


def take_as_given(command: Any) -> None:
    """Have the parameters of a command, and of its subcommands, take what they are given."""
    help_option = command.get_help_option(typer.Context(command))  # the command keeps it
    for parameter in (*command.params, help_option):
        if getattr(parameter, "_runtime_param", "") is None:  # a Typer that converts this way
            parameter._runtime_param = AsGiven(parameter)
    for below in getattr(command, "commands", {}).values():
        take_as_given(below)
