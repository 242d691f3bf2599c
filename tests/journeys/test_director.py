"""An HR director shapes the program, publishes it, opens a cohort and enrolls, all in the browser."""

from datetime import timedelta

import pytest
from django.utils import timezone

from programs.models import Cohort, Enrollment, ProgramTemplate, SupportRole, TaskDefinition, TaskWork

pytestmark = pytest.mark.browser
# Whoever is not the HR director is told so (403); the rival's sees nothing there (404).
OTHERS = {"admin": 403, "manager": 403, "mentor": 403, "trainee": 403}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_from_the_built_in_template_to_an_enrolled_cohort(story, language):
    director = story.visit("director", language)
    template = copy_the_built_in_program(story, director)
    change_a_task(story, director, template)
    publish(story, director, template)
    cohort = open_a_cohort(story, director)
    enroll_two(story, director, cohort)


def copy_the_built_in_program(story, director) -> ProgramTemplate:
    named = {"name_zh": "培训经理成长计划", "name_en": "Training manager program"}
    story.refused(story.url("templates/"), **OTHERS)
    story.refused(story.url("templates/copy/"), named, **OTHERS)
    page = director.go(story.url("templates/"))
    for name, value in named.items():
        page.locator(f'#copy [name="{name}"]').fill(value)
    director.press("Copy it")
    assert director.sees(director.words("Copied. This draft is yours to change."))
    with story.here:
        return ProgramTemplate.objects.get()


def change_a_task(story, director, template) -> None:
    address = story.url(f"templates/{template.pk}/")
    story.refused(address, **OTHERS)
    page = director.go(address)
    page.locator('[id="to-1.1.b"]').click()
    page.locator('[id="to-1.1.b"][aria-current]').wait_for()
    first, name = page.locator("[name=weight_1]"), page.locator("[name=name_zh]")
    name.fill("访谈四位业务负责人")
    page.locator("[name=name_en]").fill("Interview four heads of business")
    page.locator("[name=offset]").fill("1")
    # One is missing: the sum says so while one types, the field after one has tried.
    before = int(first.input_value())
    first.fill(str(before - 1))
    assert page.locator("[data-weights] output").inner_text() == "99 / 100"
    director.press("Save")
    wrong = page.locator("#id_weight_1_error")
    assert wrong.inner_text() == director.words("The three weights must add up to 100.")
    assert name.input_value() == "访谈四位业务负责人"
    first.fill(str(before))
    director.press("Save")
    with story.here:
        task = TaskDefinition.objects.get(key="1.1.b")
    assert (str(task.name.localize("en")), task.offset) == ("Interview four heads of business", 1)
    assert task.weight_1 + task.weight_2 + task.weight_3 == 100


def publish(story, director, template) -> None:
    with story.here:
        draft = template.versions.get()
    pressed = {"version": draft.number, "revision": draft.revision, "element": "version:"}
    story.refused(story.url(f"templates/{template.pk}/publish/"), pressed, **OTHERS)
    director.page.locator("#publish form[data-confirm] button").click()
    with director.page.expect_navigation():
        director.page.locator("dialog[open] [data-confirm-yes]").click()
    assert director.sees(director.words("Version %(number)s is published. New cohorts can start from it.", number=1))
    with story.here:
        assert template.versions.get().state == "published"


def open_a_cohort(story, director) -> Cohort:
    start = timezone.localdate() + timedelta(days=7)
    with story.here:
        version = ProgramTemplate.objects.get().versions.get()
    typed = {"name": "2026 秋季班", "version": version.pk, "start_on": start.isoformat(), "calendar": "cn"}
    story.refused(story.url("cohorts/new/"), **OTHERS)
    story.refused(story.url("cohorts/new/"), typed, **OTHERS)
    page = director.go(story.url("cohorts/new/"))
    page.locator("[name=name]").fill("2026 秋季班")
    page.locator("[name=version]").select_option(index=1)
    page.locator("[name=start_on]").fill(start.isoformat())
    page.locator("[name=calendar][value=cn]").check()
    page.locator("[name=manager]").fill("manager@hengyue.example")
    page.locator("[name=sponsor]").fill("高远")
    director.press("Open the cohort")
    assert director.sees(director.words("%(name)s is open. Now enroll the trainees.", name="2026 秋季班"))
    with story.here:
        return Cohort.objects.get()


def enroll_two(story, director, cohort) -> None:
    address = story.url(f"cohorts/{cohort.pk}/enroll/")
    pasted = "trainee@hengyue.example\npeer@hengyue.example\t许博文\nnobody@hengyue.example"
    others = {"admin": 404, "mentor": 404, "trainee": 404, "sponsor": 403}
    story.refused(address, **others)
    story.refused(address, {"people": pasted, "step": "enroll"}, **others)
    page = director.page
    page.locator("[name=people]").fill(pasted)
    page.locator("[name=mentor]").fill("周敏")
    page.locator("[name=hrbp]").fill("吴越")
    page.locator("[name=business_head]").fill("马骏")
    page.locator("[name=training_manager]").fill("罗琳")
    director.press("Look at it")
    assert director.sees("nobody@hengyue.example")
    people = {"trainee": story.cast.trainee.pk, "peer": story.cast.peer.pk}
    # One of them has another mentor; a manager who is nobody is said beside the field, and nothing typed is lost.
    page.locator(f'[name="trainee-{people["peer"]}-mentor"]').fill("other_mentor@hengyue.example")
    page.locator(f'[name="trainee-{people["trainee"]}-line_manager"]').fill("赵晓峰")
    page.locator(f'[name="trainee-{people["peer"]}-line_manager"]').fill("赵小峰")
    director.press("Enroll the chosen")
    wrong = page.locator(f"#id_trainee-{people['peer']}-line_manager_error")
    assert "赵小峰" in wrong.inner_text()
    page.locator(f'[name="trainee-{people["peer"]}-line_manager"]').fill("赵晓峰")
    director.press("Enroll the chosen")
    assert page.url.endswith(f"/cohorts/{cohort.pk}/")
    assert director.sees("林予安")
    assert director.sees("许博文")
    with story.here:
        supports = SupportRole.objects.filter(role__in=["mentor", "line_manager"]).order_by("enrollment__trainee_id", "role")
        assert list(supports.values_list("enrollment__trainee_id", "role", "member__name")) == [
            (people["trainee"], "line_manager", "赵晓峰"),
            (people["trainee"], "mentor", "周敏"),
            (people["peer"], "line_manager", "赵晓峰"),
            (people["peer"], "mentor", "郑岚"),
        ]
        tasks = TaskDefinition.objects.filter(version=cohort.version_id).count()
        assert Enrollment.objects.count() == 2
        assert TaskWork.objects.count() == 2 * tasks
