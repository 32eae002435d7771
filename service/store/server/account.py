"""The system account that the embedded database runs as for root; it must widen nobody else's rights.

PostgreSQL refuses to run as root. Its account gets the right to pass through the folders above the data and
above the programs, by an access control entry of its own: not to list them, and nobody else is let in.
The layout of such entries is that of Linux (include/uapi/linux/posix_acl_xattr.h).
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import struct
import subprocess
from dataclasses import dataclass
from functools import reduce
from operator import or_
from pathlib import Path

NAME = "gipfelbuch"
ATTRIBUTE = "system.posix_acl_access"
VERSION = struct.pack("<I", 2)
ENTRY = struct.Struct("<HHI")
OWNER, USER, GROUP, NAMED_GROUP, MASK, OTHERS = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
MASKED = (USER, GROUP, NAMED_GROUP)
NOBODY = 0xFFFFFFFF
PASS = 1
ALL = 7


@dataclass(frozen=True)
class Account:
    """A system user by its numbers."""

    uid: int
    gid: int


def own_account() -> Account | None:
    """The account to start the database as, made if it is missing; none where we are not root.

    Raises `OSError` where no account can be made.
    """
    if os.geteuid() != 0:
        return None
    try:
        found = pwd.getpwnam(NAME)
    except KeyError:
        _add()
        found = pwd.getpwnam(NAME)
    return Account(found.pw_uid, found.pw_gid)


def _add() -> None:
    useradd = shutil.which("useradd", path=os.defpath + ":/usr/sbin:/sbin")
    if useradd is None:
        raise OSError("PostgreSQL does not run as root, and there is no useradd to make an account for it")
    arguments = ["--system", "--user-group", "--no-create-home", "--home-dir", "/", "--shell", "/bin/false"]
    done = subprocess.run([useradd, *arguments, NAME], capture_output=True, text=True, check=False)
    # 9: the name is taken, by another run that was faster
    if done.returncode not in (0, 9):
        raise OSError(f"PostgreSQL does not run as root, and {done.stderr.strip()}")


def let_through(account: Account, path: Path) -> None:
    """Let the account pass through the folders above a path. Raises `OSError` with the folder's name."""
    for folder in reversed(path.resolve().parents):
        status = folder.stat()
        if not status.st_mode & stat.S_IXOTH and status.st_uid != account.uid:
            _let_pass(account, folder)


def _let_pass(account: Account, folder: Path) -> None:
    entries = _entries(folder)
    bound = entries.pop((MASK, NOBODY), ALL)
    if entries.get((USER, account.uid), 0) & bound & PASS:
        return
    # the mask, which chmod narrows, bounds all but owner and others: what it took away stays away
    entries = {(tag, who): may & bound if tag in MASKED else may for (tag, who), may in entries.items()}
    entries[USER, account.uid] = PASS
    entries[MASK, NOBODY] = reduce(or_, (may for (tag, _), may in entries.items() if tag in MASKED))
    packed = [ENTRY.pack(tag, may, who) for (tag, who), may in sorted(entries.items())]
    os.setxattr(folder, ATTRIBUTE, VERSION + b"".join(packed))


def _entries(folder: Path) -> dict[tuple[int, int], int]:
    """What each may, by tag and number; without such entries, what the mode says."""
    try:
        held = os.getxattr(folder, ATTRIBUTE)
    except OSError:
        mode = folder.stat().st_mode
        return {
            (OWNER, NOBODY): mode >> 6 & ALL,
            (GROUP, NOBODY): mode >> 3 & ALL,
            (OTHERS, NOBODY): mode & ALL,
        }
    return {(tag, who): may for tag, may, who in ENTRY.iter_unpack(held[len(VERSION) :])}


def let_read(folder: Path) -> None:
    """Let everybody read and run what lies in a folder of programs, for an install under a closed umask."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if mode & stat.S_IXUSR else 0))
