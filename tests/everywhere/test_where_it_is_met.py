"""Every element of the programme map is met by somebody on some page, under its name in both languages."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from assessments.actions.open_cycle import open_cycle
from assessments.models import CertificationReview
from organizations.models import User
from programs.models import TaskWork
from projects.actions.choose_project import choose
from projects.models import Gate, PracticeProject
from tests.everywhere import programme_map as the_map
from tests.factories.programs import START, enroll_cast, make_cohort, work_of
from tests.factories.projects import open_project_phase

UNNUMBERED = ("PL", "PH", "CI", "WF")  # a reader meets them by name alone
LANGUAGES = ("zh-hans", "en")


@pytest.fixture
def places(cast, published) -> dict[str, tuple[str, str, list, str]]:
    """By id of the map: the name of the address, who opens it, its parameters, what follows it."""
    cohort = make_cohort(cast, version=published)
    enrollment = enroll_cast(cast, cohort)
    chooses = enroll_cast(cast, cohort, trainee=cast.peer)
    for one in (enrollment, chooses):
        open_project_phase(one)
    kind = published.project_kinds.get(key="3.A")
    project = choose(work_of(enrollment, "3.a"), kind, name="项目", sponsor=cast.sponsor, by=cast.trainee, today=START)
    cycle = open_cycle(cohort, number=1, length="year", opens_on=START, closes_on=START, by=cast.manager, today=START)
    review = CertificationReview.objects.get(cycle=cycle, enrollment=enrollment)

    works = TaskWork.objects.filter(enrollment=enrollment, occurrence=1).select_related("task__module").order_by("-task__position")
    by_module = {work.task.module.key: work.pk for work in works if work.task.module.key in the_map.MODULES}
    by_task = {work.task_id: work.pk for work in works}
    by_kind = {kind.key: by_task[kind.task_id] for kind in published.deliverable_kinds.filter(task__isnull=False)}
    checks = {check.key: by_task[check.task_id] for check in published.checks.all()}
    gates = dict(Gate.objects.filter(project=project).values_list("definition__key", "pk"))

    task = {key: ("programs:task", "trainee", [pk], "") for key, pk in (by_module | by_kind | checks).items()}
    chosen = dict.fromkeys([*the_map.PROJECTS, "D11", "D12", "D13", "D14", "D15"])
    frame = dict.fromkeys(("CI1", "CI2", "WF1"), ("programs:my_tasks", "trainee", [], ""))
    return (
        dict.fromkeys(the_map.PILLARS, ("programs:my_program", "trainee", [], ""))
        | dict.fromkeys(the_map.PHASES, ("programs:my_tasks", "trainee", [], ""))
        | task
        | dict.fromkeys(chosen, ("projects:choose", "peer", [work_of(chooses, "3.a").pk], ""))
        | {key: ("projects:gate", "trainee", [pk], "") for key, pk in gates.items()}
        | dict.fromkeys(("5.1", "5.2", "5.3"), ("assessments:decision", "director", [review.pk], ""))
        | dict.fromkeys(the_map.SUCCESS_FACTORS, ("assessments:success", "director", [cohort.pk], ""))
        | frame
    )


def names(version) -> dict[str, list[tuple[str, ...]]]:
    """What each id is called, in Chinese and English; of the seven steps of the workflow every one."""
    steps = [(step["name"]["zh-hans"], step["name"]["en"]) for step in version.workflow]
    assert len(steps) == the_map.WORKFLOW_STEPS
    plain = the_map.PILLARS | the_map.FRAME | the_map.MODULES | the_map.PROJECTS | the_map.SUCCESS_FACTORS
    parts = [*version.gates.all(), *version.checks.all(), *version.deliverable_kinds.all()]
    return (
        {key: [pair] for key, pair in plain.items()}
        | {key: [(zh, en)] for key, (zh, en, *_facts) in the_map.PHASES.items()}
        | {part.key: [tuple(part.name.localize(language) for language in LANGUAGES)] for part in parts}
        | {"WF1": steps}
    )


def test_every_element_is_shown_where_it_is_met(cast, published, places):
    wanted = names(published)
    everything = {*wanted, *the_map.DELIVERABLES, *the_map.CHECKS, *the_map.GATES}
    assert set(places) == everything
    missing = []
    for at, language in enumerate(LANGUAGES):
        User.objects.update(language=language)
        pages: dict[str, str] = {}
        for key, place in sorted(places.items(), key=str):
            page = pages.get(str(place)) or pages.setdefault(str(place), opened(cast, place))
            said = [pair[at] for pair in wanted[key]] + ([key] if key[:2] not in UNNUMBERED else [])
            missing += [f"{key} {words}: {place[0]}" for words in said if words.lower() not in page]
    assert missing == []


def opened(cast, place) -> str:
    """The page as its reader has it, without capitals."""
    name, part, parameters, query = place
    member = cast.people[part]
    member.user.refresh_from_db()
    answer = cast.sign_in(Client(), member).get(reverse(name, args=[cast.organization.slug, *parameters]) + query)
    assert answer.status_code == 200, f"{name} for {part}: {answer.status_code}"
    return unescape(answer.text).lower()


@pytest.mark.parametrize("part", ["trainee", "mentor"])
def test_the_aim_and_the_step_of_the_workflow_stand_where_one_works(cast, published, places, part):
    work = places["2.3"]
    enrollment = TaskWork.objects.get(pk=work[2][0]).enrollment
    project = PracticeProject.objects.get(enrollment=enrollment)
    TaskWork.objects.filter(enrollment=enrollment, task__phase__key="PH2").update(state="approved")
    TaskWork.objects.filter(pk=work[2][0]).update(state="open")  # the one in hand, and it is about step 5
    for at, language in enumerate(LANGUAGES):
        User.objects.update(language=language)
        aim, step = the_map.FRAME["CI1"][at].lower(), published.workflow[4]["name"][language].lower()
        first, there = (
            published.workflow[0]["name"][language].lower(),
            ("第 5 步", "step 5 of 7")[at],
        )
        own = [("programs:my_program", []), ("mentorship:my_plan", [])]
        pages = own if part == "trainee" else [("mentorship:plan", [enrollment.pk])]
        assert [name for name, parameters in pages if aim not in opened(cast, (name, part, parameters, ""))] == []
        task = opened(cast, (work[0], part, work[2], ""))
        assert (step in task, there in task, first in task) == (True, True, False)
        assert first in opened(cast, ("projects:project", part, [project.pk], ""))
        whole = opened(cast, ("programs:enrollment", part, [enrollment.cohort_id, enrollment.pk], ""))
        assert (there in whole, step in whole) == (True, True)
