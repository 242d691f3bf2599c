"""Changing roles, ending and restoring memberships."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from organizations.actions import change_roles, invite, issue_sign_in_code, membership, stand_in
from organizations.models import AuditEvent, AuditPayload, DelegatedAuthority, Invitation, Member, SignInCode
from organizations.vocabulary import OrganizationRole

ADMIN, DIRECTOR, REVIEWER, MEMBER = OrganizationRole


@pytest.fixture
def admin(client, cast):
    return cast.sign_in(client, cast.admin)


def refused(act, *args, **kwargs) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(*args, **kwargs)
    return refusal.value.code


def test_roles_are_given_and_taken_and_everyone_stays_a_member(cast):
    change_roles.change(cast.mentor, [DIRECTOR, REVIEWER], by=cast.admin)
    cast.mentor.refresh_from_db()
    assert cast.mentor.roles == [DIRECTOR, REVIEWER, MEMBER]
    change_roles.change(cast.mentor, [], by=cast.admin)
    cast.mentor.refresh_from_db()
    assert cast.mentor.roles == [MEMBER]
    changes = AuditPayload.objects.order_by("pk").values_list("before", "after")
    assert list(changes) == [
        ({"roles": ["member"]}, {"roles": ["hr_director", "reviewer", "member"]}),
        ({"roles": ["hr_director", "reviewer", "member"]}, {"roles": ["member"]}),
    ]


def test_the_same_roles_again_leave_no_trace(cast):
    change_roles.change(cast.mentor, [MEMBER], by=cast.admin)
    assert not AuditEvent.objects.exists()


def test_nobody_raises_themselves_but_may_lay_a_role_down(cast):
    assert refused(change_roles.change, cast.admin, [ADMIN, DIRECTOR], by=cast.admin) == "raises_oneself"
    change_roles.change(cast.mentor, [ADMIN], by=cast.admin)
    change_roles.change(cast.admin, [], by=cast.admin)
    cast.admin.refresh_from_db()
    assert cast.admin.roles == [MEMBER]


def test_the_last_admin_stays_one(cast):
    assert refused(change_roles.change, cast.admin, [], by=cast.admin) == "last_admin"
    change_roles.change(cast.mentor, [ADMIN], by=cast.admin)
    membership.end(cast.mentor, by=cast.admin)  # a former admin does not count
    assert refused(change_roles.change, cast.admin, [], by=cast.admin) == "last_admin"


@pytest.mark.parametrize("part", ["director", "manager", "mentor", "trainee", "reviewer"])
def test_only_an_admin_changes_roles_and_memberships(client, cast, part):
    by = getattr(cast, part)
    for act in (
        lambda: change_roles.change(by, [ADMIN], by=by),
        lambda: membership.end(cast.peer, by=by),
        lambda: membership.restore(cast.peer, by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()
    cast.sign_in(client, by)
    for path, typed in (("roles", {"roles": ["admin"]}), ("end", {}), ("restore", {}), ("code", {}), ("invite", {})):
        assert client.post(cast.url(f"people/{by.pk}/{path}/"), typed).status_code == 403
    by.refresh_from_db()
    assert (ADMIN in by.roles, by.is_active) == (False, True)


def test_the_page_sends_the_roles(admin, cast):
    answer = admin.post(cast.url(f"people/{cast.mentor.pk}/roles/"), {"roles": ["reviewer"]})
    assert answer.headers["Location"] == cast.url(f"people/{cast.mentor.pk}/")
    cast.mentor.refresh_from_db()
    assert cast.mentor.roles == [REVIEWER, MEMBER]


@pytest.mark.parametrize("roles", [["king"], ["member"], ["admin", "<script>"], ["x" * 5000]])
def test_unknown_roles_are_refused_next_to_the_field(admin, cast, roles):
    answer = admin.post(cast.url(f"people/{cast.mentor.pk}/roles/"), {"roles": roles})
    assert (answer.status_code, set(answer.context["roles_form"].errors)) == (422, {"roles"})


def test_the_last_admin_is_told_on_the_page(admin, cast):
    answer = admin.post(cast.url(f"people/{cast.admin.pk}/roles/"), {"roles": []})
    assert (answer.status_code, set(answer.context["roles_form"].errors)) == (422, {"roles"})
    cast.admin.refresh_from_db()
    assert ADMIN in cast.admin.roles


def test_an_ended_membership_takes_its_keys_along_and_keeps_the_person(cast):
    today = cast.mentor.joined_at.date()
    leaver = Member.objects.create(name="走", sort_name="zou", email="z@x.example", employee_number="9", roles=["reviewer", "member"])
    invite.send(leaver, by=cast.admin)
    issue_sign_in_code.issue(leaver, by=cast.admin)
    stand_in.name(leaver, cast.peer, by=leaver, from_on=today, until_on=today, today=today)
    stand_in.name(cast.mentor, leaver, by=cast.mentor, from_on=today, until_on=today, today=today)
    ended = membership.end(leaver, by=cast.admin)
    assert not ended.is_active
    assert Invitation.objects.get().expires_at == ended.ended_at
    assert SignInCode.objects.get().expires_at == ended.ended_at
    assert not DelegatedAuthority.objects.filter(ended_at__isnull=True).exists()
    assert refused(membership.end, leaver, by=cast.admin) == "ended"
    assert refused(change_roles.change, leaver, [ADMIN], by=cast.admin) == "ended"


def test_an_admin_does_not_show_themselves_out(cast):
    assert refused(membership.end, cast.admin, by=cast.admin) == "own_membership"


def test_whoever_comes_back_is_a_plain_member(admin, cast):
    assert refused(membership.restore, cast.reviewer, by=cast.admin) == "not_ended"
    admin.post(cast.url(f"people/{cast.reviewer.pk}/end/"))
    cast.reviewer.refresh_from_db()
    assert not cast.reviewer.is_active
    admin.post(cast.url(f"people/{cast.reviewer.pk}/restore/"))
    cast.reviewer.refresh_from_db()
    assert (cast.reviewer.is_active, cast.reviewer.roles) == (True, [MEMBER])
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == ["membership_ended", "membership_restored"]


@pytest.mark.django_db(transaction=True)
def test_two_admins_who_strike_each_other_out_at_once_leave_one():
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    from django.db import connection

    from organizations.tenancy import tenant
    from tests.cast import make_member, make_organization

    organization = make_organization("two", "两人")
    with tenant(organization.pk):
        pair = [make_member(f"A{n}", f"a{n}@two.example", [ADMIN, MEMBER]) for n in range(2)]
    start = Barrier(2)

    def strike(me: int) -> str:
        try:
            with tenant(organization.pk):
                start.wait(10)
                change_roles.change(pair[1 - me], [], by=pair[me])
            return "done"
        except ValidationError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        answers = sorted(both.map(strike, range(2)))
    assert answers == ["done", "last_admin"]
    with tenant(organization.pk):
        assert Member.objects.with_role(ADMIN).count() == 1
