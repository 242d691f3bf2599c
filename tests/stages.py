"""What most tests begin with, made once: a database for each stage, kept in the test server and copied for each process.

A stage bears the name of the fixture that hands it to the test. A test stands on the last stage that one of its fixtures names, in a
transaction of its own that is rolled back; tests that commit stand on the bare tables.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest
from django.db import connection

from tests import servers

# Whatever may change what a stage holds. Templates of pages and tests of single screens are none of it.
SOURCES = (
    "config",
    "organizations",
    "notifications",
    "documents",
    "programs",
    "mentorship",
    "effectiveness",
    "projects",
    "assessments",
    "tests/factories",
)
NOT_CODE = {".pyc", ".po", ".mo"}
KEPT = 2


@dataclass(frozen=True)
class Stage:
    """Rows that are there when a test begins, on top of those of another stage."""

    name: str
    base: "Stage | None"
    make: Callable[[], None]

    def line(self) -> "tuple[Stage, ...]":
        """The stage and those below it."""
        return (self, *(self.base.line() if self.base else ()))

    @property
    def database(self) -> str:
        """This process's copy."""
        return f"{servers.DATABASE}_{self.name}"


def _cast() -> None:
    from tests.cast import make_cast

    make_cast()


def _draft() -> None:
    from organizations.tenancy import tenant
    from tests.cast import cast_as_it_stands
    from tests.factories.programs import builtin_draft

    cast = cast_as_it_stands()
    with tenant(cast.organization.pk):
        builtin_draft(cast)


def _published() -> None:
    from organizations.tenancy import tenant
    from programs.actions.publish_version import publish_version
    from programs.models import TemplateVersion
    from tests.cast import cast_as_it_stands

    cast = cast_as_it_stands()
    with tenant(cast.organization.pk):
        publish_version(TemplateVersion.objects.get(), by=cast.director)


def _enrolled() -> None:
    from organizations.tenancy import tenant
    from tests.cast import cast_as_it_stands
    from tests.factories.programs import enroll_cast

    cast = cast_as_it_stands()
    with tenant(cast.organization.pk):
        enroll_cast(cast)


def _demo_data() -> None:
    from config.demo import seed

    seed.seed(lambda line: None)


CAST = Stage("cast", None, _cast)
DRAFT = Stage("draft", CAST, _draft)
PUBLISHED = Stage("published", DRAFT, _published)
ENROLLED = Stage("enrolled", CAST, _enrolled)
DEMO_DATA = Stage("demo_data", None, _demo_data)
STAGES = (CAST, DRAFT, PUBLISHED, ENROLLED, DEMO_DATA)


def stage_for(fixtures: set[str]) -> Stage | None:
    """The last stage that one of the fixtures names, or None for the bare tables.

    Raises UsageError where one test asks for stages that do not build on each other.
    """
    asked = [stage for stage in STAGES if stage.name in fixtures]
    apart = [stage.name for stage in asked if stage not in asked[-1].line()]
    if apart:
        raise pytest.UsageError(f"A test cannot stand on {asked[-1].name} and on {', '.join(apart)}: make the one in the test")
    return asked[-1] if asked else None


def place(stage: Stage | None) -> int:
    """Where the stage comes in the order of a run."""
    return STAGES.index(stage) if stage else len(STAGES)


@cache
def _fingerprint() -> str:
    digest = hashlib.sha256(servers.template_name().encode())
    files = [path for folder in SOURCES for path in (servers.CHECKOUT / folder).rglob("*.*") if path.suffix not in NOT_CODE]
    for path in sorted([*files, servers.CHECKOUT / "tests/cast.py", servers.CHECKOUT / "tests/stages.py"]):
        digest.update(str(path).encode() + path.read_bytes())
    # A story that was told yesterday is another one than today's.
    return hashlib.sha256(digest.digest() + date.today().isoformat().encode()).hexdigest()[:12]  # noqa: DTZ011


def _template_of(stage: Stage) -> str:
    """The database that copies are taken of, made where it is not there yet. Others wait for this stage alone: one takes a minute."""
    name = f"stage_{stage.name}_{_fingerprint()}"
    with servers.making(f"stage_{stage.name}") as superuser:
        if superuser.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        building = f"building_{name}"
        servers.copy(superuser, _template_of(stage.base) if stage.base else servers.template_name(), building)
        with _connected_to(building):
            stage.make()
        servers.forget_jobs_and_cache()
        superuser.execute(f"ALTER DATABASE {building} RENAME TO {name}")
        servers.keep_newest(superuser, f"stage_{stage.name}_", KEPT)
    return name


@contextmanager
def _connected_to(database: str) -> Iterator[None]:
    before = connection.settings_dict["NAME"]
    _connect_to(database)
    yield
    _connect_to(before)


def _connect_to(database: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = database


class Floor:
    """Where the tests of this process stand just now."""

    def __init__(self):
        self.blocker = None
        self.wanted: Stage | None = None
        self.copied: set[Stage] = set()

    def stand_on(self, stage: Stage | None) -> None:
        """Connect to this process's copy of the stage; as soon as the servers run, where they do not yet."""
        self.wanted = stage
        if self.blocker and connection.settings_dict["NAME"] != (stage.database if stage else servers.DATABASE):
            with self.blocker.unblock():
                self._go(stage)

    def open(self, blocker) -> None:
        """The servers run."""
        self.blocker = blocker
        self.stand_on(self.wanted)

    def clear(self) -> None:
        """Drop what this process has copied."""
        self.stand_on(None)
        self.blocker = None
        connection.close()
        with servers.superuser("postgres") as superuser:
            for stage in self.copied:
                superuser.execute(f"DROP DATABASE IF EXISTS {stage.database} WITH (FORCE)")

    def _go(self, stage: Stage | None) -> None:
        if stage and stage not in self.copied:
            template = _template_of(stage)
            with servers.superuser("postgres") as superuser:
                servers.copy(superuser, template, stage.database)
            self.copied.add(stage)
        _connect_to(stage.database if stage else servers.DATABASE)


FLOOR = Floor()
