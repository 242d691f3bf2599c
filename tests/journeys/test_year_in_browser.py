"""The spine of a year in the browser, by labels, buttons and keys: work signed, a meeting, a gate, a vote, a certificate, a report.

The year over HTTP (`test_year.py`) tries every step; here its turning points are done by hand, on a small program, half of the people
reading Chinese and half English. What lies between them is done through the actions.
"""

import csv
from datetime import timedelta

import pypdfium2
import pytest
from django.utils import timezone

from assessments.actions import close_cycle, hand_to_panel, open_cycle
from assessments.actions.decide import decide
from assessments.actions.issue_certificate import issue_certificate
from assessments.actions.vote import vote
from assessments.models import Certificate, CertificationReview, Decision, PanelVote
from assessments.vocabulary import Dimension
from documents.models import RenderedDocument
from mentorship.models import Meeting, Pairing
from organizations.vocabulary import OrganizationRole
from programs.models import Enrollment, SignOffStep, Submission
from projects.models import GateReview, PracticeProject
from tests.cast import make_member
from tests.factories.mentorship import make_mentor, named_pairing
from tests.factories.programs import deliverable_of, enroll_cast, make_cohort, work_of
from tests.factories.projects import EVIDENCE, MET, gate_of, version_with_projects
from tests.journeys import rest
from tests.journeys.story import Story

pytestmark = pytest.mark.browser
LEVELS = dict.fromkeys(Dimension.values, 3)
SEEN = "材料里有据可查"


@pytest.fixture
def enrollment(story) -> Enrollment:
    """The trainee of the cast, in the second phase of a small program with practice projects."""
    cast, start = story.cast, timezone.localdate() - timedelta(days=60)
    with story.here:
        cast.people["second_reviewer"] = make_member("秦岚", "second@hengyue.example", [OrganizationRole.REVIEWER, OrganizationRole.MEMBER])
        make_mentor(cast)
        enrollment = enroll_cast(cast, make_cohort(cast, start, version=version_with_projects(), name="项目班"), today=start)
        named_pairing(enrollment)
        rest.finish(cast, enrollment, "PH1", start)
        rest.finish(cast, enrollment, "PH2", start, but=("2.1.d",))
    return enrollment


def test_the_turning_points_of_a_year(story, enrollment, run_jobs):
    hand_in(story, enrollment)
    approve_by_keys(story)
    book_a_meeting(story)
    speak_at_a_gate(story, enrollment)
    review = vote_on_the_file(story, enrollment)
    certificate = certify(story, review, run_jobs)
    download(story, certificate)
    verify(story, certificate)
    report(story, certificate)


def hand_in(story: Story, enrollment: Enrollment) -> None:
    """The trainee, in Chinese: from the program to the task, its one field, and sent."""
    with story.here:
        paper = deliverable_of(enrollment, "D6")
    task, send = story.url(f"tasks/{paper.work_id}/"), story.url(f"deliverables/{paper.pk}/submit/")
    story.refused(send, {"revision": "0", "points": "替他写"}, mentor=403, line_manager=403, peer=404)
    trainee = story.visit("trainee")
    page = trainee.go(story.url("my/program/"))
    page.locator(f'main a[href*="{task}"]').first.click()
    page.get_by_label("要点").first.fill("门店缺货六成出在周末下单，岗位任务清单里没有这一项。")
    trainee.press("Submit", "hand in")
    assert trainee.sees("版本 1 已提交") or trainee.sees(trainee.words("Version %(number)s is handed in.", number=1))


def approve_by_keys(story: Story) -> None:
    """The mentor, in English: the first in the queue, a level for each criterion, and yes; no mouse."""
    with story.here:
        step = SignOffStep.objects.get(state="ready")
    answer = story.url(f"signoffs/{step.pk}/")
    story.refused(answer, {"decision-outcome": "approved"}, trainee=403, line_manager=403, peer=404)
    mentor = story.visit("mentor", "en")
    page = mentor.go(story.url("signoffs/"))
    mentor.key("j")
    assert page.url.endswith(answer)
    mentor.key(*["3"] * page.locator("[data-score]").count(), "a")
    assert mentor.sees("You approved D6 by 林予安.")
    with story.here:
        assert Submission.objects.get(deliverable__kind__key="D6").deliverable.state == "approved"


def book_a_meeting(story: Story) -> None:
    """The trainee puts the next talk with their mentor into both calendars."""
    with story.here:
        pairing = Pairing.objects.get()
    booking = story.url(f"mentoring/pairings/{pairing.pk}/meetings/new/")
    story.refused(booking, line_manager=403, peer=404)
    trainee = story.visit("trainee")
    page = trainee.go(story.url(f"mentoring/pairings/{pairing.pk}/"))
    trainee.follow("Plan a meeting")
    page.get_by_label(trainee.words("Begins")).fill(f"{timezone.localdate() + timedelta(days=3)}T15:00")
    page.get_by_label(trainee.words("Place or link")).fill("3 楼小会议室")
    page.get_by_label(trainee.words("Agenda")).fill("岗位任务清单")
    trainee.press("Plan it")
    assert trainee.sees(trainee.words("Planned; the other is told."))
    with story.here:
        assert Meeting.objects.get().place == "3 楼小会议室"


