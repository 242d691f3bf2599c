"""A trainee, their mentor and their line manager: from the first task to a signed plan on paper, and to the end of the second phase."""

from datetime import timedelta

import pypdfium2
import pytest
from django.utils import timezone

from documents.models import RenderedDocument
from programs.actions.open_cohort import open_cohort
from programs.forms.deliverable_typed import as_typed
from programs.models import Deliverable, Draft, Enrollment, PhaseProgress, SignOffStep, Submission
from programs.queries.directory import everybody
from programs.rules.fields import fields_by, parse
from tests.factories.answers import make_answers
from tests.factories.programs import builtin_version, deliverable_of, enroll_cast, work_of
from tests.journeys import rest

pytestmark = pytest.mark.browser


@pytest.fixture
def enrollment(story) -> Enrollment:
    """The trainee of the cast, three weeks into the built-in program."""
    cast, start = story.cast, timezone.localdate() - timedelta(days=21)
    with story.here:
        version, people = builtin_version(cast), {"manager": cast.manager, "sponsor": cast.sponsor, "by": cast.director}
        cohort = open_cohort(version, name="秋季班", start_on=start, calendar="cn", **people)
        return enroll_cast(cast, cohort, today=timezone.localdate())


def test_from_the_first_task_to_a_signed_plan_and_the_end_of_the_second_phase(story, enrollment, run_jobs):
    trainee = story.visit("trainee")
    hand_in_and_be_returned(story, enrollment, trainee)
    hand_in_again_and_be_approved(story, enrollment, trainee)
    agree_on_mentoring(story, enrollment, trainee)
    have_the_plan_signed(story, enrollment, trainee)
    print_the_plan(story, enrollment, trainee, run_jobs)
    end_both_phases(story, enrollment, trainee)


def typed_for(story, enrollment, key: str) -> tuple[Deliverable, dict[str, list[str]]]:
    """What the author types into the form of this deliverable."""
    with story.here:
        deliverable = deliverable_of(enrollment, key)
        people = everybody()
        answers = make_answers(deliverable.asked.fields, people=[story.cast.business_head.pk], today=timezone.localdate())
        return deliverable, dict(as_typed(fields_by(parse(deliverable.asked.fields), "author"), answers, people, {}).lists())


def turn_of(story, deliverable: Deliverable) -> SignOffStep:
    """The step of its newest version whose turn it is."""
    with story.here:
        return rest.ready(Submission.objects.filter(deliverable=deliverable).latest("number"))


def yes_to(step: SignOffStep) -> dict[str, str]:
    """What the form of the step sends with a yes."""
    scores = {f"decision-level-{criterion['key']}": "3" for criterion in step.submission.deliverable.kind.rubric} if step.scores else {}
    outcome = "agreed" if step.kind == "agree" else "approved"
    return {"decision-outcome": outcome, "decision-content_hash": step.submission.content_hash} | scores


def score_and_approve(visitor) -> None:
    """By keyboard alone: every criterion at level 3, then the decision."""
    visitor.key(*["3"] * visitor.page.locator("[data-score]").count(), "a")


def hand_in_and_be_returned(story, enrollment, trainee) -> None:
    deliverable, typed = typed_for(story, enrollment, "D1")
    task = story.url(f"tasks/{deliverable.work_id}/")
    story.refused(task, peer=404, sponsor=404, admin=404)
    page = trainee.go(story.url("my/program/"))
    page.locator(f'main .list a[href*="{task}"]').first.click()
    page.locator("form[data-draft-url]").wait_for()
    trainee.type_in(typed)
    page.locator('[data-draft-state][data-state="saved"]').wait_for()
    with story.here:
        assert Draft.objects.get().data["strategy"] == typed["strategy"]
    # Nobody else writes or hands in: who reads it is told so, for others it is not there.
    pressed = {"revision": "0", "strategy": "别人写的"}
    for path in ("draft/", "submit/"):
        story.refused(story.url(f"deliverables/{deliverable.pk}/{path}"), pressed, mentor=403, line_manager=403, peer=404, admin=404)
    page.reload()
    assert page.locator("[name=strategy]").input_value() == typed["strategy"][-1]
    trainee.press("Submit", "hand in")
    assert trainee.sees(trainee.words("Version %(number)s is handed in.", number=1))

    first = turn_of(story, deliverable)
    address = story.url(f"signoffs/{first.pk}/")
    story.refused(address, peer=404, other_mentor=404, admin=404)
    story.refused(address, yes_to(first), trainee=403, mentor=403, hrbp=403, peer=404)
    head = story.visit("business_head")
    head.go(story.url("signoffs/"))
    head.key("j")
    assert head.page.url.endswith(address)
    head.key("a")
    assert head.sees(head.words("You agreed to %(key)s by %(name)s.", key="D1", name="林予安"))

    hrbp = story.visit("hrbp", "en")
    page = hrbp.go(story.url(f"signoffs/{turn_of(story, deliverable).pk}/"))
    hrbp.key("r")
    assert page.locator("#id_decision-note_error").is_visible()
    hrbp.keys("c")
    page.keyboard.type("口径清楚。请补上线上渠道的毛利来源。")
    page.keyboard.press("Tab")
    page.locator('[data-key="r"]').click()
    page.wait_for_url("**/signoffs/")
    with story.here:
        deliverable.refresh_from_db()
    assert deliverable.state == "returned"


