"""The wall between tenants: inside `with tenant(organization):` the database shows that organization alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, models, transaction
from django.db.models import Func

_current: ContextVar[int | None] = ContextVar("trellis_organization", default=None)


def current_organization_id() -> int | None:
    """The tenant this code works for, or None outside one; for logs, cache keys and file names."""
    return _current.get()


def _set(name: str, value: int | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, str(value)])


@contextmanager
def tenant(organization_id: int) -> Iterator[None]:
    """Open a transaction in which row security shows one organization, and name it to the database.

    The setting is local to the transaction, so it never stays on a pooled connection and ends with the outermost call.
    It outlives a savepoint, hence a nested call puts the former tenant back.
    """
    is_nested = connection.in_atomic_block
    with transaction.atomic():
        before = _current.get()
        token = _current.set(organization_id)
        _set("app.organization_id", organization_id)
        try:
            yield
        finally:
            _current.reset(token)
            if is_nested and not connection.needs_rollback and before != organization_id:
                _set("app.organization_id", before if before is not None else "")


@contextmanager
def signed_in_as(user_id: int) -> Iterator[None]:
    """Let a person see their own memberships in all organizations (the policy `own_membership` of Member).

    Only for as long as the block lasts: every other query for members means one organization alone.
    """
    with transaction.atomic(savepoint=False):
        _set("app.user_id", user_id)
        try:
            yield
        finally:
            if not connection.needs_rollback:
                _set("app.user_id", "")


class TenantForeignKey(models.ForeignKey):
    """A key to a row of the same organization.

    The database holds it as (organization_id, x_id), made by `row_security.TenantTables`; a plain key could point
    into another tenant, since PostgreSQL's own key checks skip row security.
    """

    def __init__(self, *args, **kwargs):
        kwargs["db_constraint"] = False
        kwargs.setdefault("db_index", False)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs


class TenantModel(models.Model):
    """A row of one organization. The database fills in which: no Python writes `organization=`."""

    organization = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        db_default=Func(function="current_organization", output_field=models.BigIntegerField()),
        db_index=False,
        related_name="+",
        editable=False,
    )

    class Meta:
        abstract = True
