"""Files that hold a person's life: made anew and private, and put in place whole or not at all."""

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from disconnect.errors import DisconnectError

_NAMELESS = getattr(os, "O_TMPFILE", 0)
"""Linux makes a file without a name: a killed process leaves nothing of it behind."""
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NOT_NAMELESS = {errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL}
"""How file systems say that they cannot make a file without a name."""


@contextlib.contextmanager
def fresh(path: Path) -> Iterator[BinaryIO]:
    """Open a new file (0600) that takes its place when everything is written.

    Others may be able to write to the folder: whatever stands there is neither followed nor
    written into. A file of one's own is replaced by the new one, never reused; a link, another
    user's file and what is no file are refused. When the block raises, nothing has changed.

    Raises:
        DisconnectError: Something stands there that must not be replaced.
        OSError: It cannot be written there.
    """
    refuse_what_stands_there(path)
    handle, draft = _opened(path)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(handle)
            _put_in_place(handle, draft, path)
            draft = None
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)


def refuse_what_stands_there(path: Path) -> None:
    """Refuse to take the place of a link, of another user's file, or of what is no file.

    Raises:
        DisconnectError: One stands there; it says what to do.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return
    except OSError as error:
        raise DisconnectError(f"cannot write {path}: {error.strerror}") from error
    if stat.S_ISLNK(found.st_mode):
        raise DisconnectError(f"{path} is a link, and links are not followed; name another file")
    if not stat.S_ISREG(found.st_mode):
        raise DisconnectError(f"{path} is not a file; name another one")
    if hasattr(os, "geteuid") and found.st_uid != os.geteuid():
        raise DisconnectError(f"{path} belongs to another user; name another file")


def put_in_place(draft: Path, path: Path) -> None:
    """Let a private file of ours that is finished take a place, on whatever disk that is.

    Raises:
        DisconnectError: Something stands there that must not be replaced.
        OSError: It cannot be written there.
    """
    refuse_what_stands_there(path)
    try:
        draft.replace(path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        import shutil  # its archive formats cost the background process a megabyte

        with fresh(path) as target, draft.open("rb") as source:
            shutil.copyfileobj(source, target, 1 << 20)
        draft.unlink()


def new_name(path: Path) -> Path:
    """Return a hidden name beside a file that nobody can guess and take first."""
    return path.with_name(f".{path.name[:80]}.{secrets.token_hex(8)}.draft")


def made(path: Path) -> int:
    """Make a new private file (0600) and return its descriptor; it must not be there yet.

    Raises:
        FileExistsError: Something stands there, be it a link into nowhere.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o600)
    if hasattr(os, "fchmod"):
        os.fchmod(handle, 0o600)  # whatever the umask took away
    return handle


def _opened(path: Path) -> tuple[int, Path | None]:
    """Open a file without a name in the folder; where there is no such thing, a hidden one."""
    if _NAMELESS:
        try:
            handle = os.open(path.parent, os.O_RDWR | _NAMELESS, 0o600)
        except OSError as error:
            if error.errno not in _NOT_NAMELESS or not path.parent.is_dir():
                raise
        else:
            os.fchmod(handle, 0o600)
            return handle, None
    draft = new_name(path)
    return made(draft), draft


def _put_in_place(handle: int, draft: Path | None, path: Path) -> None:
    if draft is None:
        with contextlib.suppress(FileExistsError):
            _name(handle, path)
            return
        draft = new_name(path)
        _name(handle, draft)
    try:
        refuse_what_stands_there(path)
        draft.replace(path)
    except (OSError, DisconnectError):
        draft.unlink(missing_ok=True)
        raise
    if not os.path.samestat(path.lstat(), os.fstat(handle)):
        # In a folder without the sticky bit others may move files that are not theirs.
        raise DisconnectError(f"somebody else changes {path.parent} meanwhile; name another folder")


def _name(handle: int, path: Path) -> None:
    """Give a file without a name one that is not taken yet."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:  # with a folder's descriptor Python asks for `linkat`, which follows /proc to the file
        os.link(f"/proc/self/fd/{handle}", path.name, dst_dir_fd=folder, follow_symlinks=True)
    finally:
        os.close(folder)
