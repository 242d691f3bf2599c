"""The trainee's home: where one stands, what is next, and how little it costs."""

import gzip
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import translation

from organizations.localized import text
from programs.actions import comment, sign_off
from programs.actions.copy_template import copy_template
from programs.actions.submit_work import submit
from programs.models import Enrollment, SignOffStep, TaskWork, TemplateVersion
from programs.queries.my_program import my_program
from programs.queries.my_program_words import balance_words
from programs.queries.my_tasks import current_enrollment
from tests.factories.programs import START, deliverable_of, enroll_cast, make_cohort, work_of
from tests.queries import query_count

TODAY = START + timedelta(days=3)
QUERIES = 14  # seven for the frame and who is asking, seven for the page: performance.md allows no more


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(f"{TODAY}T09:00:00+08:00", tick=False):
        yield


@pytest.fixture
def home(client, cast):
    """The home of one of the cast, as they see it."""

    def open_home(member=None, language="en"):
        member = member or cast.trainee
        member.user.language = language
        member.user.save()
        return cast.sign_in(client, member).get(cast.url("my/program/"))

    return open_home


def return_work(cast, enrollment, key="D1", note="Say what people will do."):
    submission = submit(deliverable_of(enrollment, key), {"points": "three"}, by=cast.trainee, today=TODAY)
    step = SignOffStep.objects.get(submission=submission, state="ready")
    sign_off.decide(step, "returned", content_hash=submission.content_hash, by=cast.mentor, today=TODAY, note=note)
    return submission


def test_returned_work_comes_first_with_the_first_words_and_the_one_button(cast, home):
    enrollment = enroll_cast(cast)
    return_work(cast, enrollment)
    page = home()
    program = page.context["program"]
    assert [(one.code, one.why) for one in program.to_do] == [
        ("D1", "returned"), ("1.2.a", "open"), ("C3", "open"),
    ]  # fmt: skip
    assert page.context["next"].code == "D1"
    html = page.content.decode()
    assert html.partition("<main")[2].partition("</main>")[0].count("is-primary") == 1
    assert "Revise D1" in html
    assert "周敏: Say what people will do." in html
    assert 'class="count is-hot">3<' in html


def test_overdue_work_and_ones_own_signature_go_before_the_rest(cast, home):
    enrollment = enroll_cast(cast)
    TaskWork.objects.filter(pk=work_of(enrollment, "1.4.a").pk).update(planned_start_on=START, due_on=TODAY - timedelta(days=1))
    page = home()
    first = page.context["next"]
    assert (first.code, first.why, first.is_overdue) == ("C3", "overdue", True)
    assert "1 day late" in page.content.decode()


def test_what_others_said_stands_there_newest_first(cast, home):
    enrollment = enroll_cast(cast)
    return_work(cast, enrollment)
    comment.say(deliverable_of(enrollment, "D1"), "Which store was it?", by=cast.line_manager, today=TODAY)
    comment.say(deliverable_of(enrollment, "D1"), "My own words are no feedback.", by=cast.trainee, today=TODAY)
    said = home().context["program"].feedback
    assert {(one.by, one.role, one.words) for one in said} == {
        ("赵晓峰", "Line manager", "Which store was it?"),
        ("周敏", "Mentor", "Say what people will do."),
    }


def test_the_head_says_week_phase_and_what_ends_it_in_both_languages(cast, home):
    enroll_cast(cast)
    html = home().content.decode()
    assert "2026 秋季班 · week 1 of" in html
    assert "0 of 4 tasks done. The phase ends when all are" in html
    assert "Phase 1" in html
    assert "第1阶段" in home(language="zh-hans").content.decode()


def test_the_journey_is_drawn_and_listed(cast, home):
    enroll_cast(cast)
    html = home().content.decode()
    assert html.count('<svg class="lattice"') == 1
    assert html.count('class="mark"') == 5


