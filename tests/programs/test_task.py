"""The page of one task: who reads it, what it says in each state, and what one can do there."""

import re
from datetime import timedelta

import pytest
import time_machine

from notifications.models import Notification
from organizations.localized import text
from programs.actions import comment, record_check, sign_off, waive_task
from programs.actions.submit_work import submit
from programs.models import CheckDefinition, Deliverable, DeliverableKind, SignOffStep, TaskDefinition, TaskWork, TemplateVersion
from tests.factories.programs import BY_MENTOR, START, deliverable_of, draft_version, enroll_cast, make_cohort, work_of
from tests.queries import query_count

TODAY = START + timedelta(days=3)
QUERIES = 12  # seven for the frame and who is asking, five for a task with a deliverable; performance.md allows sixteen


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def enrollment(enrolled):
    return enrolled


@pytest.fixture
def see(client, cast, enrollment):
    """The page of a task, as one of the cast sees it, in English."""

    def open_page(key="1.1.a", member=None, query="", of=None):
        member = member or cast.trainee
        member.user.language = "en"
        member.user.save()
        return cast.sign_in(client, member).get(cast.url(f"tasks/{work_of(of or enrollment, key).pk}/{query}"))

    return open_page


def html_of(page) -> str:
    return page.content.decode()


def hand_in(cast, enrollment, key="D1", points="three"):
    return submit(deliverable_of(enrollment, key), {"points": points}, by=cast.trainee, today=TODAY)


def decide(cast, submission, outcome, **more):
    step = SignOffStep.objects.get(submission=submission, state="ready")
    return sign_off.decide(step, outcome, content_hash=submission.content_hash, by=cast.mentor, today=TODAY, **more)


@pytest.mark.parametrize(
    ("part", "status"),
    [
        *((part, 200) for part in ("trainee", "mentor", "line_manager", "hrbp", "training_manager", "manager", "director")),
        *((part, 404) for part in ("peer", "other_mentor", "admin", "reviewer", "sponsor", "business_head", "outsider")),
    ],
)
def test_the_page_opens_for_those_who_read_the_work_and_for_nobody_else(client, cast, enrollment, part, status):
    member = cast.outsider if part == "outsider" else cast.people[part]
    for key in ("1.1.a", "1.2.a", "1.4.a", "1.4.c"):
        assert cast.sign_in(client, member).get(cast.url(f"tasks/{work_of(enrollment, key).pk}/")).status_code == status


def test_a_task_that_does_not_exist_and_a_foreign_deliverable_are_not_found(client, cast, enrollment, see):
    others = enroll_cast(cast, enrollment.cohort, trainee=cast.peer)
    cast.sign_in(client, cast.trainee)
    assert client.get(cast.url("tasks/999999/")).status_code == 404
    assert see(query=f"?d={deliverable_of(others, 'D1').pk}").status_code == 404
    assert see(query="?d=nonsense").status_code == 200
    assert see(query="?d=" + "9" * 40).status_code == 200


def test_an_open_task_says_all_one_needs_to_begin(see):
    page = see()
    html = html_of(page)
    for said in ("Task 1.1.a", "What to do", "Not started", "days left", "50 · 30 · 20", "Points", "To approve: Mentor", "周敏", "Submit"):
        assert said in html, said
    assert "Another D1" not in html
    assert page.context["form"] is not None


def test_returned_work_shows_the_reason_on_top_and_asks_for_the_next_version(cast, enrollment, see):
    submission = hand_in(cast, enrollment)
    decide(cast, submission, "returned", note="Good case. Say what people will do.", scores={"clear": 1, "useful": 4})
    page = see()
    html = html_of(page)
    assert "周敏 asks you for another version" in html
    assert html.index("Good case. Say what people will do.") < html.index("What to do")
    assert "Submit version 2" in html
    assert "version 1: 2.20 of 4" in html
    assert [entry.what for entry in page.context["chosen"].trail] == ["next_approve", "next_submit", "returned", "submitted"]
    assert page.context["form"].typed == {"points": ["three"]}  # one goes on from the version before


def test_work_that_waits_names_who_has_it_and_cannot_be_written(cast, enrollment, see):
    hand_in(cast, enrollment)
    page = see()
    assert page.context["form"] is None
    assert "Version 1 is with 周敏." in html_of(page)
    assert [(entry.what, entry.who) for entry in page.context["chosen"].trail] == [("next_approve", "周敏"), ("submitted", "林予安")]


