"""A real web server on the test's database, and a browser that is nothing but its cookies."""

import http.client
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse

import psutil
from django.conf import settings
from django.test import Client

from config.embedded.places import CHECKOUT
from organizations.models import Member
from tests import static_files
from tests.ports import free_port

GUNICORN = [
    sys.executable,
    "-m",
    "gunicorn",
    "config.wsgi:application",
    "--config=python:config.gunicorn",
    "--workers=2",
    "--worker-class=gthread",
    "--threads=4",
]
START_SECONDS = 40
CSRF = "a" * 32


class Web:
    """Gunicorn with two workers on a free port of the loopback. Mark the test transactional: it sees committed rows alone."""

    def __init__(self):
        self.port = free_port()
        command = [*GUNICORN, "--no-control-socket", "--log-level=critical", f"--bind=127.0.0.1:{self.port}"]
        static_files.collect()
        self.log = tempfile.TemporaryFile()  # noqa: SIM115  closed by stop
        output = {"stdout": self.log, "stderr": subprocess.STDOUT}
        self.process = subprocess.Popen(command, cwd=CHECKOUT, env=os.environ, start_new_session=True, **output)

    def wait_until_alive(self) -> "Web":
        end = time.monotonic() + START_SECONDS
        while True:
            try:
                Browser(self).post("/accounts/language/", {})
                return self
            except OSError:
                assert self.process.poll() is None and time.monotonic() < end, "the web server did not start"
                time.sleep(0.1)

    def kill_a_worker(self, chance: random.Random) -> bool:
        """End one of the workers as a power cut would; False where none is there just now."""
        workers = psutil.Process(self.process.pid).children()
        if not workers:
            return False
        os.kill(chance.choice(workers).pid, signal.SIGKILL)
        return True

    def said(self) -> str:
        """What its processes wrote, the traceback of every answer of 500 among it."""
        self.log.seek(0)
        return self.log.read().decode(errors="replace")

    def stop(self) -> None:
        """End it and its workers, and tell what it said: pytest shows it where the test failed."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        print(self.said())  # noqa: T201
        self.log.close()


class Browser:
    """Posts forms as one person."""

    def __init__(self, web: Web, member: Member | None = None):
        self.port = web.port
        cookies = {settings.CSRF_COOKIE_NAME: CSRF}
        if member:
            client = Client()
            client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": CSRF,
            "Content-Type": "application/x-www-form-urlencoded",
        }

    def post(self, path: str, fields: dict[str, str]) -> int:
        """The status of the answer. Raises OSError or HTTPException where none came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", path, urllib.parse.urlencode(fields), self.headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()
