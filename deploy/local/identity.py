"""Under which user a private server runs: PostgreSQL refuses to run as root.

Nothing here changes the permissions of a folder above the data. Three ways are tried as root, and
the first that reaches both the server's program and its data is taken: the user `nobody`; a user
namespace, which also passes through a folder that only root can enter; `nobody` with the single
capability to pass through folders, for containers that forbid namespaces.
"""

import os
import pwd
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

MAPPED_UID = "1000"


class CannotLeaveRoot(Exception):
    """As root, no way was found to start a server that refuses root."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose rights a started process has: a command prefix, or another user, or neither.

    `owner` is the user id that must own the server's data, None for our own.
    """

    prefix: tuple[str, ...] = ()
    user: int | None = None
    group: int | None = None
    owner: int | None = None

    def start(
        self,
        command: list[str],
        *,
        output: IO[bytes] | int = subprocess.DEVNULL,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a process in a session of its own, so that Ctrl-C reaches only who supervises it."""
        return subprocess.Popen(
            [*self.prefix, *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=folder,
            start_new_session=True,
            user=self.user,
            group=self.group,
            extra_groups=None if self.user is None else [],
        )

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run a command to its end, from a folder that everybody may enter."""
        return subprocess.run(
            [*self.prefix, *command],
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            stdin=subprocess.DEVNULL,
            user=self.user,
            group=self.group,
            extra_groups=None if self.user is None else [],
        )

    def take(self, folder: Path) -> None:
        """Make a folder with all its content the server's own, mode 0700."""
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        if self.owner is None or folder.stat().st_uid == self.owner:
            return
        group = self.group if self.group is not None else -1
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, self.owner, group, follow_symlinks=False)

    def enters(self, folder: Path) -> bool:
        """Whether a process of this identity can pass through to the folder and into it."""
        return self._can(["stat", f"{folder}/."])

    def runs(self, program: Path) -> bool:
        """Whether a process of this identity can run the program.

        PostgreSQL's programs ask for the plain permission, which a capability does not give.
        """
        return self._can(["test", "-x", str(program)]) and self._can([str(program), "--version"])

    def _can(self, command: list[str]) -> bool:
        try:
            return self.run(command).returncode == 0
        except OSError:
            return False


def _ways_out_of_root() -> list[Identity]:
    nobody = pwd.getpwnam("nobody")
    uid, gid = nobody.pw_uid, nobody.pw_gid
    capability = "+dac_override"
    return [
        Identity(user=uid, group=gid, owner=uid),
        Identity(
            prefix=("unshare", "--user", f"--map-user={MAPPED_UID}", f"--map-group={MAPPED_UID}"),
            owner=0,
        ),
        Identity(
            prefix=(
                "setpriv",
                f"--reuid={uid}",
                f"--regid={gid}",
                "--clear-groups",
                f"--inh-caps={capability}",
                f"--ambient-caps={capability}",
            ),
            owner=uid,
        ),
    ]


def identities_for(folder: Path) -> list[Identity]:
    """The identities under which a server that refuses root may keep data in a folder, best first.

    Errors: CannotLeaveRoot when root can neither use another user nor a namespace.
    """
    if os.geteuid() != 0:
        return [Identity()]
    found = [way for way in _ways_out_of_root() if way.enters(folder)]
    if not found:
        raise CannotLeaveRoot(
            "PostgreSQL does not run as root, and another user cannot enter this folder: "
            "run this as an ordinary user, or from a folder that everybody may enter."
        )
    return found
