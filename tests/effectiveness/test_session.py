"""Planning a session, its list and who came; who may do what with it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from effectiveness.actions import plan_session, record_attendance
from effectiveness.actions.record_attendance import Invited, Presence
from effectiveness.models import Attendee, TrainingSession
from organizations.models import AuditEvent
from tests.factories.programs import enroll_cast
from tests.factories.sessions import make_session
from tests.queries import query_count

FACTS = {"title": "补货三问", "aims": "找出缺货风险", "starts_at": "2026-09-10T14:00", "minutes": "90", "seats": "10", "place": "虹桥店"}


@pytest.fixture
def session(cast):
    enroll_cast(cast)
    return make_session(cast)


def address(cast, session, act: str = "") -> str:
    return cast.url(f"toolkit/sessions/{session.pk}/{act}")


def seen_of(session, came: str = "came", minutes: int | None = 120) -> dict:
    return {one.pk: Presence(came, minutes) for one in session.attendees.all()}


def test_a_trainee_plans_a_session_for_their_own_program(cast, client):
    enrollment = enroll_cast(cast)
    cast.sign_in(client, cast.trainee)
    response, again = (client.post(cast.url("toolkit/sessions/new/"), FACTS | {"observer": "peer@hengyue.example"}) for _press in range(2))
    assert response["Location"] == again["Location"]
    planned = TrainingSession.objects.get()
    assert (response.status_code, response["Location"]) == (302, address(cast, planned))
    assert (planned.owner, planned.enrollment, planned.observer, planned.minutes) == (cast.trainee, enrollment, cast.peer, 90)
    assert timezone.localtime(planned.starts_at).strftime("%Y-%m-%d %H:%M") == "2026-09-10 14:00"
    assert AuditEvent.objects.filter(action="session_planned", subject_id=planned.pk).count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"title": ""}, "title"), ({"starts_at": "2026-13-40"}, "starts_at"), ({"starts_at": "0001-01-01T00:00"}, "starts_at"),
     ({"minutes": "4"}, "minutes"), ({"minutes": "481"}, "minutes"), ({"seats": "0"}, "seats"), ({"link": "javascript:alert(1)"}, "link"),
     ({"observer": "nobody"}, "observer"), ({"observer": "trainee@hengyue.example"}, "observer"), ({"about": "task_work:1"}, "about")],
)  # fmt: skip
def test_what_makes_no_sense_is_said_beside_its_field(cast, client, wrong, field):
    cast.sign_in(client, cast.trainee)
    page = client.post(cast.url("toolkit/sessions/new/"), FACTS | wrong)
    assert (page.status_code, field in page.context["form"].errors, TrainingSession.objects.count()) == (422, True, 0)
    assert "找出缺货风险" in page.text


@pytest.mark.parametrize(
    ("part", "reads", "runs"),
    [("trainee", 200, 200), ("mentor", 200, 403), ("peer", 200, 403), ("director", 200, 403), ("line_manager", 200, 403),
     ("reviewer", 404, 404), ("admin", 404, 404), ("sponsor", 404, 404), ("outsider", 404, 404)],
)  # fmt: skip
def test_who_reads_and_who_runs_it(cast, session, client, part, reads, runs):
    cast.sign_in(client, cast.outsider if part == "outsider" else cast.people[part])
    assert [client.get(address(cast, session, act)).status_code for act in ("", "report/")] == [reads] * 2
    acts = ("edit/", "attendance/", "survey/", "test/", "scores/", "carry/D9/")
    assert [client.get(address(cast, session, act)).status_code for act in acts] == [runs] * 6


@pytest.mark.parametrize("part", ["mentor", "director", "peer"])
def test_who_only_reads_changes_nothing(cast, session, client, part):
    cast.sign_in(client, cast.people[part])
    for act in ("cancel/", "people/", "attendance/", "survey/", "survey/close/", "links/", "test/", "test/phase/", "scores/", "carry/D8/"):
        assert client.post(address(cast, session, act)).status_code == 403
    with pytest.raises(PermissionDenied):
        record_attendance.write_down(session, seen_of(session), by=cast.people[part])


def test_people_are_written_down_or_found_by_name(cast, session, client):
    cast.sign_in(client, cast.trainee)
    client.post(address(cast, session, "people/"), {"people": f"王丽，虹桥店\n{cast.sponsor.name}\n王丽，虹桥店"})
    new = [(one.name, one.department, one.member) for one in Attendee.objects.filter(session=session).order_by("pk")[10:]]
    assert new == [("王丽", "虹桥店", None), (cast.sponsor.name, "", cast.sponsor)]


def test_no_more_people_than_seats(cast, session, client):
    cast.sign_in(client, cast.trainee)
    page = client.post(address(cast, session, "people/"), {"people": "甲\n乙\n丙"})
    assert (page.status_code, "甲" in page.text, session.attendees.count()) == (422, True, 10)
    with pytest.raises(ValidationError) as refusal:
        plan_session.change(session, by=cast.trainee, seats=9)
    assert refusal.value.error_dict["seats"][0].code == "too_few_seats"


def test_who_stayed_for_80_percent_attended(cast, session, client):
    cast.sign_in(client, cast.trainee)
    first, second, third, *_others = session.attendees.order_by("pk")
    sent = {f"came-{first.pk}": "came", f"came-{second.pk}": "online", f"minutes-{second.pk}": "95", f"came-{third.pk}": "excused",
            f"minutes-{third.pk}": "30"}  # fmt: skip
    assert client.post(address(cast, session, "attendance/"), sent).status_code == 302
    session.refresh_from_db()
    seen = {one.pk: (one.came, one.minutes, one.stayed(session.minutes)) for one in session.attendees.all()}
    assert seen[first.pk] == ("came", 120, True)
    assert seen[second.pk] == ("online", 95, False)
    assert seen[third.pk] == ("excused", None, False)
    assert session.state == "held"


@pytest.mark.parametrize("minutes", ["-1", "481", "x", "1.5"])
def test_minutes_that_make_no_sense(cast, session, client, minutes):
    one = session.attendees.first()
    cast.sign_in(client, cast.trainee)
    page = client.post(address(cast, session, "attendance/"), {f"came-{one.pk}": "came", f"minutes-{one.pk}": minutes})
    one.refresh_from_db()
    assert (page.status_code, minutes in page.text, one.came) == (422, True, "")


def test_nobody_came_before_it_has_begun(cast, session):
    TrainingSession.objects.update(starts_at=timezone.now() + timedelta(hours=1))
    with pytest.raises(ValidationError) as refusal:
        record_attendance.write_down(session, seen_of(session), by=cast.trainee)
    assert refusal.value.code == "too_early"


def test_who_came_stays_on_the_list(cast, session, client):
    first, second, *_others = session.attendees.order_by("pk")
    record_attendance.write_down(session, {first.pk: Presence("absent")}, by=cast.trainee)
    cast.sign_in(client, cast.trainee)
    for one in (first, second):
        client.post(address(cast, session, f"people/{one.pk}/remove/"))
    assert (Attendee.objects.filter(pk=first.pk).exists(), Attendee.objects.filter(pk=second.pk).exists()) == (True, False)


def test_another_sessions_people_are_not_found_in_this_one(cast, session, client):
    other = make_session(cast)
    cast.sign_in(client, cast.trainee)
    assert client.post(address(cast, session, f"people/{other.attendees.first().pk}/remove/")).status_code == 404


def test_called_off_is_called_off(cast, session, client):
    cast.sign_in(client, cast.trainee)
    client.post(address(cast, session, "cancel/"))
    with pytest.raises(ValidationError) as refusal:
        record_attendance.invite(session, [Invited("甲")], by=cast.trainee)
    assert refusal.value.code == "cancelled"


def test_what_was_held_is_not_called_off(cast, session):
    record_attendance.write_down(session, seen_of(session), by=cast.trainee)
    with pytest.raises(ValidationError) as refusal:
        plan_session.cancel(session, by=cast.trainee)
    assert refusal.value.code == "held"


def test_an_edit_over_someone_elses_is_told(cast, session, client):
    cast.sign_in(client, cast.trainee)
    seen = client.get(address(cast, session, "edit/")).context["form"].initial["seen"]
    plan_session.change(session, by=cast.trainee, title="改过的主题")
    page = client.post(address(cast, session, "edit/"), FACTS | {"title": "我的主题", "seats": "12", "seen": seen})
    assert (page.status_code, "我的主题" in page.text, "改过的主题" in page.text) == (422, True, True)
    again = page.context["form"].data["seen"]
    assert client.post(address(cast, session, "edit/"), FACTS | {"title": "我的主题", "seats": "12", "seen": again}).status_code == 302


@pytest.mark.parametrize("part", ["trainee", "director"])
def test_the_list_asks_as_much_for_one_as_for_three(cast, session, client, part):
    cast.sign_in(client, cast.people[part])
    client.get(cast.url("toolkit/"))
    counts = []
    for _round in range(2):
        with query_count() as seen:
            assert session.title in client.get(cast.url("toolkit/")).text
        counts.append(len(seen))
        make_session(cast)
        make_session(cast)
    assert counts[0] == counts[1]


def test_a_page_of_a_session_asks_as_much_for_ten_people_as_for_twelve(cast, session, client):
    cast.sign_in(client, cast.trainee)
    client.get(address(cast, session))
    with query_count() as ten:
        client.get(address(cast, session))
    record_attendance.invite(session, [Invited("甲"), Invited("乙")], by=cast.trainee)
    with query_count() as twelve:
        client.get(address(cast, session))
    assert len(ten) == len(twelve)
