"""A real web server on the test's database, and a browser that is nothing but its cookies."""

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.parse

import psutil
from django.conf import settings
from django.test import Client

from config.embedded.places import CHECKOUT
from organizations.models import Member

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
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [*GUNICORN, "--no-control-socket", "--log-level=critical", f"--bind=127.0.0.1:{self.port}"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, cwd=CHECKOUT, env=os.environ, start_new_session=True, **quiet)

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

    def stop(self) -> None:
        """End it and its workers."""
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


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