def hand_in_again_and_be_approved(story, enrollment, trainee) -> None:
    with story.here:
        deliverable = deliverable_of(enrollment, "D1")
    page = trainee.go(story.url(f"tasks/{deliverable.work_id}/"))
    assert trainee.sees("请补上线上渠道的毛利来源")
    page.locator("[name=earning_model]").fill("线上毛利 18%，来源：财务部九月损益表；门店毛利 31%，来源同上。每月由财务部更新。")
    page.locator("[name=version-note]").fill("补上了两个来源")
    trainee.press("Submit version %(number)s", number=2)
    today = timezone.localdate()
    step = turn_of(story, deliverable)
    with story.here:
        rest.approve(step, story.cast.business_head, today)
    step = turn_of(story, deliverable)
    story.refused(story.url(f"signoffs/{step.pk}/"), yes_to(step), trainee=403, mentor=403, business_head=403, peer=404)
    hrbp = story.visit("hrbp", "en")
    page = hrbp.go(story.url(f"signoffs/{step.pk}/?view=compare"))
    assert page.locator("ins").first.is_visible()
    score_and_approve(hrbp)
    assert hrbp.sees("You approved D1 by 林予安.")
    with story.here:
        assert work_of(enrollment, "1.1.a").state == "approved"


def agree_on_mentoring(story, enrollment, trainee) -> None:
    with story.here:
        work, talk = work_of(enrollment, "1.4.a"), work_of(enrollment, "1.4.b")
        check = work.task.checks.get()
    address = story.url(f"signoffs/checks/{work.pk}/{check.pk}/")
    story.refused(address, peer=404, other_mentor=404, admin=404)
    story.refused(address, {"check-all": "yes"}, trainee=403, line_manager=403, peer=404)
    mentor = story.visit("mentor")
    mentor.go(address)
    mentor.key("a")
    assert mentor.sees(mentor.words("%(key)s of %(name)s is passed.", key="C3", name="林予安"))

    done = story.url(f"tasks/{talk.pk}/done/")
    story.refused(done, {"note": "替他做完"}, mentor=403, peer=404)
    page = trainee.go(story.url(f"tasks/{talk.pk}/"))
    page.locator("[name=note]").fill("和周敏一起对照了起点：业务这一块差得最多，先从读懂损益表开始。")
    trainee.press("Mark as done")
    assert trainee.sees(trainee.words("Done. What you wrote stays with the task."))


def have_the_plan_signed(story, enrollment, trainee) -> None:
    plan, typed = typed_for(story, enrollment, "D5")
    trainee.go(story.url("my/idp/"))
    trainee.go(story.url(f"tasks/{plan.work_id}/"))
    trainee.type_in(typed)
    trainee.press("Agree and submit")
    for part, others in (("mentor", ("trainee", "line_manager")), ("line_manager", ("trainee", "mentor"))):
        step = turn_of(story, plan)
        story.refused(story.url(f"signoffs/{step.pk}/"), yes_to(step), **dict.fromkeys(others, 403), peer=404)
        signer = story.visit(part)
        signer.go(story.url(f"signoffs/{step.pk}/"))
        score_and_approve(signer)
        assert signer.sees(signer.words("You approved %(key)s by %(name)s.", key="D5", name="林予安"))
    with story.here:
        plan.refresh_from_db()
    assert plan.state == "approved"


def print_the_plan(story, enrollment, trainee, run_jobs) -> None:
    shown = story.url(f"plans/{enrollment.pk}/")
    story.refused(shown, peer=404, other_mentor=404, admin=404, sponsor=404)
    story.refused(f"{shown}print/", {}, peer=404, other_mentor=404, admin=404, sponsor=404)
    page = trainee.go(story.url("my/idp/"))
    trainee.press("Print as PDF")
    assert "documents_printed" not in page.url
    assert "mentorship.jobs.print_development_plan" in run_jobs()
    page.locator('#documents a[href*="/documents/"]').wait_for()  # the page looks again by itself
    with page.expect_download() as download:
        page.locator('#documents a[href*="/documents/"]').click()
    pdf = pypdfium2.PdfDocument(download.value.path())
    text = "".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    with story.here:
        document = RenderedDocument.objects.get()
    for wanted in ("个人发展计划", "林予安", "周敏", "赵晓峰", document.printed_code, f"1 / {len(pdf)}"):
        assert wanted in text, wanted
    story.refused(f"{shown}documents/{document.pk}/", peer=404, other_mentor=404, admin=404)
    anybody = story.visit(language="en")
    anybody.go(f"/verify/{document.code}/")
    assert not anybody.sees("林予安")


def end_both_phases(story, enrollment, trainee) -> None:
    cast, today = story.cast, timezone.localdate()
    with story.here:
        rest.finish(cast, enrollment, "PH1", today)
    states = phases(story, enrollment)
    assert (states["PH1"], states["PH2"], states["PH3"]) == ("complete", "open", "locked")
    with story.here:
        rest.finish(cast, enrollment, "PH2", today, but=("2.5.d",))
        budget = deliverable_of(enrollment, "D10")
        submission = rest.hand_in(cast, budget, today)
        rest.approve(rest.ready(submission), cast.mentor, today)
    assert phases(story, enrollment)["PH2"] == "open"
    step = turn_of(story, budget)
    story.refused(story.url(f"signoffs/{step.pk}/"), yes_to(step), trainee=403, mentor=403, line_manager=403, peer=404)
    director = story.visit("director", "en")
    director.go(story.url(f"signoffs/{step.pk}/"))
    director.key("a")
    states = phases(story, enrollment)
    assert (states["PH2"], states["PH3"]) == ("complete", "open")
    trainee.go(story.url("my/program/"))
    with story.here:
        practice = PhaseProgress.objects.select_related("phase").get(enrollment=enrollment, phase__key="PH3").phase
    assert trainee.page.locator("h1").inner_text() == practice.name.localize("zh-hans")


def phases(story, enrollment) -> dict[str, str]:
    with story.here:
        return dict(PhaseProgress.objects.filter(enrollment=enrollment).values_list("phase__key", "state"))
