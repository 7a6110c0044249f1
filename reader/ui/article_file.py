"""Writes an article to a new file; never overwrites one."""

from collections.abc import Iterator
from contextlib import ExitStack
from errno import EEXIST, ENOTDIR
from pathlib import Path

import platformdirs

from reader.errors import ReaderError, Reason, os_reason, reason
from reader.model import Article
from reader.text.rendering import Form, as_text, form_of
from reader.ui import wording

_MAX_SAME_NAMES = 1000


def default_folder() -> Path:
    """Return the folder for documents if there is one, else the home folder."""
    documents = platformdirs.user_documents_path()
    return documents if documents.is_dir() else Path.home()


def shown_path(path: Path) -> str:
    """Return a path as it is typed, with `~` for the home folder."""
    home = Path.home()
    return str("~" / path.relative_to(home)) if path.is_relative_to(home) else str(path)


def typed_path(text: str) -> Path:
    """Return the typed path; a relative one is relative to the default folder.

    Raises ReaderError if the suffix of the name is not that of a known format.
    """
    if form_of(text) is None:
        raise ReaderError("export_ending")
    return typed_folder(text)


def typed_folder(text: str) -> Path:
    """Return the typed path of a folder; a relative one is relative to the default folder.

    Raises ReaderError if it is in the home folder of a user who does not exist.
    """
    try:
        return default_folder() / Path(text).expanduser()
    except RuntimeError as error:
        raise _failed(Path(text), reason("no_home")) from error


def is_folder(path: Path) -> bool:
    """Tell whether a folder is there; raises ReaderError where it cannot be looked up."""
    try:
        return path.is_dir()
    except (OSError, ValueError) as error:
        raise _failed(path, reason("text", text=error)) from error


def make_folder(path: Path) -> None:
    """Make a folder, and those that contain it, where they do not exist; raises ReaderError."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise _failed(path, reason("os", errno=ENOTDIR)) from error
    except (OSError, ValueError) as error:
        cause = os_reason(error) if isinstance(error, OSError) else reason("text", text=error)
        raise _failed(path, cause) from error


def free_path(path: Path) -> Path:
    """Return `path`, or the first unused one of `name-2`, `name-3`; raises ReaderError."""
    try:
        return next(each for each in _names(path) if not each.exists())
    except OSError as error:
        raise _failed(path, os_reason(error)) from error
    except (StopIteration, ValueError) as error:
        raise _failed(path, reason("text", text=error)) from error


def write_new(path: Path, article: Article, source: str = "") -> Path:
    """Write the article in the format of the suffix, and return its path; raises ReaderError.

    `source` is the feed that brought it, if it is not from the site.
    """
    form: Form = form_of(path.name) or "plain"
    text = as_text(article, form, wording.language(), source)
    for _ in range(_MAX_SAME_NAMES):
        free = free_path(path)
        try:
            # This fails if another program created the file meanwhile.
            with free.open("x", encoding="utf-8") as file, ExitStack() as unless_written:
                unless_written.callback(free.unlink, missing_ok=True)
                file.write(text)
                file.flush()
                unless_written.pop_all()
        except FileExistsError:
            continue
        except OSError as error:
            raise _failed(free, os_reason(error)) from error
        return free
    raise _failed(path, reason("os", errno=EEXIST))


def _names(path: Path) -> Iterator[Path]:
    yield path
    for number in range(2, _MAX_SAME_NAMES):
        yield path.with_name(f"{path.stem}-{number}{path.suffix}")


def _failed(path: Path, cause: Reason) -> ReaderError:
    return ReaderError("export_failed", path=shown_path(path), cause=cause)
