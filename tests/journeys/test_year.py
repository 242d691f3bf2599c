"""One trainee's year through the pages, from the first list of names to a certified level and a completed program."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from assessments.models import CertificationReview, Rater, ReviewCycle
from assessments.queries.scheme import statements_of
from assessments.rules.feedback_items import asked_of
from effectiveness.models import Survey, TrainingSession
from mentorship.models import Agreement, Pairing
from organizations.models import AuditEvent, Member
from organizations.vocabulary import OrganizationRole
from programs.actions.open_cohort import open_cohort
from programs.forms.deliverable_typed import as_typed
from programs.models import Deliverable, Enrollment, Submission
from programs.queries.directory import everybody
from programs.rules.fields import fields_by, parse
from projects.models import PracticeProject
from tests.cast import make_member
from tests.factories.answers import make_answers
from tests.factories.mentorship import make_mentor
from tests.factories.programs import work_of
from tests.factories.projects import gate_of
from tests.factories.sessions import answers, phone
from tests.journeys import rest
from tests.journeys.year import WRONG, Year

BEGINS = date(2027, 3, 1)
AGREEMENT = {"focus_1": "需求访谈", "focus_2": "", "focus_3": "", "every_days": "14", "minutes": "45", "additions": ""}
SESSION = {"title": "补货三问", "aims": "找出缺货风险", "minutes": "90", "seats": "10", "place": "虹桥店"}
DIMENSIONS = ("5.1", "5.2", "5.3")
LEVELS = {f"score_{dimension}": "3" for dimension in DIMENSIONS}
REASONS = {f"reason_{dimension}": "材料里有据可查" for dimension in DIMENSIONS}


@pytest.fixture
def year(cast, published) -> Year:
    """The built-in program is published, the mentor nominated, a second reviewer there."""
    cast.people["second_reviewer"] = make_member("秦岚", "second@hengyue.example", [OrganizationRole.REVIEWER, OrganizationRole.MEMBER])
    make_mentor(cast)
    return Year(cast)


def test_a_year_from_the_first_day_to_a_certified_level(year, published):
    with year.on(BEGINS):
        enroll(year, published)
        pair_and_agree(year)
    with year.on(BEGINS + timedelta(days=20)):
        end_the_first_phase(year)
    with year.on(BEGINS + timedelta(days=90)):
        rest.finish(year.cast, year.enrollment, "PH2", year.today)
        assert (year.phases()["PH2"], year.phases()["PH3"]) == ("complete", "open")
        project = choose_a_project(year)
    for number, key in enumerate(("G1", "G2", "G3", "G4"), start=1):
        with year.on(BEGINS + timedelta(days=90 + 20 * number)):
            pass_the_gate(year, project, number, key)
    with year.on(BEGINS + timedelta(days=180)):
        close_the_project(year, project)
    with year.on(BEGINS + timedelta(days=200)):
        hold_a_session(year)
    with year.on(BEGINS + timedelta(days=300)):
        review = open_a_review(year)
        answer_by_link(year, review)
        close_and_decide(year, review)
    assert year.tried == set(WRONG)


# ── The first quarter ──


def enroll(year, version) -> None:
    cast = year.cast
    cohort = open_cohort(
        version, name="2027 春季班", start_on=BEGINS, calendar="cn", manager=cast.manager, sponsor=cast.sponsor, by=cast.director
    )
    named = {"line_manager": "赵晓峰", "hrbp": "吴越", "business_head": "马骏", "training_manager": "罗琳"}
    form = {"people": "林予安", "step": "enroll", "trainee": [str(cast.trainee.pk)]} | named
    year.do("enroll", "manager", f"cohorts/{cohort.pk}/enroll/", form | {f"trainee-{cast.trainee.pk}-line_manager": "赵晓峰"})
    year.enrollment = Enrollment.objects.select_related("cohort__version", "trainee").get()
    year.read("trainee", "my/program/", "入职与融入期")


def pair_and_agree(year) -> None:
    enrollment = year.enrollment
    proposal = f"mentoring/cohorts/{enrollment.cohort_id}/{enrollment.pk}/propose/"
    year.do("propose a mentor", "manager", proposal, {"mentor": str(year.cast.mentor.pk), "words": "两人都做过门店培训"})
    pairing = Pairing.objects.get()
    here = f"mentoring/pairings/{pairing.pk}/"
    for part in ("mentor", "trainee"):
        year.do("accept the pairing", part, f"{here}answer/", {"answer": "yes"})
    for days in (2, 16):
        meeting = {"starts_at": f"{year.today + timedelta(days=days)}T15:00", "minutes": "45", "place": "3 楼", "agenda": "访谈提纲"}
        year.do("plan a meeting", "mentor", f"{here}meetings/new/", meeting)
    year.do("write the agreement", "trainee", f"{here}agreement/", AGREEMENT | {"number": "0"})
    agreement = Agreement.objects.get()
    for part in ("trainee", "mentor"):
        year.do("sign the agreement", part, f"{here}agreement/sign/", {"content_hash": agreement.content_hash})
    assert AuditEvent.objects.filter(action="check_recorded").count() == 1  # C3 passed with the second signature


def end_the_first_phase(year) -> None:
    cast, enrollment = year.cast, year.enrollment
    rest.finish(cast, enrollment, "PH1", year.today, but=("1.4.c",))
    assert year.phases()["PH1"] == "open"
    plan = Deliverable.objects.select_related("kind", "work").get(work__enrollment=enrollment, kind__key="D5")
    year.read("trainee", f"tasks/{plan.work_id}/", "个人发展计划")
    submission = hand_in(year, "hand in the development plan", plan)
    for part in ("mentor", "line_manager"):
        sign(year, "sign the development plan", submission, part)
    assert (year.phases()["PH1"], year.phases()["PH2"]) == ("complete", "open")


def hand_in(year, step: str, deliverable: Deliverable) -> Submission:
    """The trainee types all of the form and sends it."""
    fields = parse(deliverable.asked.fields)
    said = make_answers(deliverable.asked.fields, people=[year.cast.business_head.pk], today=year.today)
    typed = dict(as_typed(fields_by(fields, "author"), said, everybody(), {}).lists())
    year.do(step, "trainee", f"deliverables/{deliverable.pk}/submit/", {"revision": "0"} | typed)
    return Submission.objects.get(deliverable=deliverable)


def sign(year, step: str, submission: Submission, part: str) -> None:
    """Whose turn it is says yes on the page, with a level for every criterion."""
    turn = rest.ready(submission)
    scores = {f"decision-level-{one['key']}": "3" for one in submission.deliverable.kind.rubric} if turn.scores else {}
    yes = {"decision-outcome": "agreed" if turn.kind == "agree" else "approved", "decision-content_hash": submission.content_hash}
    year.do(step, part, f"signoffs/{turn.pk}/", yes | scores)


# ── The project ──


def choose_a_project(year) -> PracticeProject:
    work = work_of(year.enrollment, "3.a")
    facts = {"kind": "3.A", "name": "店长上岗 60 天", "problem": "新店长三个月内离职 18%", "sponsor": year.cast.sponsor.email}
    year.do("choose the project", "trainee", f"projects/choose/{work.pk}/", facts)
    project = PracticeProject.objects.select_related("enrollment__trainee", "work").get()
    year.do("accept as sponsor", "sponsor", f"projects/{project.pk}/sponsor/", {"accept": "1", "note": "我来认领"})
    year.read("sponsor", f"projects/{project.pk}/", "店长上岗 60 天")
    return project


def pass_the_gate(year, project, number: int, key: str) -> None:
    """The charter first; then evidence, every reviewer's verdict, and the record signed."""
    if number == 1:
        approve_all(year, project, "D11", 1)
    gate = gate_of(project, key)
    criteria = [one["key"] for one in gate.definition.criteria]
    year.do("call a gate", "trainee", f"gates/{gate.pk}/evidence/", dict.fromkeys(criteria, "会议纪要，9 月 1 日"))
    verdict = {"verdict": "go", "reasons": "材料齐备", "round": "1"} | {f"criterion-{one}": "met" for one in criteria}
    for part in gate.definition.reviewers:
        year.do("speak at a gate", part, f"gates/{gate.pk}/verdict/", verdict)
    assert gate_of(project, key).state == "passed"
    approve_all(year, project, "D12", number)


