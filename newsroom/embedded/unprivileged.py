"""Run a command without root's rights: PostgreSQL refuses to work for root.

A script of its own, because a user namespace can only be entered by a process that has a single thread:

    python -I unprivileged.py namespace COMMAND…
    python -I unprivileged.py UID:GID COMMAND…
"""

import os
import sys

NAMESPACE_FORBIDDEN = 71


def enter_namespace() -> None:
    """Become an ordinary user for every program that asks, while files still see their owner, root."""
    os.unshare(os.CLONE_NEWUSER)
    with open("/proc/self/setgroups", "w", encoding="ascii") as file:
        file.write("deny")
    for name in ("uid_map", "gid_map"):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write("1000 0 1")


def become(uid: int, gid: int) -> None:
    os.setgroups([])
    os.setgid(gid)
    os.setuid(uid)


def main(identity: str, *command: str) -> None:
    if identity == "namespace":
        try:
            enter_namespace()
        except (AttributeError, OSError) as error:
            print(error, file=sys.stderr)
            raise SystemExit(NAMESPACE_FORBIDDEN) from error
    else:
        uid, gid = identity.split(":")
        become(int(uid), int(gid))
    os.execv(command[0], command)


if __name__ == "__main__":
    main(*sys.argv[1:])
