"""docker-compose.yml cannot rot: each service's own command runs here with its own environment, on the embedded servers."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg
import pytest
import yaml

from config.embedded import valkey
from config.embedded.places import CHECKOUT
from tests import servers, static_files
from tests.ports import free_port

pytestmark = pytest.mark.long
COMPOSE = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
OURS = ("migrate", "web", "worker", "beat")
DATABASE = f"compose_{servers.SLOT}"
HOST = "trellis.example.com"
START_SECONDS = 120  # a machine with other work
FILLED = {
    "TRELLIS_ALLOWED_HOSTS": HOST,
    "TRELLIS_PUBLIC_URL": f"https://{HOST}",
    "TRELLIS_EMAIL_URL": "smtp+tls://user:password@mail.example.com:587",
    "TRELLIS_FROM_EMAIL": "Trellis <noreply@example.com>",
    "TRELLIS_SECRET_KEY": "k" * 64,
    **{f"TRELLIS_{role}_PASSWORD": f"{role.lower()}-secret" for role in ("ADMIN", "OWNER", "APP", "MAINTENANCE", "VALKEY")},
}


def filled(value: str) -> str:
    """The value with ${NAME} and ${NAME:?…} filled in as docker compose does."""
    return re.sub(r"\$\{(\w+)(?::[?-]([^}]*))?\}", lambda match: FILLED.get(match[1], match[2] or ""), value)


def on_embedded_servers(value: str) -> str:
    """The same user, password and kind of address, on this machine's sockets; the database is one of this test's own."""
    parts = urlsplit(value)
    if parts.hostname == "db":
        database = "postgres" if parts.path == "/postgres" else DATABASE
        return f"postgres://{parts.username}:{parts.password}@/{database}?host={quote(str(servers.CLUSTER.sockets), safe='')}"
    if parts.hostname == "valkey":
        return f"unix://{quote(valkey.socket(servers.CLUSTER))}?db={servers.SLOT}"
    return value


def environment_of(service: str, media: Path) -> dict[str, str]:
    given = {name: on_embedded_servers(filled(value)) for name, value in COMPOSE["services"][service]["environment"].items()}
    programs = Path(sys.executable).parent
    return given | {"PATH": f"{programs}:{os.environ['PATH']}", "TRELLIS_MEDIA_ROOT": str(media)}


def test_each_service_has_what_it_needs_and_nothing_more():
    services = COMPOSE["services"]

    assert set(services) == {"db", "valkey", "proxy", *OURS}
    assert (services["db"]["image"], services["valkey"]["image"]) == ("postgres:18", "valkey/valkey:9")
    assert all("healthcheck" in services[name] for name in ("db", "valkey", "web"))
    powerful = {"TRELLIS_OWNER_DATABASE_URL", "TRELLIS_MAINTENANCE_DATABASE_URL", "TRELLIS_ADMIN_DATABASE_URL"}
    assert {name: powerful & set(services[name]["environment"]) for name in OURS} == {
        "migrate": powerful,
        "web": set(),
        "worker": set(),
        "beat": set(),
    }
    assert {name for name, service in services.items() if "ports" in service} == {"proxy"}


def test_the_example_names_every_variable_that_has_no_default():
    example = set(re.findall(r"^(\w+)=", (CHECKOUT / "deploy/env.example").read_text(), re.MULTILINE))
    asked = re.findall(r"(?<!\$)\$\{(\w+)(:-)?", (CHECKOUT / "docker-compose.yml").read_text())
    optional = {name for name, default in asked if default}

    assert example == {name for name, _default in asked} - optional
    assert example == set(FILLED)


@pytest.fixture
def site(django_db_setup, tmp_path):
    """The four services, started in the order compose starts them; yields a function that asks the running site."""
    started = []
    port = free_port()

    def start(service: str) -> subprocess.Popen:
        command = [part.replace("$$", "$").replace("0.0.0.0:8000", f"127.0.0.1:{port}") for part in COMPOSE["services"][service]["command"]]
        environment = environment_of(service, tmp_path)
        process = subprocess.Popen(command, cwd=CHECKOUT, env=environment, start_new_session=True, stdout=subprocess.DEVNULL)
        started.append(process)
        return process

    def ask(path: str) -> tuple[int, str, str]:
        headers = {"Host": HOST, "X-Forwarded-Proto": "https"}
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return response.status, response.read().decode(), response.headers.get("Set-Cookie", "")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), ""
        except OSError as error:
            return 0, str(error), ""

    servers.forget_jobs_and_cache()
    assert start("migrate").wait() == 0
    for service in ("web", "worker", "beat"):
        start(service)
    yield ask
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    for process in started:
        process.wait(60)
    with servers.superuser("postgres") as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")


def test_the_services_as_they_stand_make_a_site_that_is_alive(site):
    static_files.collect()
    end = time.monotonic() + START_SECONDS
    while (answer := site("/healthz"))[0] != 200 and time.monotonic() < end:
        time.sleep(0.2)

    assert answer == (200, '{"status": "ok"}', "")
    status, page, cookie = site("/accounts/login/")
    assert (status, "<form" in page) == (200, True)
    assert re.match(r"__Host-csrftoken=\w+;.* Secure", cookie)


def test_prepare_database_makes_what_the_product_may_rely_on(django_db_setup, tmp_path):
    environment = environment_of("migrate", tmp_path)
    command = [sys.executable, "manage.py", "prepare_database"]
    try:
        for _twice in range(2):
            subprocess.run(command, cwd=CHECKOUT, env=environment, check=True, stdout=subprocess.DEVNULL)
        printed = subprocess.run([*command, "--print"], cwd=CHECKOUT, env=environment, check=True, capture_output=True, text=True).stdout
        with servers.superuser(DATABASE) as connection:
            locale = connection.execute(
                "SELECT datlocprovider, datlocale, datctype, pg_get_userbyid(datdba) FROM pg_database WHERE datname = current_database()"
            ).fetchone()
            members = connection.execute(
                "SELECT roleid::regrole::text, inherit_option, set_option FROM pg_auth_members WHERE member = 'trellis_owner'::regrole"
            ).fetchall()
        with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
            refused = []
            for statement in (
                "CREATE TABLE mine (id int)",
                "CREATE TEMP TABLE mine (id int)",
                "SELECT lo_create(0)",
                "SET ROLE trellis_owner",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(statement)
                refused.append(statement)
    finally:
        with servers.superuser("postgres") as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")

    assert locale == ("b", "C.UTF-8", "C.UTF-8", "trellis_owner")
    assert members == [("trellis_lookup", False, True)]
    assert len(refused) == 4
    assert "secret" not in printed
    assert "CREATE ROLE trellis_maintenance LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS;" in printed.splitlines()


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed: deploy/nginx.conf was not tried")
def test_the_proxys_file_is_understood_by_nginx(tmp_path):
    openssl = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={HOST}"]
    subprocess.run(
        [*openssl, "-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem"], check=True, capture_output=True, cwd=tmp_path
    )
    text = (CHECKOUT / "deploy/nginx.conf").read_text().replace("/etc/nginx/tls", str(tmp_path))
    version = re.search(r"nginx/(\d+)\.(\d+)", subprocess.run(["nginx", "-v"], capture_output=True, text=True, check=True).stderr)
    if (int(version[1]), int(version[2])) < (1, 25):
        text = text.replace("http2 on;", "").replace("listen 443 ssl", "listen 443 ssl http2")
    (tmp_path / "nginx.conf").write_text(text)

    done = subprocess.run(["nginx", "-t", "-c", tmp_path / "nginx.conf", "-p", tmp_path], capture_output=True, text=True, check=False)

    assert "syntax is ok" in done.stderr, done.stderr
