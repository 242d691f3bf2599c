"""Lessons of approved retrospectives, as far as their trainees release them: by whom they are read, and what they give away."""

import pytest

from programs.models import Submission
from projects.models import PracticeProject
from tests.factories.programs import deliverable_of
from tests.factories.projects import chosen_project, in_project_phase
from tests.queries import query_count

TOLD = [
    {"lesson": "先拿下月排班表再定日期", "useful_for": "倒班岗位培训", "from_mistake": "yes", "share": "named"},
    {"lesson": "试讲请一线店长来听", "useful_for": "微课", "from_mistake": "no", "share": "unnamed"},
    {"lesson": "别和财务一起改预算", "useful_for": "谁都别看", "from_mistake": "yes", "share": "no"},
]


def tell(cast, enrollment, told=TOLD, state: str = "approved") -> None:
    work = deliverable_of(enrollment, "D13")
    data = {"lessons": told}
    Submission.objects.create(deliverable=work, number=1, data=data, content_hash="0" * 64, author=enrollment.trainee)
    type(work).objects.filter(pk=work.pk).update(state=state, last_number=1)


@pytest.fixture
def project(cast):
    enrollment = in_project_phase(cast)
    return chosen_project(cast, enrollment, kind="3.A")


def shown(cast, client, member=None, **asked):
    return cast.sign_in(client, member or cast.peer).get(cast.url("projects/lessons/"), asked)


@pytest.mark.parametrize("part", ["peer", "trainee", "mentor", "sponsor", "admin", "director", "reviewer"])
def test_everybody_in_the_organization_reads_what_was_released(cast, client, project, part):
    tell(cast, project.enrollment)
    page = shown(cast, client, cast.people[part])
    assert [(one.text, one.by, one.project, one.from_mistake) for one in page.context["shown"].page] == [
        ("先拿下月排班表再定日期", cast.trainee.name, project.name, True),
        ("试讲请一线店长来听", "", "", False),
    ]
    assert "别和财务一起改预算" not in page.text


def test_no_other_organization_reads_it(cast, client, project):
    tell(cast, project.enrollment)
    assert cast.sign_in(client, cast.outsider).get(cast.url("projects/lessons/")).status_code == 404
    answer = client.get(f"/o/{cast.rival.slug}/projects/lessons/")
    assert (answer.status_code, list(answer.context["shown"].page)) == (200, [])


@pytest.mark.parametrize("state", ["submitted", "in_review", "returned"])
def test_what_is_not_approved_is_not_released(cast, client, project, state):
    tell(cast, project.enrollment, state=state)
    assert list(shown(cast, client).context["shown"].page) == []


def test_of_a_stopped_project_nothing_is_shown(cast, client, project):
    tell(cast, project.enrollment)
    PracticeProject.objects.filter(pk=project.pk).update(state="stopped")
    assert list(shown(cast, client).context["shown"].page) == []


def test_a_lesson_without_a_name_is_not_found_by_its_trainee(cast, client, project):
    tell(cast, project.enrollment, [TOLD[1]])
    page = shown(cast, client)
    assert cast.trainee.name not in page.text and project.name not in page.text
    for words in (cast.trainee.name, project.name, project.enrollment.cohort.name):
        assert list(shown(cast, client, q=words).context["shown"].page) == []


@pytest.mark.parametrize(
    ("asked", "found"),
    [({"q": "排班"}, 1), ({"q": "倒班"}, 1), ({"q": "%"}, 0), ({"q": "微课"}, 1), ({"kind": "3.A"}, 2), ({"kind": "3.B"}, 0),
     ({"pillar": "2"}, 2), ({"pillar": "1"}, 0), ({"pillar": "9", "kind": "", "q": "\0"}, 2), ({"page": "99"}, 2), ({"page": "x"}, 2)],
)  # fmt: skip
def test_it_is_searched_and_filtered(cast, client, project, asked, found):
    tell(cast, project.enrollment)
    assert len(shown(cast, client, **asked).context["shown"].page) == found


@pytest.mark.parametrize("data", [None, "text", {}, [], [{"lesson": ""}], ["text"], [{"share": "named"}]])
def test_other_shapes_are_passed_over(cast, client, project, data):
    tell(cast, project.enrollment, data)
    assert list(shown(cast, client).context["shown"].page) == []


def test_it_asks_as_much_for_one_as_for_many(cast, client, project):
    tell(cast, project.enrollment, TOLD[:1])
    shown(cast, client)
    with query_count() as one:
        shown(cast, client)
    other = chosen_project(cast, in_project_phase(cast, cast.other_mentor, project.enrollment.cohort), kind="3.A")
    tell(cast, other.enrollment, [TOLD[0] | {"lesson": f"第 {number} 条"} for number in range(30)])
    with query_count() as many:
        page = shown(cast, client)
    assert len(one) == len(many) == 14
    assert page.context["shown"].page.paginator.count == 31