def approve_all(year, project, key: str, number: int) -> None:
    """What is told of others already: handed in and signed through the actions."""
    row = Deliverable.objects.select_related("kind", "work").get(work=project.work_id, kind__key=key, number=number)
    submission = rest.hand_in(year.cast, row, year.today)
    while step := rest.ready(submission):
        rest.approve(step, rest.signer(year.cast, step), year.today)


def close_the_project(year, project) -> None:
    row = Deliverable.objects.select_related("kind", "work").get(work=project.work_id, kind__key="D13")
    submission = rest.hand_in(year.cast, row, year.today)
    while turn := rest.ready(submission):
        sign(year, "sign the retrospective", submission, year.part_of(rest.signer(year.cast, turn)))
    assert year.phases()["PH3"] == "open"
    year.do("close the project", "trainee", f"projects/{project.pk}/close/")
    assert (year.phases()["PH3"], year.phases()["PH4"]) == ("complete", "open")


# ── A session, asked by link ──


def hold_a_session(year) -> None:
    starts = {"starts_at": f"{year.today}T07:00", "observer": year.cast.peer.email}
    answer = year.client("trainee").post(year.cast.url("toolkit/sessions/new/"), SESSION | starts)
    assert answer.status_code == 302
    session = TrainingSession.objects.get()
    here = f"toolkit/sessions/{session.pk}/"
    year.do("invite to the session", "trainee", f"{here}people/", {"people": "\n".join(f"店员{number}，虹桥店" for number in range(5))})
    came = {f"came-{one.pk}": "came" for one in session.attendees.all()}
    year.do("take attendance", "trainee", f"{here}attendance/", came)
    year.do("open the survey", "trainee", f"{here}survey/", {"closes_on": f"{year.today}", "by_person": ""})
    link = year.cast.url(f"answer/{Survey.objects.get().token}/")
    for score in (3, 4, 4, 5, 5):
        assert phone().post(link, answers(score)).status_code == 302
    assert Client().get(f"/o/rival/answer/{Survey.objects.get().token}/").status_code == 404
    assert Survey.objects.get().answers.count() == 5
    year.read("mentor", f"{here}report/", "答卷太少，不显示")  # five are too few as long as a sixth may come
    year.do("close the survey", "trainee", f"{here}survey/close/")
    year.read("mentor", f"{here}report/", "4.2")


