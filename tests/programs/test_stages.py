"""A deliverable in stages: D17's brief, signed before the pilot, and its result, each with its own date."""

from datetime import timedelta

import pytest
import time_machine

from organizations.rules.working_calendar import WorkingCalendar
from programs.forms.deliverable_typed import as_typed
from programs.models import Deliverable, SignOffStep, Submission, TaskWork
from programs.queries.directory import everybody
from programs.rules.fields import fields_by, parse
from tests.factories.answers import make_answers
from tests.factories.programs import START, approve, builtin_version, enroll_cast, make_cohort, work_of

TODAY = START + timedelta(days=3)


@pytest.fixture
def pilot(cast, client):
    """The trainee's task 4.2.b, open, and a way to hand in one of its two deliverables by its form."""
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=False):
        enrollment = enroll_cast(cast, make_cohort(cast, version=builtin_version(cast)))
        TaskWork.objects.filter(enrollment=enrollment, task__key="4.2.b").update(state="open")
        cast.trainee.user.language = "en"
        cast.trainee.user.save()
        cast.sign_in(client, cast.trainee)
        yield enrollment


def brief_and_result(enrollment):
    return Deliverable.objects.select_related("kind").filter(work__enrollment=enrollment, kind__key="D17").order_by("number")


def press(cast, client, deliverable, **given):
    """Hand in good answers, with these in their place."""
    definitions = fields_by(parse(deliverable.asked.fields), "author")
    answers = make_answers(deliverable.asked.fields, people=[cast.business_head.pk], today=TODAY, language="en") | given
    typed = as_typed(definitions, {key: value for key, value in answers.items() if value is not None}, everybody(), {})
    return client.post(cast.url(f"deliverables/{deliverable.pk}/submit/"), dict(typed.lists()) | {"revision": "0"})


def steps(deliverable):
    rows = SignOffStep.objects.filter(submission__deliverable=deliverable).order_by("position")
    return [(step.roles, step.person_id, step.state) for step in rows]


def test_the_brief_is_due_first_and_the_result_follows_its_approval(cast, client, pilot):
    brief, result = brief_and_result(pilot)
    calendar, begun = WorkingCalendar("cn"), work_of(pilot, "4.2.b").planned_start_on
    assert work_of(pilot, "4.2.b").due_on == calendar.due_on(begun, 16)
    assert {field["key"] for field in result.asked.fields} == {"result", "decision", "decision_reason"}
    assert (brief.asked.rubric, len(result.asked.rubric)) == ([], 3)
    page = client.get(cast.url(f"tasks/{brief.work_id}/?d={result.pk}")).content.decode()
    assert "This follows once" in page
    refused = press(cast, client, result)
    assert (refused.status_code, "Hand that in first" in refused.content.decode()) == (422, True)

    assert press(cast, client, brief, data_protection="none", it_contact=None).status_code == 302
    assert steps(brief) == [(["mentor"], None, "ready")]
    approve(Submission.objects.get(deliverable=brief), cast.mentor)
    work = work_of(pilot, "4.2.b")
    assert (work.state, work.due_on) == ("in_progress", calendar.due_on(begun, 101))

    page = client.get(cast.url(f"tasks/{brief.work_id}/?d={result.pk}")).content.decode()
    assert "Digital pilot: brief and result · Result" in page
    assert press(cast, client, result).status_code == 302
    handed_in = Submission.objects.get(deliverable=result)
    approve(handed_in, cast.mentor)
    approve(handed_in, cast.director)
    assert work_of(pilot, "4.2.b").state == "approved"


def test_where_personal_data_is_touched_it_agrees_as_well(cast, client, pilot):
    brief, _result = brief_and_result(pilot)
    refused = press(cast, client, brief, data_protection="ordinary", it_contact=None)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["it_contact"])
    assert Submission.objects.count() == 0

    assert press(cast, client, brief, data_protection="ordinary", it_contact=cast.peer.pk).status_code == 302
    assert steps(brief) == [(["mentor"], None, "ready"), (["it_contact"], cast.peer.pk, "waiting")]
    handed_in = Submission.objects.get(deliverable=brief)
    approve(handed_in, cast.mentor)
    assert approve(handed_in, cast.peer).role == "it_contact"
    brief.refresh_from_db()
    assert brief.state == "approved"
