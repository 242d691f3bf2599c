"""`make demo`: the whole product on this machine."""

import json
import os
import signal
import socket
import time
import urllib.error
import urllib.request

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from config import embedded
from config.supervisor import Supervisor
from organizations.models import Organization

READY_SECONDS = 60


class Command(BaseCommand):
    help = "Starts embedded servers, web, worker and beat with demo data, and ends them all with Ctrl-C. DEMO_PORT moves it."
    requires_system_checks = []

    def handle(self, *args, **options):
        if embedded.in_production():
            raise CommandError("The demo does not run with TRELLIS_ENV=production.")
        port = self._free_port()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        supervisor = Supervisor(port, os.environ | {"TRELLIS_PUBLIC_URL": f"http://localhost:{port}", "TRELLIS_CLUSTER": "demo"})
        try:
            self._prepare()
            supervisor.start()
            self._wait_until_ready(port, supervisor)
            self._announce(port)
            while not supervisor.ended():
                time.sleep(0.5)
            raise CommandError(f"{', '.join(supervisor.ended())} ended by itself; see .trellis/demo/logs/")
        except KeyboardInterrupt:
            self.stdout.write("\nStopping …")
        finally:
            # A second Ctrl-C must not leave half of it running.
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            supervisor.stop()
            embedded.stop("demo")
            self.stdout.write("Stopped. The data is kept: make demo goes on, make demo-reset begins again.")

    @staticmethod
    def _stop(_number, _frame):
        raise KeyboardInterrupt

    @staticmethod
    def _free_port() -> int:
        value = os.environ.get("DEMO_PORT") or "8000"
        if not value.isdigit() or not 0 < int(value) < 65536:
            raise CommandError(f"DEMO_PORT is {value}; it must be a number up to 65535.")
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", int(value)))
            except OSError as error:
                raise CommandError(f"Port {value} is in use. Choose another: DEMO_PORT={int(value) + 1} make demo") from error
        return int(value)

    def _prepare(self) -> None:
        self.stdout.write("Starting PostgreSQL and Valkey …")
        embedded.start("demo")
        self.stdout.write("Bringing the database up to date …")
        call_command("migrate", verbosity=0, interactive=False)
        self._collect_static()
        if not Organization.objects.exists():
            self.stdout.write("Making demo data …")
            call_command("seed_demo")
        connection.close()
        connection.close_pool()

    @staticmethod
    def _collect_static() -> None:
        """Only after a change: naming and compressing every file takes seconds."""
        files = sorted(path for path in (settings.BASE_DIR / "static").rglob("*") if path.is_file())
        state = repr([(str(path), path.stat().st_mtime_ns) for path in files])
        known = embedded.local_folder("demo") / "static.txt"
        made = settings.STATIC_ROOT / "staticfiles.json"
        if not (made.exists() and known.exists() and known.read_text() == state):
            call_command("collectstatic", interactive=False, verbosity=0)
            known.write_text(state)

    @staticmethod
    def _wait_until_ready(port: int, supervisor: Supervisor) -> None:
        end = time.monotonic() + READY_SECONDS
        reasons = ["web"]
        while time.monotonic() < end and not supervisor.ended():
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10):
                    return
            except urllib.error.HTTPError as error:
                reasons = json.load(error)["reasons"] if error.code == 503 else [f"web ({error.code})"]
            except OSError:
                pass
            time.sleep(0.2)
        raise CommandError(f"Not ready: {', '.join(supervisor.ended() or reasons)}; see .trellis/demo/logs/")

    def _announce(self, port: int) -> None:
        self.stdout.write("")
        call_command("demo_accounts", stdout=self.stdout)
        connection.close()
        connection.close_pool()
        self.stdout.write(f"\nTrellis runs at http://localhost:{port}")
        self.stdout.write("Ctrl-C ends it. Mails are in .trellis/demo/mail, logs in .trellis/demo/logs.")
        self.stdout.flush()
