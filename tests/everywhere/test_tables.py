"""Every table is a tenant's, behind forced row security with composite keys, or is listed with its reason."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import ProgrammingError, connection
from django.db.models.fields.related import ManyToManyField

from organizations.models import Member
from organizations.row_security import GLOBAL_TABLES, POLICY
from organizations.tenancy import TenantForeignKey, TenantModel, tenant


def tenant_models():
    return [model for model in apps.get_models() if issubclass(model, TenantModel)]


def test_every_table_is_a_tenants_or_listed(db):
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
    assert tables - {model._meta.db_table for model in tenant_models()} == set(GLOBAL_TABLES)


@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model.__name__)
def test_row_security_is_forced(db, model):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = %s::regclass", [model._meta.db_table])
        assert cursor.fetchone() == (True, True)
        cursor.execute("SELECT count(*) FROM pg_policies WHERE tablename = %s AND policyname = %s", [model._meta.db_table, POLICY])
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model.__name__)
def test_keys_between_tenant_tables_are_composite(db, model):
    keys = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'", [model._meta.db_table]
        )
        keys = [row[0] for row in cursor.fetchall()]
    for field in model._meta.local_fields:
        if field.is_relation and issubclass(field.related_model, TenantModel):
            assert isinstance(field, TenantForeignKey), field
            assert any(f"(organization_id, {field.column})" in key for key in keys), (field, keys)


def named_append_only():
    """What a model says of itself in its first words, by table."""
    return {model._meta.db_table for model in tenant_models() if "append-only" in (model.__doc__ or "").lower()}


def test_what_calls_itself_append_only_is_so_in_the_database(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, tgtype FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid"
            " WHERE tgname = 'append_only' AND tgfoid = 'refuse_change'::regproc AND tgenabled = 'O'"
        )
        guarded = dict(cursor.fetchall())
    assert set(guarded.values()) == {1 | 2 | 8 | 16}  # for each row, before, on DELETE and on UPDATE
    assert named_append_only() - set(guarded) == set()
    assert set(guarded) - named_append_only() - {"organizations_signinevent"} == set()


@pytest.mark.parametrize("table", sorted(named_append_only()))
@pytest.mark.parametrize("change", ["UPDATE {} SET organization_id = organization_id", "DELETE FROM {}"], ids=["UPDATE", "DELETE"])
def test_what_is_append_only_is_never_changed(db, table, change):
    with pytest.raises(ProgrammingError, match="permission denied"):
        connection.cursor().execute(change.format(table))


def test_no_automatic_table_joins_two_tenants():
    assert [
        field
        for model in apps.get_models()
        if issubclass(model, TenantModel)
        for field in model._meta.get_fields()
        if isinstance(field, ManyToManyField)
    ] == []


def test_without_a_tenant_nothing_is_seen_and_nothing_written(db):
    assert Member.objects.count() == 0
    with pytest.raises(Exception, match="row-level security"):
        Member.objects.create(name="谁")


def test_a_tenant_inside_a_tenant_is_put_back(cast):
    with tenant(cast.rival.pk):
        assert list(Member.objects.values_list("name", flat=True)) == ["外人"]
    assert Member.objects.filter(pk=cast.trainee.pk).exists()
    assert not Member.objects.filter(pk=cast.outsider.pk).exists()


def test_models_and_migrations_agree(db):
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())
