"""The static files of a web server that a test starts: its pages name hashed ones, which a fresh clone has not."""

import fcntl
import subprocess
import sys

from config.embedded import local_folder
from config.embedded.places import CHECKOUT

MANIFEST = CHECKOUT / "staticfiles" / "staticfiles.json"


def collect() -> None:
    """Collect them where they are missing or old. One test at a time: the manifest is gone for a moment."""
    with (local_folder("test") / "static.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        newest = max(path.stat().st_mtime for path in (CHECKOUT / "static").rglob("*"))
        if not MANIFEST.exists() or MANIFEST.stat().st_mtime < newest:
            command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
            subprocess.run(command, cwd=CHECKOUT, check=True)