# ── The review ──


def open_a_review(year) -> CertificationReview:
    rest.finish(year.cast, year.enrollment, "PH4", year.today)
    facts = {"cohort": str(year.enrollment.cohort_id), "number": "1", "length": "year"}
    days = {"opens_on": f"{year.today}", "closes_on": f"{year.today + timedelta(days=28)}"}
    year.do("open the review cycle", "manager", "reviews/cycles/new/", facts | days)
    review = CertificationReview.objects.select_related("enrollment__cohort").get()
    year.read("trainee", f"reviews/{review.pk}/", "2027 春季班")
    return review


def answer_by_link(year, review) -> None:
    here = f"reviews/{review.pk}/"
    for part in ("other_mentor", "reviewer"):
        year.do("propose a rater", "trainee", f"{here}raters/", {"member": year.cast.people[part].email, "group": "learner"})
    year.do("approve the raters", "line_manager", f"{here}raters/approve/")
    asked = list(Rater.objects.filter(review=review).exclude(group="self").select_related("member"))
    assert {rater.state for rater in asked} == {"asked"}
    # Nobody but who has no e-mail is handed a link.
    Member.objects.filter(pk__in=[rater.member_id for rater in asked]).update(email="")
    for rater in asked:
        page = year.do("hand out a link", "manager", f"{here}raters/{rater.pk}/link/", status=200)
        [address] = set(re.findall(r"/o/hengyue/feedback/[\w-]+/", page.text))
        browser = Client()
        assert browser.get(address).status_code == 302
        asked_for = asked_of(rater.group, statements_of(review.enrollment.cohort.version_id))
        scores = {f"item_{row.item.key}": "4" for row in asked_for}
        assert browser.post(year.cast.url("feedback/"), scores | {"step": "send"}).status_code == 200
        assert Client().get(address).status_code == 410
    assert set(Rater.objects.filter(pk__in=[rater.pk for rater in asked]).values_list("state", flat=True)) == {"answered"}


def close_and_decide(year, review) -> None:
    cast, here = year.cast, f"reviews/{review.pk}/"
    year.do("close the cycle", "manager", f"reviews/cycles/{review.cycle_id}/close/")
    assert ReviewCycle.objects.get().state == "closed"
    panel = {"level": "junior", "members": [str(cast.reviewer.pk), str(cast.second_reviewer.pk)], "chair": str(cast.reviewer.pk)}
    year.do("name the panel", "director", f"{here}panel/", panel)
    year.do("freeze the file", "director", f"{here}freeze/")
    review.refresh_from_db()
    vote = LEVELS | REASONS | {"outcome": "certified", "track": "", "file_hash": review.file_hash}
    for part in ("reviewer", "second_reviewer"):
        year.read(part, here, review.file_hash)
        year.do("vote", part, here, vote)
    assert year.enrollment.state == "active"
    words = LEVELS | {"outcome": "certified", "level": "junior", "reasons": "整体达到，数据有来源。"}
    year.do("decide", "reviewer", f"{here}decision/", words)
    decision = review.decisions.get()
    assert (decision.outcome, decision.level, decision.scores) == ("certified", "junior", dict.fromkeys(DIMENSIONS, 3))
    year.enrollment.refresh_from_db()
    assert year.enrollment.state == "completed"
    year.read("trainee", f"{here}decision/", "整体达到，数据有来源。")
    year.do("take note", "trainee", f"{here}decision/acknowledge/")
