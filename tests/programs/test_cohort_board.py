"""The cohort board: worst first, reasons in words, small however many there are."""

import gzip
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from programs.actions.enroll import NewTrainee, enroll
from programs.models import Deliverable, Enrollment, SupportRole, TaskWork
from tests.cast import make_member
from tests.factories.programs import START, builtin_version, enroll_cast, make_cohort, work_of
from tests.queries import query_count

NOON = datetime(2026, 9, 8, 4, 0, tzinfo=UTC)
TODAY = date(2026, 9, 8)


@pytest.fixture(autouse=True)
def a_day_in_september():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def cohort(cast):
    return make_cohort(cast, sponsor=cast.sponsor, state="running")


def more(cast, cohort, count):
    people = [make_member(f"学员{n:02}", f"more{n}@hengyue.example") for n in range(count)]
    support = {"mentor": [cast.mentor.pk], "line_manager": [cast.line_manager.pk]}
    pks = enroll(cohort, [NewTrainee(person.pk, support) for person in people], by=cast.manager, today=START)
    return list(Enrollment.objects.filter(pk__in=pks).order_by("pk"))


@pytest.fixture
def board(cast, client):
    def open_board(cohort, member=None, query=""):
        return cast.sign_in(client, member or cast.manager).get(cast.url(f"cohorts/{cohort.pk}/board/{query}"))

    return open_board


def test_the_worst_comes_first_and_says_why(cast, cohort, board):
    fine, late, returned, alone, ended = more(cast, cohort, 5)
    TaskWork.objects.filter(enrollment__in=[fine, late, returned, alone]).update(due_on=TODAY + timedelta(days=900))
    TaskWork.objects.filter(enrollment=late, task__key="1.2.a").update(due_on=TODAY - timedelta(days=5), planned_start_on=START)
    TaskWork.objects.filter(enrollment=returned, task__key="1.1.a").update(state="returned")
    Deliverable.objects.filter(work__enrollment=returned, kind__key="D1").update(state="returned", changed_at=NOON - timedelta(days=8))
    SupportRole.objects.filter(enrollment=alone, role="mentor").update(ended_at=NOON)
    Enrollment.objects.filter(pk=ended.pk).update(state="completed", ended_at=NOON)

    rows = board(cohort).context["board"].rows.object_list

    assert [(row.standing.name, row.look, row.reasons) for row in rows] == [
        ("学员01", "behind", ("1.2.a 逾期 5 天",)),
        ("学员02", "at_risk", ("D1 退回 8 天未重交",)),
        ("学员00", "on_plan", ()),
        ("学员03", "at_risk", ("没有导师",)),
        ("学员04", "", ()),
    ]


def test_each_cell_says_its_task_and_state(cast, cohort, board):
    enrollment = enroll_cast(cast, cohort)
    TaskWork.objects.filter(enrollment=enrollment, task__key="1.2.a").update(due_on=TODAY - timedelta(days=1), planned_start_on=START)
    work = work_of(enrollment, "1.2.a")

    page = board(cohort).text

    assert f'<a class="cell is-bad" tabindex="-1" href="{cast.url(f"tasks/{work.pk}/")}" aria-label="1.2.a 逾期">' in page
    assert 'aria-label="2.1.a 未开放"' in page


def test_a_recurring_task_shows_its_newest_open_occurrence(cast, cohort, board):
    enrollment = enroll_cast(cast, cohort)
    first = work_of(enrollment, "4.1.a")
    TaskWork.objects.filter(pk=first.pk).update(state="approved")
    second = TaskWork.objects.create(
        enrollment=enrollment, task=first.task, occurrence=2, state="open", planned_start_on=START, due_on=TODAY
    )
    TaskWork.objects.create(enrollment=enrollment, task=first.task, occurrence=3, planned_start_on=TODAY, due_on=TODAY)

    [row] = board(cohort).context["board"].rows.object_list

    assert next(cell.work for cell in row.cells if cell.key == "4.1.a") == second.pk


def test_filters_narrow_rows_and_columns_and_nonsense_filters_nothing(cast, cohort, board):
    _first, second = more(cast, cohort, 2)
    TaskWork.objects.filter(enrollment=second, task__key="1.1.a").update(state="returned")

    def seen(query):
        shown = board(cohort, query=query).context["board"]
        return [row.standing.name for row in shown.rows.object_list], [column.key for column in shown.columns]

    names, every = seen("?phase=x&matter=%00&page=99")
    assert (sorted(names), len(every)) == (["学员00", "学员01"], 9)
    assert seen("?matter=returned&phase=2") == (["学员01"], ["2.1.a", "2.1.d"])
    assert seen("?q=学员00")[0] == ["学员00"]
    assert "这个筛选下没有学员" in board(cohort, query="?q=nobody").text


def test_only_who_runs_the_cohort_sees_it(cast, cohort, board):
    enroll_cast(cast, cohort)
    seen = {part: board(cohort, member).status_code for part, member in cast.people.items()}
    assert {part for part, status in seen.items() if status == 200} == {"director", "manager"}
    assert seen["sponsor"] == 403
    assert board(cohort, cast.outsider).status_code == 404


def test_a_full_page_of_the_built_in_programme_is_small(cast, board):
    cohort = make_cohort(cast, version=builtin_version(cast), state="running")
    enrollments = more(cast, cohort, 21)
    TaskWork.objects.filter(enrollment__in=enrollments).exclude(task__phase__key="PH4").update(state="approved")
    TaskWork.objects.filter(enrollment__in=enrollments, task__phase__key="PH4").update(state="submitted")

    page = board(cohort)

    assert len(page.context["board"].rows.object_list) == 20
    nodes, size = len(re.findall(r"<[a-zA-Z]", page.text)), len(gzip.compress(page.content, 6))
    assert nodes <= 5000
    assert size <= 25 * 1024


def test_the_board_asks_as_much_for_one_as_for_twenty(cast, client, cohort, board):
    more(cast, cohort, 1)
    board(cohort)
    with query_count() as few:
        client.get(cast.url(f"cohorts/{cohort.pk}/board/"))
    people = [make_member(f"又一{n}", f"again{n}@hengyue.example") for n in range(19)]
    enroll(cohort, [NewTrainee(one.pk, {"mentor": [cast.mentor.pk]}) for one in people], by=cast.manager, today=START)
    board(cohort)
    with query_count() as many:
        client.get(cast.url(f"cohorts/{cohort.pk}/board/"))
    assert (len(few), len(many)) == (12, 12)


def test_an_empty_cohort_says_what_to_do(cast, board):
    assert "还没有学员" in board(make_cohort(cast)).text