def test_the_plan_shows_its_goals(cast, home):
    enrollment = enroll_cast(cast)
    data = {"goals": [{"goal": "Run a needs analysis alone", "due": "2026-12-01"}, {"goal": "No date yet"}]}
    TaskWork.objects.filter(enrollment=enrollment, task__key="1.4.c").update(state="open")
    submit(deliverable_of(enrollment, "D5"), data, by=cast.trainee, today=TODAY)
    plan = home().context["program"].plan
    assert [(goal.text, goal.due_on) for goal in plan.goals] == [("Run a needs analysis alone", date(2026, 12, 1)), ("No date yet", None)]


def test_the_balance_names_what_makes_up_the_largest_gap(cast):
    enrollment = enroll_cast(cast)
    late = my_program(current_enrollment(cast.trainee), cast.trainee, START + timedelta(days=60))
    assert [pillar.earned for pillar in late.pillars] == [0, 0, 0]
    assert late.pillars[0].planned == 71  # five of seven tasks of phases with an end, equal weights
    with translation.override("en"):
        assert "1.2.a, C3 will make up most of it" in balance_words(late)
    assert enrollment.cohort.name == "2026 秋季班"


def test_nobody_in_a_program_gets_a_kind_empty_page(cast, home):
    page = home(cast.peer)
    assert page.status_code == 200
    assert "You are in no program yet" in page.content.decode()


def test_a_program_that_begins_later_says_when_and_what_comes_first(cast, home):
    enroll_cast(cast, make_cohort(cast, start_on=TODAY + timedelta(days=12)), today=TODAY)
    page = home()
    assert page.status_code == 200
    html = page.content.decode()
    assert "Starts in 12 days" in html
    assert "Your first tasks" in html
    assert "何芳" in html  # the cohort manager, by name


@pytest.mark.parametrize(("state", "words"), [("paused", "Your program is paused"), ("completed", "You have completed the program")])
def test_a_paused_or_completed_program_says_so(cast, home, state, words):
    Enrollment.objects.filter(pk=enroll_cast(cast).pk).update(state=state)
    assert words in home().content.decode()


def test_one_only_ever_sees_ones_own(client, cast, home):
    enroll_cast(cast)
    for other in (cast.peer, cast.mentor, cast.director, cast.admin):
        assert "Phase 1" not in home(other).content.decode()
    assert cast.sign_in(client, cast.outsider).get(cast.url("my/program/")).status_code == 404
    client.logout()
    assert client.get(cast.url("my/program/")).status_code == 302


def test_the_home_asks_the_same_few_questions_however_much_there_is(client, cast, home):
    enrollment = enroll_cast(cast)
    home()
    with query_count() as few:
        client.get(cast.url("my/program/"))
    for round_ in range(3):
        return_work(cast, enrollment, note=f"Round {round_}")
        comment.say(deliverable_of(enrollment, "D1"), f"Comment {round_}", by=cast.mentor, today=TODAY)
    with query_count() as many:
        client.get(cast.url("my/program/"))
    assert (len(few), len(many)) == (QUERIES, QUERIES)


def test_the_home_of_the_whole_program_weighs_little(cast, home):
    version = copy_template(text("成长方案", "Program"), by=cast.director)
    TemplateVersion.objects.filter(pk=version.pk).update(state="published")
    version.refresh_from_db()
    enroll_cast(cast, make_cohort(cast, version=version))
    for language in ("zh-hans", "en"):
        html = home(language=language).content
        assert len(gzip.compress(html)) < 15_000
        assert html.count(b"<") // 2 < 1500


def test_all_tasks_stand_by_phase(client, cast):
    enroll_cast(cast)
    page = cast.sign_in(client, cast.trainee).get(cast.url("my/program/tasks/"))
    assert [(phase.number, [work.key for work in works]) for phase, works in page.context["groups"]] == [
        (1, ["1.1.a", "1.2.a", "1.4.a", "1.4.c"]),
        (2, ["2.1.a", "2.1.d"]),
        (3, ["3.a"]),
        (4, ["4.1.a"]),
        (5, ["5.3.a"]),
    ]
    assert cast.sign_in(client, cast.peer).get(cast.url("my/program/tasks/")).status_code == 200
