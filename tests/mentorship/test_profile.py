"""Mentor profiles: offered by themselves and approved, or nominated by the HR director."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from mentorship.actions import write_profile
from mentorship.models import MentorProfile
from mentorship.queries.mentors import mentors, offered
from organizations.models import Member
from tests.factories.mentorship import PROFILE, make_mentor, named_pairing, proposed_pairing
from tests.factories.programs import enroll_cast, make_cohort
from tests.queries import query_count

FORM = {"capacity": "2", "skills": "需求访谈", "experience": "", "languages": ["zh-hans", "en"], "note": "", "seen": ""}


def test_an_offer_waits_and_a_nomination_is_approved(cast):
    own = write_profile.write(cast.other_mentor, PROFILE, by=cast.other_mentor)
    nominated = make_mentor(cast)
    assert (own.approved_at, nominated.approved_by) == (None, cast.director)
    assert [one.name for one in offered("", trainee=cast.trainee)] == ["周敏"]
    write_profile.approve(own, by=cast.director)
    assert {one.name for one in offered("", trainee=cast.trainee)} == {"周敏", "郑岚"}
    write_profile.write(cast.other_mentor, PROFILE | {"capacity": 1}, by=cast.other_mentor)
    assert MentorProfile.objects.get(member=cast.other_mentor).approved_by == cast.director
    for member in (cast.manager, cast.admin, cast.mentor):
        with pytest.raises(PermissionDenied):
            write_profile.approve(own, by=member)
        with pytest.raises(PermissionDenied):
            write_profile.write(cast.other_mentor, PROFILE, by=member)


def test_who_has_left_is_no_mentor(cast):
    make_mentor(cast)
    Member.objects.filter(pk=cast.mentor.pk).update(ended_at="2026-01-01T00:00Z")
    cast.mentor.refresh_from_db()
    with pytest.raises(ValidationError) as refusal:
        make_mentor(cast)
    assert (refusal.value.code, offered("", trainee=cast.trainee)) == ("ended", [])


def test_those_who_know_it_come_first_then_those_with_room(cast):
    make_mentor(cast, capacity=1, skills="损益表")
    make_mentor(cast, cast.other_mentor, capacity=5, skills="引导技术")
    make_mentor(cast, cast.sponsor, capacity=3, skills="引导技术", experience="读懂损益表")
    make_mentor(cast, cast.reviewer, capacity=9, paused=True)
    found = offered("损益表", trainee=cast.trainee)
    assert [(one.name, one.fits, one.free) for one in found] == [("高远", True, 3), ("周敏", True, 1), ("郑岚", False, 5)]
    assert [one.name for one in offered("", trainee=cast.sponsor)] == ["郑岚", "周敏"]  # nobody is offered to themselves


def test_load_counts_what_runs_and_what_waits_with_and_without_profile(cast):
    cohort = make_cohort(cast)
    named_pairing(enroll_cast(cast, cohort))
    make_mentor(cast, cast.other_mentor, capacity=1)
    alone = enroll_cast(cast, cohort, trainee=cast.peer)
    alone.support_roles.filter(role="mentor").update(ended_at="2026-09-01T00:00Z")
    proposed_pairing(cast, alone, cast.other_mentor)
    found = {one.name: (one.capacity, one.running, one.waiting, one.free, one.is_over) for one in mentors()}
    assert found == {"郑岚": (1, 0, 1, 0, False), "周敏": (None, 1, 0, 0, False)}
    with query_count() as seen:
        mentors()
    assert len(seen) == 2


def test_offering_oneself_by_page(cast, client):
    page = cast.url("mentoring/profile/")
    cast.sign_in(client, cast.peer)
    assert client.post(page, FORM).status_code == 302
    profile = MentorProfile.objects.get()
    assert (profile.member, profile.languages, profile.approved_at) == (cast.peer, ["zh-hans", "en"], None)
    seen = client.get(page).context["form"].mark
    make_mentor(cast, cast.peer, capacity=4)
    stale = client.post(page, FORM | {"seen": seen, "capacity": "3"})
    assert stale.status_code == 422
    assert "4" in stale.context["form"].errors["capacity"][0]
    fresh = stale.context["form"].data["seen"]
    assert client.post(page, FORM | {"seen": fresh, "capacity": "3"}).status_code == 302
    assert MentorProfile.objects.get().capacity == 3


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("capacity", "0"),
        ("capacity", "11"),
        ("capacity", "两个"),
        ("skills", ""),
        ("skills", "x" * 1001),
        ("experience", "x" * 2001),
        ("note", "x" * 501),
        ("languages", "fr"),
    ],
)
def test_a_bad_profile_is_said_next_to_its_field(cast, client, field, value):
    answer = cast.sign_in(client, cast.peer).post(cast.url("mentoring/profile/"), FORM | {"experience": "不能丢的话"} | {field: value})
    assert (answer.status_code, MentorProfile.objects.count()) == (422, 0)
    assert list(answer.context["form"].errors) == [field]
    assert "不能丢的话" in answer.content.decode() or field == "experience"


def test_nominating_and_approving_by_page(cast, client):
    cast.sign_in(client, cast.director)
    page = cast.url("mentoring/mentors/")
    assert [client.post(page, {"person": words}).status_code for words in ("", "没有这个人")] == [422, 422]
    found = client.post(page, {"person": "周敏"})
    assert found.headers["Location"] == cast.url(f"mentoring/mentors/{cast.mentor.pk}/")
    assert client.post(found.headers["Location"], FORM).status_code == 302
    assert MentorProfile.objects.get().approved_by == cast.director
    write_profile.write(cast.peer, PROFILE, by=cast.peer)
    assert "许博文报名担任导师" in client.get(page).content.decode()
    assert client.post(cast.url(f"mentoring/mentors/{cast.peer.pk}/approve/")).status_code == 302
    assert client.post(cast.url(f"mentoring/mentors/{cast.admin.pk}/approve/")).status_code == 404
    assert MentorProfile.objects.filter(approved_at__isnull=True).count() == 0
    for member in (cast.admin, cast.manager, cast.peer):
        cast.sign_in(client, member)
        assert [client.get(page).status_code, client.post(cast.url(f"mentoring/mentors/{cast.peer.pk}/approve/")).status_code] == [403, 403]
