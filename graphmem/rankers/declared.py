"""What the compiled loops over vectors take and return."""

import ctypes


def declare_cosines(loaded: ctypes.CDLL) -> None:
    """Say what the functions of `cosines.c` take; none returns anything."""
    at, whole, real = ctypes.c_void_p, ctypes.c_int64, ctypes.c_double
    loaded.best_of_sentences.argtypes = (at, at, at, whole, at, real, at)
    loaded.best_of_tokens.argtypes = (at, at, at, whole, whole, real, at)
    loaded.code_rows.argtypes = (at, whole, whole, at, at, at)
    loaded.code_products.argtypes = (at, whole, whole, at, at)
    loaded.add_rows.argtypes = (at, whole, whole, real, at)
    loaded.spread_inside.argtypes = (at, at, at, whole, at, whole, at)
    for function in (
        loaded.best_of_sentences, loaded.best_of_tokens, loaded.code_rows, loaded.code_products,
        loaded.add_rows, loaded.spread_inside,
    ):  # fmt: skip
        function.restype = None
