"""How every test runs: on servers of its own, as the role trellis_app, with nothing left over from the test before."""

import os

import hypothesis
import pytest

from tests import chromium, servers

servers.set_environment()

import django  # noqa: E402  the settings read the environment set above
from django.conf import settings  # noqa: E402

from tests import stages  # noqa: E402

LONG = {"long", "worker", "browser"}

hypothesis.settings.register_profile("test", deadline=None, max_examples=50, print_blob=True)
hypothesis.settings.register_profile("proof", deadline=None, max_examples=2000, print_blob=True)
hypothesis.settings.load_profile("test")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item) -> None:
    """Each test on its stage. Browser tests are left out where there is no browser, and said to be; where CI=true that is a failure."""
    stages.FLOOR.stand_on(stage_of(item))
    if item.get_closest_marker("browser") and not chromium.path():
        message = "Chromium is not installed: browser tests were left out (deploy/libraries.sh browser)"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)


def stage_of(item):
    """What is there when this test begins; None for the bare tables, as for all that commit."""
    mark = item.get_closest_marker("django_db")
    commits = (mark and mark.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(item.fixturenames)
    return None if commits else stages.stage_for(set(item.fixturenames))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long is begun first, lest one process works on alone in the end; then stage by stage: a change costs a connection."""

    def place(item) -> tuple[bool, int]:
        return not LONG & {mark.name for mark in item.iter_markers()}, stages.place(stage_of(item))

    items.sort(key=place)


def pytest_configure(config: pytest.Config) -> None:
    """The only place where tests change settings."""
    # With a pool a change of user is ignored, and tests would silently run as the owner.
    del settings.DATABASES["default"]["OPTIONS"]["pool"]
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.CACHES["default"]["KEY_PREFIX"] = servers.DATABASE
    settings.LOGGING["root"]["level"] = "WARNING"
    django.setup()
    for fixtures in ("tests.cast", "tests.standing", "tests.demo"):
        config.pluginmanager.import_plugin(fixtures)  # only now: they import models


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """A parallel worker that inherited this would read the settings, and this process's database, before our set_environment."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Instead of Django's own test databases: a copy of the migrated template."""
    from django.db import connections
    from django.test import TransactionTestCase

    with django_db_blocker.unblock(), servers.database():
        stages.FLOOR.open(django_db_blocker)
        kept = set(servers.filled_tables())

        def empty_tables(self) -> None:
            servers.empty([table for table in servers.filled_tables() if table not in kept])

        TransactionTestCase._fixture_teardown = empty_tables
        servers.forget_jobs_and_cache()
        yield
        stages.FLOOR.clear()
        connections.close_all()


@pytest.fixture(autouse=True)
def _in_nobodys_language():
    """A page speaks the language and the time zone of who asked, and the thread goes on in them: no test inherits them."""
    from django.utils import timezone, translation

    translation.deactivate()
    timezone.deactivate()


@pytest.fixture(autouse=True)
def _as_the_application(request):
    """A test of the database that runs as anybody else proves nothing about row security."""
    from config.celery import app

    marked = request.node.get_closest_marker("django_db") or {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if marked:
        request.getfixturevalue("_django_db_helper")
        servers.forget_jobs_and_cache()
        servers.forget_files()
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            assert cursor.fetchone() == ("trellis_app",)
    yield
    assert not app.conf.task_always_eager, "Eager jobs hide mistakes of tenant and transaction; use run_jobs or a real worker"


@pytest.fixture
def run_jobs():
    """`run_jobs()` runs what waits for the commit, and every queued job, in this process; answers their names."""
    from tests.jobs import run_waiting_jobs

    return run_waiting_jobs


@pytest.fixture
def start_worker(transactional_db):
    """`start_worker()` starts a real worker process and waits until it is alive; it ends with the test."""
    from tests.jobs import Worker

    started = []

    def start(*arguments: str) -> Worker:
        started.append(Worker(*arguments))
        return started[-1].wait_until_alive()

    yield start
    for worker in started:
        worker.stop()
