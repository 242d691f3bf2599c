"""A cohort manager lets trainees of their own cohort in, and nobody else's."""

import pytest

from organizations.models import Invitation, Member, SignInCode
from programs.models import Enrollment
from tests.factories.programs import enroll_cast, make_cohort


@pytest.fixture
def newcomer(cast) -> Enrollment:
    member = Member.objects.create(name="田小满", sort_name="tianxiaoman", employee_number="H2268", roles=["member"])
    return enroll_cast(cast, make_cohort(cast), trainee=member)


def address(cast, enrollment: Enrollment, act: str) -> str:
    return cast.url(f"cohorts/{enrollment.cohort_id}/{enrollment.pk}/{act}/")


def test_the_manager_hands_over_a_code_that_is_shown_once(cast, newcomer, client):
    cast.sign_in(client, cast.manager)
    assert address(cast, newcomer, "code") in client.get(cast.url(f"cohorts/{newcomer.cohort_id}/{newcomer.pk}/")).content.decode()
    page = client.post(address(cast, newcomer, "code"))
    issued = SignInCode.objects.get()
    assert (page.status_code, issued.member, issued.issued_by) == (200, newcomer.trainee, cast.manager)
    assert "H2268" in page.content.decode()
    assert issued.code_hash not in page.content.decode()


def test_the_manager_invites_by_e_mail(cast, newcomer, client):
    Member.objects.filter(pk=newcomer.trainee_id).update(email="tian@hengyue.example")
    response = cast.sign_in(client, cast.manager).post(address(cast, newcomer, "invite"))
    assert (response.status_code, Invitation.objects.get().email) == (302, "tian@hengyue.example")


@pytest.mark.parametrize("act", ["code", "invite"])
@pytest.mark.parametrize(
    ("part", "status"), [("trainee", 404), ("peer", 404), ("admin", 404), ("mentor", 403), ("line_manager", 403), ("outsider", 404)]
)
def test_nobody_else_lets_them_in(cast, newcomer, client, act, part, status):
    cast.sign_in(client, cast.outsider if part == "outsider" else cast.people[part])
    response = client.post(address(cast, newcomer, act))
    assert (response.status_code, SignInCode.objects.count(), Invitation.objects.count()) == (status, 0, 0)
