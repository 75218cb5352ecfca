"""What is derived of a store's texts goes with what is deleted."""

from graphmem.errors import StoreUnavailableError
from graphmem.index_files import IndexFiles


def remove_index(files: IndexFiles) -> None:
    """Remove what was derived of a store's texts. Raises StoreUnavailableError."""
    try:
        files.remove()
    except OSError as error:
        raise StoreUnavailableError(
            f"{files.folder} may still hold what was deleted: {error}; remove it, then type: "
            "graphmem store compact"
        ) from error
