"""The embedded servers of a checkout, on a checkout of their own in a folder with a space."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config.embedded.places import CHECKOUT

SCRIPT = """
import sys
from config import embedded
import psycopg, redis
embedded.start("test")
with psycopg.connect(embedded.address("app")) as connection:
    print(connection.execute("SELECT current_user, show_trgm('培训') <> '{}', lower('Å')").fetchone())
    print(connection.execute("SELECT rolname, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname LIKE 'trellis%' ORDER BY 1").fetchall())
print(redis.Redis.from_url(embedded.address("redis")).ping())
"""


pytestmark = pytest.mark.long


@pytest.fixture
def checkout(tmp_path):
    """A copy of what the servers need, where the servers' own user may not look (as in a private home)."""
    folder = tmp_path / "a private' folder"
    for name in ("config", "organizations"):
        shutil.copytree(CHECKOUT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    tmp_path.chmod(0o700)
    yield folder
    run(folder, 'from config import embedded; embedded.stop("test")')
    key = run(folder, "from config.embedded.places import KEY; print(KEY)").stdout.strip()
    shutil.rmtree(f"/var/lib/trellis-{key}", ignore_errors=True)


def run(folder, script: str) -> subprocess.CompletedProcess:
    environment = {"PATH": os.environ["PATH"], "TRELLIS_CLUSTER": "test", "PYTHONPATH": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", script], cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def test_the_servers_start_in_any_folder_with_every_role_and_end_when_told(checkout):
    expected = [
        "('trellis_app', True, 'å')",
        "[('trellis_app', False, True), ('trellis_lookup', False, False), "
        "('trellis_maintenance', True, True), ('trellis_owner', False, True)]",
        "True",
    ]
    started = run(checkout, SCRIPT)
    again = run(checkout, SCRIPT)
    stopped = run(checkout, 'from config import embedded; embedded.stop("test"); embedded.stop("test"); print(embedded.running("test"))')

    assert (started.stdout.splitlines(), started.stderr) == (expected, "")
    assert again.stdout.splitlines() == expected
    assert (stopped.stdout, stopped.stderr) == ("False\n", "")
    assert (checkout.parent.stat().st_mode & 0o777) == 0o700


@pytest.mark.proof
def test_servers_whose_data_was_deleted_make_way_for_new_ones(checkout):
    first = run(checkout, SCRIPT)
    key = run(checkout, "from config.embedded.places import KEY; print(KEY)").stdout.strip()
    for folder in (checkout / ".trellis/test", Path("/var/lib") / f"trellis-{key}/test"):
        shutil.rmtree(folder, ignore_errors=True)

    again = run(checkout, SCRIPT)

    assert (again.stdout, again.stderr) == (first.stdout, "")
    assert len(first.stdout.splitlines()) == 3


def test_the_key_of_a_checkout_is_made_once_and_for_its_owner_alone(checkout):
    first, second = (run(checkout, "from config import embedded; print(embedded.local_secret())").stdout for _ in range(2))

    assert len(first.strip()) >= 64
    assert first == second
    assert ((checkout / ".trellis" / "secret").stat().st_mode & 0o777) == 0o600


@pytest.mark.parametrize("made_up", ["local_secret()", "address('app')", "address('redis')", "folder('media')", "mail_address()"])
def test_nothing_is_made_up_in_production(made_up):
    environment = {"PATH": os.environ["PATH"], "TRELLIS_ENV": "production", "PYTHONPATH": str(CHECKOUT)}
    script = f"from config import embedded; embedded.{made_up}"
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("is not set; see docs/operations.md")