def test_others_read_the_page_without_the_form(cast, enrollment, see):
    for member in (cast.mentor, cast.director, cast.manager):
        page = see(member=member)
        assert page.context["form"] is None
        assert "林予安 writes this" in html_of(page)


def test_the_plan_is_agreed_by_handing_it_in(cast, enrollment, see):
    TaskWork.objects.filter(pk=work_of(enrollment, "1.4.c").pk).update(state="open")
    assert "Agree and submit" in html_of(see("1.4.c"))
    hand_in(cast, enrollment, "D5")
    page = see("1.4.c")
    assert [(entry.what, entry.role) for entry in page.context["chosen"].trail] == [
        ("next_approve", "Line manager"), ("next_approve", "Mentor"), ("agreed_and_submitted", ""),
    ]  # fmt: skip


def test_a_locked_task_links_to_what_it_waits_for(cast, enrollment, see):
    page = see("1.4.c")
    needed = page.context["page"].needed
    assert [(one.key, one.work_id) for one in needed] == [("1.4.a", work_of(enrollment, "1.4.a").pk)]
    assert f'href="/o/hengyue/tasks/{needed[0].work_id}/"' in html_of(page)
    assert page.context["form"] is None
    assert "It opens with “Phase 2”" in html_of(see("2.1.d"))


def test_a_waived_task_says_who_let_the_trainee_off_and_why(cast, enrollment, see):
    waive_task.waive(work_of(enrollment, "1.2.a"), "Did this at her last company.", by=cast.director, today=TODAY)
    html = html_of(see("1.2.a"))
    assert "孙静 waived this task" in html
    assert "Did this at her last company." in html
    assert "Mark as done" not in html


def test_an_activity_ends_with_a_note(client, cast, enrollment, see):
    url = cast.url(f"tasks/{work_of(enrollment, '1.2.a').pk}/done/")
    assert "Mark as done" in html_of(see("1.2.a"))
    refused = client.post(url, {"note": "short"})
    assert refused.status_code == 422
    assert ">\nshort</textarea>" in html_of(refused)
    assert "Write a sentence or two" in html_of(refused)
    too_long = client.post(url, {"note": "x" * 10_001})
    assert too_long.status_code == 422

    assert client.post(url, {"note": "Two things about the night shift <b>surprised</b> me."}).status_code == 302
    work = work_of(enrollment, "1.2.a")
    assert (work.state, work.note) == ("approved", "Two things about the night shift <b>surprised</b> me.")
    html = html_of(see("1.2.a", cast.mentor))
    assert "Two things about the night shift &lt;b&gt;surprised&lt;/b&gt; me." in html


@pytest.mark.parametrize(("part", "status"), [("mentor", 403), ("director", 403), ("peer", 404), ("admin", 404), ("outsider", 404)])
def test_nobody_else_marks_an_activity_as_done(client, cast, enrollment, part, status):
    member = cast.outsider if part == "outsider" else cast.people[part]
    url = cast.url(f"tasks/{work_of(enrollment, '1.2.a').pk}/done/")
    assert cast.sign_in(client, member).post(url, {"note": "I did this for them."}).status_code == status
    assert work_of(enrollment, "1.2.a").state == "open"


def test_a_check_shows_its_items_who_confirms_and_the_result(cast, enrollment, see):
    html = html_of(see("1.4.a"))
    assert "Agreement" in html
    assert "Confirmed by: Mentor" in html
    assert "Go through the check" not in html
    assert "Go through the check" in html_of(see("1.4.a", cast.mentor))
    work, check = work_of(enrollment, "1.4.a"), CheckDefinition.objects.get(key="C3", version=enrollment.cohort.version)
    record_check.record_check(work, check, {"signed": True}, by=cast.mentor, today=TODAY, note="Book the meetings first.")
    html = html_of(see("1.4.a"))
    assert "Something is missing" in html
    assert "Book the meetings first." in html
    record_check.record_check(work, check, {"signed": True, "booked": True}, by=cast.mentor, today=TODAY)
    assert "Passed" in html_of(see("1.4.a"))


