"""`manage.py backup` and `manage.py restore`: everything comes back, in its place and behind its walls, or nothing does."""

import io
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from organizations import database_roles
from organizations.integrity import checks, run
from organizations.models import Member, Organization
from organizations.tenancy import tenant
from tests import servers

RESTORED = f"restored_{servers.DATABASE}"


@pytest.fixture
def company(transactional_db):
    """One organization with one person, committed, and a file of theirs."""
    organization = Organization.objects.create(slug="kept", name="留存公司")
    with tenant(organization.pk):
        Member.objects.create(name="林予安", sort_name="lin")
    file = Path(settings.MEDIA_ROOT) / "1" / "讲义.pdf"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"%PDF-1.7 all of it")
    yield organization
    servers.forget_files()


@pytest.fixture
def empty_server(company, settings, tmp_path):
    """A prepared, empty database and an empty folder of files, as the settings of a new machine name them."""
    with servers.superuser("postgres") as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {RESTORED} WITH (FORCE)")
        connection.execute(database_roles.database_statement(RESTORED))
    with servers.superuser(RESTORED) as connection:
        for statement in database_roles.rights_statements(RESTORED):
            connection.execute(statement)
        admin = connection.info.dsn
    settings.ADMIN_DATABASE_URL = admin
    yield settings
    with servers.superuser("postgres") as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {RESTORED} WITH (FORCE)")


def backed_up(folder: Path) -> Path:
    call_command("backup", str(folder), stdout=io.StringIO())
    return folder


def at(database: str, role: str) -> str:
    return servers.address(role).replace(f"/{servers.DATABASE}?", f"/{database}?")


def counts(database: str) -> dict[str, int]:
    with servers.superuser(database) as connection:
        tables = "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1"
        names = [name for (name,) in connection.execute(tables)]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


def test_all_of_it_comes_back_behind_the_same_walls(empty_server, tmp_path):
    backup = backed_up(tmp_path / "backup")
    before = counts(servers.DATABASE)
    new_media = tmp_path / "media"
    empty_server.MEDIA_ROOT = str(new_media)

    call_command("restore", str(backup), stdout=io.StringIO())

    assert counts(RESTORED) == before
    assert before["organizations_member"] >= 1
    assert (new_media / "1" / "讲义.pdf").read_bytes() == b"%PDF-1.7 all of it"
    with psycopg.connect(at(RESTORED, "trellis_app")) as connection:
        assert connection.execute("SELECT count(*) FROM organizations_member").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM organizations_auditevent")
    with psycopg.connect(at(RESTORED, "trellis_maintenance")) as connection:
        assert list(run(connection, checks(settings.INTEGRITY_CHECKS))) == []


@pytest.mark.parametrize("name", ["database.dump", "files.tar"])
def test_a_damaged_backup_changes_nothing(empty_server, tmp_path, name):
    backup = backed_up(tmp_path / "backup")
    with (backup / name).open("ab") as file:
        file.write(b"x")

    with pytest.raises(CommandError, match=name):
        call_command("restore", str(backup))

    assert counts(RESTORED) == {}


def test_neither_overwrites_what_is_there(empty_server, tmp_path):
    backup = backed_up(tmp_path / "backup")
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(backup))
    with pytest.raises(CommandError, match="holds files already"):
        call_command("restore", str(backup))
    empty_server.MEDIA_ROOT = str(tmp_path / "media")
    call_command("restore", str(backup), stdout=io.StringIO())
    empty_server.MEDIA_ROOT = str(tmp_path / "other")
    with pytest.raises(CommandError, match="holds tables already"):
        call_command("restore", str(backup))


def test_a_folder_of_something_else_is_no_backup(empty_server, tmp_path):
    with pytest.raises(CommandError, match="no backup"):
        call_command("restore", str(tmp_path))


def test_an_unreachable_database_leaves_no_half_backup(company, settings, tmp_path):
    settings.MAINTENANCE_DATABASE_URL = at("no_such_database", "trellis_maintenance")
    with pytest.raises(CommandError, match="pg_dump failed"):
        call_command("backup", str(tmp_path / "backup"))
    assert not (tmp_path / "backup").exists()