def speak_at_a_gate(story: Story, enrollment: Enrollment) -> None:
    """Mentor and HRBP have spoken; the sponsor's verdict, in English, lets the project through its first gate."""
    from projects.actions import choose_project, hold_gate, name_sponsor

    cast, today = story.cast, timezone.localdate()
    with story.here:
        work = work_of(enrollment, "3.a")
        kind = enrollment.cohort.version.project_kinds.get(key="3.A")
        facts = {"name": "店长上岗 60 天", "problem": "新店长三个月内离职 18%", "sponsor": cast.sponsor}
        name_sponsor.answer(choose_project.choose(work, kind, **facts, by=cast.trainee, today=today), True, by=cast.sponsor, today=today)
        project = PracticeProject.objects.get()
        charter = rest.hand_in(cast, deliverable_of(enrollment, "D11"), today)
        while step := rest.ready(charter):
            rest.approve(step, rest.signer(cast, step), today)
        hold_gate.call(gate_of(project, "G1"), EVIDENCE, by=cast.trainee, today=today)
        gate = gate_of(project, "G1")
        for part in ("mentor", "hrbp"):
            said = {"judgments": MET, "reasons": "材料齐备", "conditions": (), "round": gate.round}
            hold_gate.review(gate, "go", **said, by=cast.people[part], today=today)
    speaking = story.url(f"gates/{gate.pk}/verdict/")
    story.refused(speaking, {"verdict": "go"}, trainee=403, director=403, peer=404)
    sponsor = story.visit("sponsor", "en")
    page = sponsor.go(story.url(f"gates/{gate.pk}/"))
    for criterion in page.get_by_role("group", name="Points").all():
        criterion.get_by_text("Met", exact=True).click()
    page.get_by_role("group", name="Your verdict").get_by_text("Go", exact=True).click()
    page.get_by_label("Reasons and dissent").fill("Baseline and target stand; I keep the time free.")
    sponsor.press("Give this verdict")
    with story.here:
        assert (GateReview.objects.get(member=cast.sponsor).verdict, gate_of(project, "G1").state) == ("go", "passed")


def vote_on_the_file(story: Story, enrollment: Enrollment) -> CertificationReview:
    """The first reviewer, in Chinese, reads the frozen file and votes; the second has voted already, unseen."""
    cast, today = story.cast, timezone.localdate()
    with story.here:
        days = {"opens_on": today, "closes_on": today + timedelta(days=14)}
        cycle = open_cycle.open_cycle(enrollment.cohort, number=1, length="half_year", **days, by=cast.manager, today=today)
        close_cycle.close(cycle, by=cast.manager)
        review = CertificationReview.objects.get()
        hand_to_panel.name_panel(review, [cast.reviewer, cast.second_reviewer], cast.reviewer, "junior", by=cast.director)
        hand_to_panel.freeze(review, by=cast.director, today=today)
        review.refresh_from_db()
        reasons = dict.fromkeys(Dimension.values, "第二位评审的理由")
        vote(review, LEVELS, reasons, "certified", file_hash=review.file_hash, by=cast.second_reviewer)
    here = story.url(f"reviews/{review.pk}/")
    story.refused(here, {"outcome": "certified"}, director=403, mentor=403, trainee=403, admin=404)
    reviewer = story.visit("reviewer")
    page = reviewer.go(here)
    assert not reviewer.sees("第二位评审的理由")
    form = page.get_by_role("form", name=reviewer.words("Your vote"))
    for dimension in Dimension:
        form.get_by_role("group", name=dimension.value).get_by_text(reviewer.words("Met", "level 3 of 4"), exact=True).click()
    for reasons in form.get_by_label(reviewer.words("Reasons")).all():
        reasons.fill(SEEN)
    form.get_by_role("group", name=reviewer.words("What you would decide")).get_by_text(reviewer.words("Certified"), exact=True).click()
    reviewer.press("Vote", "button of a reviewer")
    assert reviewer.sees("第二位评审的理由")  # with the last vote all of them open
    with story.here:
        assert PanelVote.objects.get(member=cast.reviewer).scores == LEVELS
    return review


def certify(story: Story, review: CertificationReview, run_jobs) -> Certificate:
    """The chair decides and the HR director issues what is due; a worker prints it."""
    with story.here:
        decide(
            CertificationReview.objects.get(pk=review.pk),
            "certified",
            scores=LEVELS,
            reasons="整体达到。",
            level="junior",
            by=story.cast.reviewer,
            today=timezone.localdate(),
        )
        certificate = issue_certificate(Decision.objects.get(), by=story.cast.director, today=timezone.localdate())
    run_jobs()
    return certificate


def download(story: Story, certificate: Certificate) -> None:
    """The trainee follows their certificate to its paper, and finds their name on it."""
    story.refused(story.url(f"certificates/{certificate.pk}/"), mentor=404, peer=404, reviewer=404)
    trainee = story.visit("trainee")
    page = trainee.go(story.url("my/certificates/"))
    page.get_by_role("link", name=certificate.number).first.click()
    paper = page.get_by_role("listitem").filter(has_text="简体中文")
    with page.expect_download() as download:
        paper.get_by_role("link", name=trainee.words("Download")).click()
    said = "".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(download.value.path()))
    assert [words for words in ("林予安", certificate.number, "初级培训经理") if words not in said] == []


def verify(story: Story, certificate: Certificate) -> None:
    """Somebody who holds the paper types its code, signed out and in English."""
    with story.here:
        paper = RenderedDocument.objects.get(kind="certificate", language="en", subject_id=certificate.pk)
    anybody = story.visit(language="en")
    page = anybody.go("/verify/")
    page.get_by_role("textbox", name="Code of the document").fill(paper.printed_code.lower())
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="This document is valid").wait_for()
    assert anybody.sees(certificate.number)
    assert not anybody.sees("林予安")


def report(story: Story, certificate: Certificate) -> None:
    """The admin, in English, takes the report with them; the trainee's row stands in it."""
    story.refused(story.url("reports/"), trainee=403, mentor=403, manager=403)
    admin = story.visit("admin", "en")
    page = admin.go(story.url("reports/"))
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        [row] = [row for row in csv.reader(file) if "林予安" in row]
    assert [words for words in ("项目班", "Junior Training Manager", certificate.number) if words not in row] == []
