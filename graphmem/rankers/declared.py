"""What the compiled loops over vectors take and return."""

import ctypes


def declare_cosines(loaded: ctypes.CDLL) -> None:
    """Say what the functions of `cosines.c` take; none returns anything."""
    at, whole, real = ctypes.c_void_p, ctypes.c_int64, ctypes.c_double
    loaded.best_of_sentences.argtypes = (at, at, at, whole, at, real, at)
    loaded.best_of_tokens.argtypes = (at, at, at, whole, whole, at, real, at)
    for function in (loaded.best_of_sentences, loaded.best_of_tokens):
        function.restype = None
