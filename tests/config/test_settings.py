"""The settings: refused where unsafe, listed where known, harmless to import."""

import os
import re
import subprocess
import sys

import pytest

from config import env
from config.embedded.places import CHECKOUT

PRODUCTION = {
    "PATH": os.environ["PATH"],
    "TRELLIS_ENV": "production",
    "DATABASE_URL": "postgres://trellis_app:x@db.invalid:5432/trellis",
    "REDIS_URL": "redis://:x@valkey.invalid:6379/0",
    "TRELLIS_SECRET_KEY": "s" * 50,
    "TRELLIS_ALLOWED_HOSTS": "trellis.example.com",
    "TRELLIS_EMAIL_URL": "smtp+tls://user:password@mail.example.com:587",
    "TRELLIS_MEDIA_ROOT": "/srv/media",
}


def run(script: str, environment: dict[str, str]) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-c", script], cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"DATABASE_URL": None}, "DATABASE_URL is not set; see docs/operations.md"),
        ({"REDIS_URL": None}, "REDIS_URL is not set; see docs/operations.md"),
        ({"TRELLIS_SECRET_KEY": None}, "TRELLIS_SECRET_KEY is not set; see docs/operations.md"),
        ({"TRELLIS_EMAIL_URL": None}, "TRELLIS_EMAIL_URL is not set; see docs/operations.md"),
        ({"TRELLIS_MEDIA_ROOT": None}, "TRELLIS_MEDIA_ROOT is not set; see docs/operations.md"),
        (
            {"TRELLIS_SECRET_KEY": "short"},
            "Set TRELLIS_SECRET_KEY (50 characters or more) and TRELLIS_ALLOWED_HOSTS; see docs/operations.md",
        ),
        (
            {"TRELLIS_ALLOWED_HOSTS": "*"},
            "Set TRELLIS_SECRET_KEY (50 characters or more) and TRELLIS_ALLOWED_HOSTS; see docs/operations.md",
        ),
        ({"TRELLIS_SECRET_KEYS": "misspelled"}, "Unknown settings: TRELLIS_SECRET_KEYS; see docs/operations.md"),
    ],
)
def test_production_with_a_setting_missing_or_unsafe_stops_with_one_line(changed, said):
    environment = {name: value for name, value in (PRODUCTION | changed).items() if value is not None}

    refused = run("import config.wsgi", environment)

    assert (refused.returncode, refused.stderr) == (1, said + "\n")


MANAGE = "import sys, manage; sys.argv = ['manage.py', 'check', '--verbosity=0']; manage.main()"


@pytest.mark.parametrize("script", ["import config.wsgi", "import config.celery", MANAGE])
def test_every_process_starts_with_a_whole_environment_and_says_in_one_line_what_is_missing(script):
    whole = run(script, PRODUCTION)
    refused = run(script, {name: value for name, value in PRODUCTION.items() if name != "REDIS_URL"})

    assert (whole.returncode, whole.stderr) == (0, "")
    assert (refused.returncode, refused.stderr) == (1, "REDIS_URL is not set; see docs/operations.md\n")


def test_a_secret_may_come_from_a_file(tmp_path):
    (tmp_path / "key").write_text("f" * 60 + "\n")
    environment = {**PRODUCTION, "TRELLIS_SECRET_KEY_FILE": str(tmp_path / "key")}
    del environment["TRELLIS_SECRET_KEY"]

    done = run("from config import settings; print(settings.SECRET_KEY)", environment)

    assert (done.stdout, done.stderr) == ("f" * 60 + "\n", "")


def test_loading_the_site_opens_no_connection():
    script = """
import socket
def refuse(*arguments): raise AssertionError(f"connects while loading: {arguments}")
socket.socket.connect = refuse
import psycopg
psycopg.connect = psycopg.Connection.connect = refuse
import config.wsgi
from django.db import connections
from django.urls import get_resolver
get_resolver().url_patterns
assert connections.all(initialized_only=True) == [] or all(c.connection is None for c in connections.all(initialized_only=True))
"""
    done = run(script, PRODUCTION)

    assert (done.returncode, done.stderr) == (0, "")


def test_every_setting_is_documented_and_every_documented_setting_exists():
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", (CHECKOUT / "docs/operations.md").read_text(), re.MULTILINE))

    assert documented == env.known_names() | {"DEMO_PORT"}


def test_a_socket_of_the_broker_is_spelled_as_celery_wants_it():
    assert env.broker("unix:///tmp/a/valkey.sock?db=7") == "redis+socket:///tmp/a/valkey.sock?virtual_host=7"
    assert env.broker("redis://:secret@host:6379/1") == "redis://:secret@host:6379/1"


def test_a_database_address_keeps_its_options_and_its_socket():
    found = env.database("postgres://trellis_app:p%40ss@/trellis?host=%2Ftmp%2Fa%20b&sslmode=require", options="-c x=1")

    assert (found["USER"], found["PASSWORD"], found["HOST"], found["NAME"]) == ("trellis_app", "p@ss", "/tmp/a b", "trellis")
    assert found["OPTIONS"] == {"sslmode": "require", "options": "-c x=1"}
