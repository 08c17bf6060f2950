"""What names a box: a file, or a URL of one."""

from pathlib import Path

from store.errors import StorageTrouble
from store.language import N_

NOT_SQLITE = N_("“{url}” is no place for a box that this program knows.")


def file_of(url: str) -> Path:
    """The file that a URL or path names.

    Raises:
        StorageTrouble: it names another kind of database, or the home of nobody.
    """
    path = url.removeprefix("sqlite:///")
    if "://" in path:
        raise StorageTrouble(NOT_SQLITE, url=url)
    try:
        return Path(path).expanduser()
    except RuntimeError as error:  # ~name, and nobody of that name has a home here
        raise StorageTrouble(NOT_SQLITE, url=url) from error
