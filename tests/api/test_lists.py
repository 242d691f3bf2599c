"""Lists: what is in them, page by page, narrowed, in a fixed number of queries."""

import pytest

from assessments.actions.issue_certificate import issue_certificate
from assessments.models import CertificationReview
from organizations.api import paging
from programs.actions.submit_work import submit
from programs.models import Cohort
from tests.api_client import program_of
from tests.factories.decisions import make_decision
from tests.factories.mentorship import named_pairing
from tests.factories.programs import START, deliverable_of, enroll_cast, make_cohort
from tests.factories.projects import call_gate, chosen_project, give, open_project_phase, version_with_projects
from tests.queries import query_count

PINNED = {
    "cohorts/": 3,
    "enrollments/": 5,
    "task-work/": 4,
    "submissions/": 3,
    "sign-offs/": 4,
    "pairings/": 3,
    "projects/": 5,
    "review-cycles/": 3,
    "reviews/": 4,
    "certificates/": 3,
}


def names(answer, field: str = "name") -> list:
    return [one[field] for one in answer.json()["results"]]


@pytest.fixture
def four(cast) -> list[Cohort]:
    version = make_cohort(cast, name="一班").version
    return [Cohort.objects.get(), *(make_cohort(cast, name=name, version=version) for name in ("二班", "三班", "四班"))]


def test_pages_follow_each_other_while_rows_come(cast, four, monkeypatch):
    monkeypatch.setattr(paging, "PER_PAGE", 2)
    director = program_of(cast.director)
    first = director.get("cohorts/")
    make_cohort(cast, name="五班", version=four[0].version)
    second = director.get(first.json()["next"])
    third = director.get(second.json()["next"])
    assert [names(page) for page in (first, second, third)] == [["一班", "二班"], ["三班", "四班"], ["五班"]]
    assert third.json()["next"] is None
    assert names(director.get("cohorts/")) == ["一班", "二班"]


@pytest.mark.parametrize("cursor", ["x", "AAAA", "YWZ0ZXIgeA", "YWZ0ZXIgOTk5OTk5OTk5OTk5OTk5OTk5OTk", "一", "\0", "YWZ0ZXIgMQ" * 50])
def test_a_cursor_that_was_made_up_is_refused(cast, cursor):
    answer = program_of(cast.director).get("cohorts/", {"cursor": cursor})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "cursor")


def test_lists_are_narrowed_and_a_filter_that_makes_no_sense_is_refused(cast, enrolled):
    director = program_of(cast.director)
    assert names(director.get("task-work/", {"enrollment": enrolled.pk, "task": "1.1.a"}), "task") == ["1.1.a"]
    assert set(names(director.get("task-work/", {"state": "locked"}), "state")) == {"locked"}
    assert names(director.get("enrollments/", {"cohort": 987_654_321})) == []
    for wrong in ({"state": "x"}, {"enrollment": "x"}, {"enrollment": "9" * 30}, {"due_before": "x"}, {"task": "\0"}):
        assert director.get("task-work/", wrong).status_code == 422, wrong


def test_what_one_reads_is_listed_and_nothing_else(cast, enrolled):
    assert names(program_of(cast.mentor).get("enrollments/"), "id") == [enrolled.pk]
    assert names(program_of(cast.peer).get("enrollments/"), "id") == []
    assert program_of(cast.peer).get("templates/").status_code == 403
    line = program_of(cast.trainee).get("task-work/", {"task": "1.1.a"}).json()["results"][0]
    assert (line["deliverables"][0]["key"], line["name"]) == ("D1", {"zh-hans": "任务 1.1.a", "en": "Task 1.1.a"})


def test_a_version_tells_what_is_to_be_done(cast, enrolled):
    version = enrolled.cohort.version
    answer = program_of(cast.manager).get(f"templates/{version.template_id}/versions/{version.number}/").json()
    assert [task["key"] for task in answer["tasks"]][:2] == ["1.1.a", "1.2.a"]
    assert (answer["tasks"][0]["weights"], answer["deliverables"][0]["fields_asked"][0]["key"]) == ([50, 30, 20], "points")


def test_lists_cost_the_same_for_one_row_and_for_three(cast):
    version = version_with_projects()
    counted = []
    for people in ([cast.trainee], [cast.peer, cast.reviewer]):
        for person in people:
            enrollment = enroll_cast(cast, make_cohort(cast, name=f"{person.name}班", version=version), trainee=person)
            submit(deliverable_of(enrollment, "D1"), {"points": "要点"}, by=person, today=START)
            named_pairing(enrollment)
            open_project_phase(enrollment)
            project = chosen_project(cast, enrollment)
            give(call_gate(project, "G1"), cast.mentor)
            decision = make_decision(cast, enrollment)
            CertificationReview.objects.filter(pk=decision.review_id).update(state="decided", file_hash="0" * 64)
            issue_certificate(decision, by=cast.director, today=START)
        counted.append(_counts(cast))
    assert counted[0] == counted[1] == PINNED


def _counts(cast) -> dict[str, int]:
    director, counts = program_of(cast.director), {}
    for path in PINNED:
        director.get(path)
        with query_count() as seen:
            assert director.get(path).json()["results"], path
        counts[path] = len(seen)
    return counts
