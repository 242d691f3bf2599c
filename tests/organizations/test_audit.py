"""The audit trail: written with every change, never changed, read with filters."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from organizations import clock, localized, policies
from organizations.actions import record_audit
from organizations.models import AuditEvent, AuditPayload, SignInEvent
from organizations.queries.audit_trail import audit_trail
from organizations.rules.audit_seal import seal
from organizations.tenancy import tenant
from organizations.vocabulary import AuditAction
from tests import servers
from tests.queries import query_count

ADDED, CHANGED = AuditAction.PERSON_ADDED, AuditAction.PERSON_CHANGED


@pytest.fixture
def event(cast):
    return record_audit.record(CHANGED, cast.mentor, by=cast.admin, before={"title": "旧"}, after={"title": "新"})


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE organizations_auditevent SET actor_name = 'x'",
        "DELETE FROM organizations_auditevent",
        "TRUNCATE organizations_auditevent CASCADE",
        "UPDATE organizations_signinevent SET succeeded = true",
        "DELETE FROM organizations_signinevent",
        "ALTER TABLE organizations_auditevent DISABLE TRIGGER append_only",
        "DROP TRIGGER append_only ON organizations_auditevent",
    ],
)
def test_the_application_has_no_right_to_change_the_trail(event, statement):
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert AuditEvent.objects.filter(pk=event.pk, actor_name="陈一鸣").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["organizations_auditevent", "organizations_signinevent"])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET address = NULL", "DELETE FROM {table}"])
def test_not_even_the_owner_changes_an_entry(table, statement):
    from tests.cast import make_member, make_organization

    organization = make_organization("one", "一家")
    with tenant(organization.pk):
        member = make_member("A", "a@one.example")
        record_audit.record(ADDED, member, by=None)
        SignInEvent.objects.create(user=member.user, succeeded=True, method="password")
    with servers.superuser() as owner, pytest.raises(Exception, match="is append-only"):
        owner.execute(statement.format(table=table))


def test_an_entry_says_who_did_what_to_which_and_from_where(client, cast):
    cast.sign_in(client, cast.admin)
    client.post(cast.url(f"people/{cast.mentor.pk}/roles/"), {"roles": ["reviewer"]}, REMOTE_ADDR="192.0.2.5")
    entry = AuditEvent.objects.get()
    assert (entry.actor, entry.actor_name, entry.action, entry.subject_kind, entry.subject_id, entry.subject_label, entry.address) == (
        cast.admin,
        "陈一鸣",
        "roles_changed",
        "member",
        cast.mentor.pk,
        "周敏",
        "192.0.2.5",
    )


def test_the_event_holds_a_salted_hash_and_no_values(event):
    payload = AuditPayload.objects.get()
    assert event.payload_hash == seal({"before": {"title": "旧"}, "after": {"title": "新"}}, payload.salt)
    assert "新" not in str(AuditEvent.objects.values_list().get())
    assert seal({"before": {}, "after": {}}, "a") != seal({"before": {}, "after": {}}, "b")


@pytest.mark.parametrize("values", [{"day": timezone.now(), "n": 1.5, "list": ["a", None], "text": localized.text("甲", "A").data}])
def test_what_comes_back_from_the_database_still_fits_its_seal(cast, values):
    record_audit.record(CHANGED, cast.mentor, by=cast.admin, after=values)
    assert [entry.sealed for entry in audit_trail().entries] == [True]


def test_values_that_were_altered_are_pointed_out(client, cast, event):
    AuditPayload.objects.update(after={"title": "别的"})
    page = cast.sign_in(client, cast.admin).get(cast.url("audit/"))
    assert [entry.sealed for entry in page.context["trail"].entries] == [False]


def test_values_may_be_erased_and_the_entry_stays(client, cast, event):
    AuditPayload.objects.all().delete()
    page = cast.sign_in(client, cast.admin).get(cast.url("audit/"))
    [entry] = page.context["trail"].entries
    assert (entry.erased, entry.sealed, entry.changes) == (True, True, [])


def test_before_and_after_are_readable(client, cast):
    record_audit.record(
        AuditAction.SETTINGS_CHANGED,
        cast.organization,
        by=cast.admin,
        before={"name": {"zh-hans": "旧名", "en": "Old"}, "second_factor": "none", "budget_opens": "", "unknown_thing": None},
        after={"name": {"zh-hans": "新名", "en": "New"}, "second_factor": "all", "budget_opens": "09-01", "unknown_thing": True},
    )
    cast.admin.user.language = "en"
    cast.admin.user.save()
    page = cast.sign_in(client, cast.admin).get(cast.url("audit/"))
    [entry] = page.context["trail"].entries
    assert {change.label: (change.before, change.after) for change in entry.changes} == {
        "name": ("Old", "New"),
        "second factor": ("Nobody", "Everybody"),
        "budget window opens (MM-DD)": ("—", "09-01"),
        "unknown thing": ("—", "yes"),
    }


@pytest.fixture
def three(cast):
    """Three entries: yesterday one by nobody, today two by two people."""
    with clock.at(timezone.now() - timedelta(days=1)):
        record_audit.record(ADDED, cast.mentor, by=None)
    record_audit.record(CHANGED, cast.mentor, by=cast.admin)
    record_audit.record(AuditAction.SETTINGS_CHANGED, cast.organization, by=cast.director)


def today(days: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (dict, ["settings_changed", "person_changed", "person_added"]),
        (lambda: {"who": "陈"}, ["person_changed"]),
        (lambda: {"action": "person_added"}, ["person_added"]),
        (lambda: {"kind": "organization"}, ["settings_changed"]),
        (lambda: {"since": today()}, ["settings_changed", "person_changed"]),
        (lambda: {"until": today(-1)}, ["person_added"]),
        (lambda: {"since": today(-1), "until": today(-1), "kind": "member"}, ["person_added"]),
        (lambda: {"who": "nobody of this name"}, []),
        (lambda: {"who": "x" * 5000, "action": "x", "kind": "\0", "since": "soon"}, ["settings_changed", "person_changed", "person_added"]),
        (lambda: {"until": "9999-12-31", "since": "0001-01-02"}, ["settings_changed", "person_changed", "person_added"]),
    ],
)
def test_the_trail_is_filtered_by_who_what_which_and_when(client, cast, three, query, expected):
    page = cast.sign_in(client, cast.admin).get(cast.url("audit/"), query())
    assert page.status_code == 200
    assert [entry.event.action for entry in page.context["trail"].entries] == expected


def test_fifty_stand_on_a_page(client, cast):
    record_audit.record_many(ADDED, "member", [(n, f"P{n}") for n in range(60)], by=cast.admin)
    cast.sign_in(client, cast.admin)
    pages = [client.get(cast.url(f"audit/?page={n}")).context["trail"].entries for n in (1, 2)]
    assert [len(entries) for entries in pages] == [50, 10]


def test_the_trail_costs_the_same_for_one_entry_and_for_three(client, cast):
    cast.sign_in(client, cast.admin)
    costs = []
    for n in range(3):
        record_audit.record(CHANGED, cast.mentor, by=cast.admin, after={"title": str(n)})
        with query_count() as seen:
            client.get(cast.url("audit/"))
        costs.append(len(seen))
    assert costs[0] == costs[2] == 10


@pytest.mark.parametrize(("part", "status"), [("admin", 200), ("director", 403), ("mentor", 403), ("trainee", 403), ("outsider", 404)])
def test_only_the_admin_reads_it(client, cast, part, status):
    cast.sign_in(client, getattr(cast, part))
    assert client.get(cast.url("audit/")).status_code == status


def test_another_organizations_entries_are_not_there(client, cast, three):
    page = cast.sign_in(client, cast.outsider).get("/o/rival/audit/")
    assert page.context["trail"].entries == []


def test_a_refusal_names_who_can_help(cast):
    with pytest.raises(PermissionDenied) as refusal:
        policies.require(policies.may_read_audit(cast.mentor))
    assert "陈一鸣" in str(refusal.value)