def test_people_talk_about_the_work_on_its_page(client, cast, enrollment, see):
    see()
    url = cast.url(f"deliverables/{deliverable_of(enrollment, 'D1').pk}/comments/")
    assert client.post(url, {"body": "<script>alert(1)</script> Which store?"}).status_code == 302
    empty = client.post(url, {"body": "  "})
    assert empty.status_code == 422
    assert "Write something first." in html_of(empty)
    long = client.post(url, {"body": "x" * 4001})
    assert long.status_code == 422
    assert "x" * 4001 in html_of(long)
    form_id = re.search(r'name="form_id" value="([-0-9a-f]{36})"', html_of(see())).group(1)
    for _again in range(2):
        assert client.post(url, {"body": "Sent again.", "form_id": form_id}).status_code == 302
    assert html_of(see()).count("Sent again.") == 1
    assert Notification.objects.filter(kind="comment", recipient=cast.mentor).count() == 2  # of two comments
    client.post(url, {"body": "No form of ours.", "form_id": "<b>"})
    html = html_of(see(member=cast.mentor))
    assert "No form of ours." in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Which store?" in html
    for stranger, status in ((cast.peer, 404), (cast.admin, 404), (cast.outsider, 404)):
        assert cast.sign_in(client, stranger).post(url, {"body": "Let me in."}).status_code == status


@pytest.fixture
def several(cast):
    """A programme with interviews of which one begins more, and a private log."""
    version = draft_version("两样")
    task = TaskDefinition.objects.get(version=version, key="1.1.a")
    fields = [{"key": "interviewee", "zh": "受访人", "en": "Interviewee", "type": "person", "required": True}]
    common = {"version": version, "rubric": [], "route": BY_MENTOR}
    DeliverableKind.objects.create(
        task=task, key="D2", position=50, name=text("访谈", "Interview"), repeats=True, minimum=2, fields=fields, **common
    )
    private = TaskDefinition.objects.get(version=version, key="2.1.d")
    DeliverableKind.objects.filter(version=version, task=private).update(private=True)
    TaskDefinition.objects.filter(version=version, key="4.1.a").update(
        questions=[{"key": "q1", "text": {"zh-hans": "变了什么？", "en": "What has changed?"}}]
    )
    TemplateVersion.objects.filter(pk=version.pk).update(state="published")
    version.refresh_from_db()
    return enroll_cast(cast, make_cohort(cast, version=version, name="另一个班"), trainee=cast.peer)


def test_another_interview_can_be_begun(client, cast, several, see):
    html = html_of(see(member=cast.peer, of=several))
    assert "Another D2" in html
    kind = DeliverableKind.objects.get(key="D2", version=several.cohort.version)
    url = cast.url(f"tasks/{work_of(several, '1.1.a').pk}/deliverables/")
    response = client.post(url, {"kind": kind.pk})
    added = Deliverable.objects.get(kind=kind, number=3)
    assert response.url.endswith(f"?d={added.pk}")
    assert client.post(url, {"kind": "nonsense"}).status_code == 404
    assert client.post(url, {"kind": 10**15}).status_code == 404
    assert cast.sign_in(client, cast.mentor).post(url, {"kind": kind.pk}).status_code == 403
    assert cast.sign_in(client, cast.trainee).post(url, {"kind": kind.pk}).status_code == 404


def test_private_work_is_for_the_trainee_and_the_mentor_alone(client, cast, several, see):
    TaskWork.objects.filter(enrollment=several, task__key="2.1.d").update(state="open")
    private = deliverable_of(several, "D6")
    submission = submit(private, {"points": "whom I asked"}, by=cast.peer, today=TODAY)
    for member, sees in ((cast.peer, True), (cast.mentor, True), (cast.director, False), (cast.hrbp, False), (cast.manager, False)):
        page = see("2.1.d", member, of=several)
        assert page.status_code == 200
        assert (page.context["chosen"] is not None) is sees
        assert client.get(cast.url(f"submissions/{submission.pk}/")).status_code == (200 if sees else 404)
        assert client.get(cast.url(f"deliverables/{private.pk}/compare/")).status_code == 404  # there is only one version


def test_a_checkpoint_asks_its_questions(cast, several, see):
    TaskWork.objects.filter(enrollment=several, task__key="4.1.a").update(state="open")
    html = html_of(see("4.1.a", cast.peer, of=several))
    assert "What has changed?" in html
    assert "Hand in the answers" in html


def test_a_task_asks_the_same_few_questions_however_long_its_history(client, cast, enrollment, see):
    see()
    url = cast.url(f"tasks/{work_of(enrollment, '1.1.a').pk}/")
    with query_count() as few:
        client.get(url)
    for round_ in range(3):
        submission = hand_in(cast, enrollment, points=f"round {round_}")
        decide(cast, submission, "returned", note=f"Round {round_}")
        comment.say(deliverable_of(enrollment, "D1"), f"Comment {round_}", by=cast.mentor, today=TODAY)
    with query_count() as many:
        client.get(url)
    assert (len(few), len(many)) == (QUERIES, QUERIES)
