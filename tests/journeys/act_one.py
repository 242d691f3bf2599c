"""The first quarter: a cohort and its sponsor, a pair and its agreement, the first papers, the plan that ends the phase."""

from datetime import date, timedelta

from mentorship.models import Agreement, Meeting, Pairing
from organizations.models import AuditEvent
from programs.models import Cohort, Enrollment, TemplateVersion
from tests.factories.programs import work_of
from tests.journeys import rest
from tests.journeys.year import Year

AGREEMENT = {"focus_1": "需求访谈", "focus_2": "", "focus_3": "", "every_days": "14", "minutes": "45", "additions": ""}
NOTE = "和周敏一起对照了起点：业务这一块差得最多，先从读懂损益表开始。"
# Who reads a trainee's work is told that this is another's step (403); for who has no part in it, it is not there (404).
NOT_THE_AUTHOR = {"mentor": 403, "line_manager": 403, "peer": 404, "admin": 404}
NOT_YOUR_TURN = {"trainee": 403, "manager": 403, "peer": 404}


def open_the_cohort(year: Year, version: TemplateVersion, begins: date) -> Cohort:
    """The HR director opens it, and its sponsor accepts it by name."""
    told = {"name": "2027 春季班", "version": version.pk, "start_on": begins.isoformat(), "calendar": "cn"}
    led = {"manager": "何芳", "sponsor": "高远"}
    year.do("director", "cohorts/new/", told | led, wrong={"admin": 403, "manager": 403, "mentor": 403, "trainee": 403})
    cohort = Cohort.objects.get()
    words = {f"accept-{cohort.pk}-words": "每季度留出半天听进展"}
    year.do("sponsor", f"sponsoring/{cohort.pk}/accept/", words, wrong={"manager": 404, "director": 404, "peer": 404})
    return cohort


def enroll(year: Year, cohort: Cohort) -> None:
    """The cohort's manager names the trainee and who supports them."""
    trainee = year.cast.trainee.pk
    named = {"line_manager": "赵晓峰", "hrbp": "吴越", "business_head": "马骏", "training_manager": "罗琳"}
    form = {"people": "林予安", "step": "enroll", "trainee": [str(trainee)], f"trainee-{trainee}-line_manager": "赵晓峰"} | named
    year.do("manager", f"cohorts/{cohort.pk}/enroll/", form, wrong={"mentor": 404, "trainee": 404, "admin": 404, "sponsor": 403})
    year.enrollment = Enrollment.objects.select_related("cohort__version", "trainee").get()
    year.read("trainee", "my/program/", "入职与融入期")


def pair(year: Year) -> Pairing:
    """A mentor is proposed, both say yes, and the first two meetings stand in the calendar."""
    proposal = f"mentoring/cohorts/{year.enrollment.cohort_id}/{year.enrollment.pk}/propose/"
    said = {"mentor": str(year.cast.mentor.pk), "words": "两人都做过门店培训"}
    year.do("manager", proposal, said, wrong={"trainee": 404, "line_manager": 404, "admin": 404})
    pairing = Pairing.objects.get()
    here = f"mentoring/pairings/{pairing.pk}/"
    for part in ("mentor", "trainee"):
        year.do(part, f"{here}answer/", {"answer": "yes"}, wrong={"line_manager": 403, "hrbp": 404, "peer": 404})
    for days in (2, 16):
        meeting = {"starts_at": f"{year.today + timedelta(days=days)}T15:00", "minutes": "45", "place": "3 楼", "agenda": "访谈提纲"}
        year.do("mentor", f"{here}meetings/new/", meeting, wrong={"line_manager": 403, "peer": 404})
    return pairing


def agree(year: Year, pairing: Pairing) -> None:
    """Both sign what they agreed on, which passes C3."""
    here = f"mentoring/pairings/{pairing.pk}/agreement/"
    year.do("trainee", here, AGREEMENT | {"number": "0"}, wrong={"manager": 403, "peer": 404})
    seen = {"content_hash": Agreement.objects.get().content_hash}
    for part in ("trainee", "mentor"):
        year.do(part, f"{here}sign/", seen, wrong={"line_manager": 403, "hrbp": 404, "peer": 404})
    assert AuditEvent.objects.filter(action="check_recorded").count() == 1


def meet(year: Year) -> None:
    """The trainee writes down what was said; both say how it was; what a mentor notes for themselves nobody else reads."""
    meeting = Meeting.objects.order_by("starts_at").first()
    here = f"mentoring/meetings/{meeting.pk}/"
    notes = {"notes": "先访谈两位店长", "revision": str(meeting.revision), "items-TOTAL_FORMS": "0", "items-INITIAL_FORMS": "0"}
    year.do("trainee", f"{here}notes/", notes, wrong={"line_manager": 403, "peer": 404})
    year.do("mentor", f"{here}private/", {"body": "提纲还太宽"}, wrong={"line_manager": 403, "peer": 404})
    for part, more in (("trainee", {"rating": "4"}), ("mentor", {})):
        year.do(part, f"{here}feedback/", {"words": "例子具体"} | more, wrong={"line_manager": 403, "hrbp": 404, "peer": 404})
    year.read("trainee", here, "先访谈两位店长", never=("提纲还太宽",))
    year.read("mentor", here, "提纲还太宽")


def end_the_first_phase(year: Year) -> None:
    """A handbook, an activity and a check on the pages, the rest as it comes; the signed plan completes the phase."""
    enrollment = year.enrollment
    assert year.sign_all(year.hand_in(year.paper("D1"), NOT_THE_AUTHOR), NOT_YOUR_TURN) == ["business_head", "hrbp"]
    talk = work_of(enrollment, "1.4.b")
    year.do("trainee", f"tasks/{talk.pk}/done/", {"note": NOTE}, wrong={"mentor": 403, "peer": 404, "admin": 404})
    proven = work_of(enrollment, "1.2.c")
    check = proven.task.checks.get()
    items = {"check-items": [item["key"] for item in check.items]}
    year.do("training_manager", f"signoffs/checks/{proven.pk}/{check.pk}/", items, wrong={"trainee": 403, "mentor": 403, "peer": 404})
    rest.finish(year.cast, enrollment, "PH1", year.today, but=("1.4.c",))
    assert year.phases()["PH1"] == "open"
    plan = year.paper("D5")
    year.read("trainee", f"tasks/{plan.work_id}/", "个人发展计划", wrong={"peer": 404, "admin": 404})
    assert year.sign_all(year.hand_in(plan, NOT_THE_AUTHOR), NOT_YOUR_TURN) == ["mentor", "line_manager"]
    assert (year.phases()["PH1"], year.phases()["PH2"]) == ("complete", "open")
