"""The review: figures confirmed, feedback by personal link, statements, a panel that votes apart, a decision, an appeal and its answer."""

import re
from datetime import timedelta

from django.core import mail
from django.http import HttpResponse
from django.test import Client

from assessments.actions import send_links
from assessments.models import CertificationReview, Decision, KpiValue, PanelVote, Rater, ReviewCycle
from assessments.queries.scheme import statements_of
from assessments.rules.feedback_items import asked_of
from organizations.models import User
from tests.journeys.act_one import NOT_THE_AUTHOR, NOT_YOUR_TURN
from tests.journeys.year import Year

LINK = r"/o/hengyue/feedback/[\w-]+/"
DIMENSIONS = ("5.1", "5.2", "5.3")
GOAL = {"baseline": "6.0", "target": "4.0", "actual": "4.6", "source": "销售日报", "note": ""}
STATEMENTS = {"mentor": "能独立做完一次需求分析，效果评估还要人带。", "line_manager": "门店愿意找他，数据口径自己先核一遍。"}
APPEAL = "效果评估的基线取错了月份，请按立项书再看一遍。"
FIRST_WORDS = "需求分析扎实；效果评估的数据来源不全，补一次再认级。"
SECOND_WORDS = "按立项书复核后，数据来源齐全，达到初级。"


def open_the_cycle(year: Year) -> CertificationReview:
    """The cohort's manager opens it for the half-year."""
    facts = {"cohort": str(year.enrollment.cohort_id), "number": "1", "length": "year"}
    days = {"opens_on": f"{year.today}", "closes_on": f"{year.today + timedelta(days=28)}"}
    year.do("manager", "reviews/cycles/new/", facts | days, wrong={"mentor": 403, "trainee": 403, "admin": 403, "reviewer": 403})
    review = CertificationReview.objects.select_related("enrollment__cohort").get()
    year.read("trainee", f"reviews/{review.pk}/", "2027 春季班", wrong={"peer": 404, "admin": 404, "reviewer": 404})
    return review


def have_a_figure_confirmed(year: Year, review: CertificationReview) -> None:
    """The trainee writes down what came of the goal; the business head puts their name to it."""
    here = f"reviews/{review.pk}/kpis/"
    year.do("trainee", f"{here}K7/", GOAL, wrong={"mentor": 403, "business_head": 403, "peer": 404, "admin": 404})
    page = year.read("business_head", here, "70%", wrong={"peer": 404, "admin": 404})
    [seen] = re.findall(r'name="seen" value="([^"]+)"', page.text)
    wrong = {"trainee": 403, "mentor": 403, "line_manager": 403, "manager": 403, "peer": 404}
    year.do("business_head", f"{here}K7/confirm/", {"seen": seen}, wrong=wrong)
    assert KpiValue.objects.get(key="K7").confirmed_by == year.cast.business_head


def look_back(year: Year) -> None:
    """D20: the trainee's own summary and plan; the line manager reads it and neither approves nor scores."""
    assert year.sign_all(year.hand_in(year.paper("D20"), NOT_THE_AUTHOR), NOT_YOUR_TURN | {"mentor": 403}) == ["line_manager"]


def gather_feedback(year: Year, review: CertificationReview) -> None:
    """Proposed by the trainee, approved by the superior; two answer signed in, the others by a mailed link that holds once."""
    here = f"reviews/{review.pk}/raters/"
    for part in ("other_mentor", "third_reviewer"):
        asked = {"member": year.cast.people[part].email, "group": "learner"}
        year.do("trainee", here, asked, wrong={"mentor": 403, "hrbp": 404, "peer": 404})
    year.do("line_manager", f"{here}approve/", wrong={"trainee": 403, "mentor": 403, "peer": 404})
    mail.outbox.clear()
    send_links.run(year.cast.organization.pk)
    links = {letter.to[0]: re.search(LINK, letter.body)[0] for letter in mail.outbox}
    raters = list(Rater.objects.filter(review=review).select_related("member"))
    by_hand = raters[-1]
    for rater in raters:
        asked_for = asked_of(rater.group, statements_of(review.enrollment.cohort.version_id))
        said = {f"item_{row.item.key}": "4" for row in asked_for} | {"step": "send", "text_change": f"少讲一点，{rater.group}"}
        if (part := year.part_of(rater.member)) in ("trainee", "line_manager"):
            others = {one: 404 for one in ("trainee", "line_manager", "mentor", "peer") if one != part}
            year.do(part, f"my/feedback/{rater.pk}/", said, wrong=others, status=200)
        elif rater == by_hand:
            # Nobody but who has no e-mail is handed a link.
            User.objects.filter(memberships=rater.member_id).update(email=None)
            page = year.do("manager", f"{here}{rater.pk}/link/", wrong={"trainee": 403, "line_manager": 403, "peer": 404}, status=200)
            [address] = set(re.findall(LINK, page.text))
            _by_link(year, address, said)
        else:
            _by_link(year, links[rater.member.user.email], said)
    assert set(Rater.objects.values_list("state", flat=True)) == {"answered"}


def _by_link(year: Year, address: str, said: dict) -> None:
    assert Client().get(address.replace("hengyue", year.cast.rival.slug)).status_code == 410
    phone, answering = Client(), year.cast.url("feedback/")
    assert phone.post(answering, said).status_code == 410  # without the link
    assert phone.get(address).status_code == 302
    assert phone.post(answering, said).status_code == 200
    assert (phone.post(answering, said).status_code, Client().get(address).status_code) == (410, 410)


def close_and_release(year: Year, review: CertificationReview) -> None:
    """Nobody sees results before the close, nor the trainee before the talk."""
    here = f"reviews/{review.pk}/results/"
    year.do("manager", f"reviews/cycles/{review.cycle_id}/close/", wrong={"trainee": 404, "mentor": 404, "admin": 404})
    assert ReviewCycle.objects.get().state == "closed"
    year.read("trainee", here, never=("少讲一点",))
    year.read("mentor", here, "少讲一点", wrong={"line_manager": 403, "manager": 403, "peer": 404, "admin": 404})
    year.do("mentor", here, wrong={"trainee": 403, "line_manager": 403, "manager": 403, "peer": 404})
    year.read("trainee", here, "少讲一点")


def hand_to_the_panel(year: Year, review: CertificationReview) -> None:
    """Mentor and line manager speak, for neither of them votes; two reviewers get the frozen file."""
    cast, here = year.cast, f"reviews/{review.pk}/"
    for part, words in STATEMENTS.items():
        wrong = {"trainee": 403, "manager": 403, "director": 403, "peer": 404, "admin": 404}
        year.do(part, f"{here}statement/", {"text": words}, wrong=wrong)
    panel = {"level": "junior", "members": [str(cast.reviewer.pk), str(cast.second_reviewer.pk)], "chair": str(cast.reviewer.pk)}
    year.do("director", f"{here}panel/", panel, wrong={"manager": 403, "trainee": 403, "reviewer": 404})
    year.do("director", f"{here}freeze/", wrong={"manager": 403, "trainee": 403, "mentor": 403, "reviewer": 403})
    review.refresh_from_db()


def vote_apart(year: Year, review: CertificationReview) -> None:
    """Each on the file that they read, and none sees another's vote before all are in."""
    here, written = f"reviews/{review.pk}/", {}
    for part, outcome in (("reviewer", "not_yet"), ("second_reviewer", "certified")):
        reasons = {f"reason_{dimension}": f"{part} 的依据 {dimension}" for dimension in DIMENSIONS}
        vote = _levels("3") | reasons | {"outcome": outcome, "track": "", "file_hash": review.file_hash}
        year.read(part, here, review.file_hash, *STATEMENTS.values(), never=tuple(written))
        year.do(part, here, vote, wrong={"director": 403, "mentor": 403, "line_manager": 403, "trainee": 403, "admin": 404})
        written |= dict.fromkeys(reasons.values())
        assert PanelVote.objects.count() == len(written) / len(DIMENSIONS)
    year.read("reviewer", here, *written)
    for part in ("trainee", "mentor"):
        year.read(part, here, never=tuple(written))


def decide(year: Year, review: CertificationReview) -> None:
    """Not yet, with reasons and a dated plan: the chair writes what the panel came to."""
    here = f"reviews/{review.pk}/decision/"
    plan = {"what_1": "独立做完一次二级评估", "due_1": f"{year.today + timedelta(days=90)}"}
    words = _levels("3") | plan | {"outcome": "not_yet", "level": "", "reasons": FIRST_WORDS}
    year.do("reviewer", here, words, wrong={"second_reviewer": 403, "mentor": 403, "trainee": 403, "manager": 403, "admin": 404})
    year.read("trainee", here, FIRST_WORDS, plan["what_1"], wrong={"business_head": 403, "hrbp": 404, "admin": 404})
    decision = Decision.objects.get()
    assert (decision.outcome, decision.level, decision.scores) == ("not_yet", "", dict.fromkeys(DIMENSIONS, 3))


def appeal(year: Year, review: CertificationReview) -> HttpResponse:
    """The trainee asks for a second look; a reviewer who did not vote speaks; the HR director grants it with another decision."""
    here, cast = f"reviews/{review.pk}/", year.cast
    wrong = {"mentor": 403, "line_manager": 403, "director": 403, "reviewer": 403, "peer": 404, "admin": 404}
    year.do("trainee", f"{here}decision/appeal/", {"reasons": APPEAL}, wrong=wrong)
    asked = {"step": "panel", "members": [str(cast.third_reviewer.pk)]}
    others = {"manager": 403, "reviewer": 403, "mentor": 403, "trainee": 403}
    year.do("director", f"{here}appeal/", asked, wrong=others | {"third_reviewer": 404})
    year.read("third_reviewer", f"{here}appeal/", APPEAL, FIRST_WORDS, wrong={"mentor": 403, "reviewer": 403, "admin": 404})
    advice = {"step": "advice", "granted": "yes", "reasons": "基线确实取错了"}
    year.do("third_reviewer", f"{here}appeal/", advice, wrong=others | {"director": 403})
    again = {f"decision-{name}": value for name, value in _levels("3").items()}
    again |= {"decision-outcome": "certified", "decision-level": "junior", "decision-track": "", "decision-reasons": SECOND_WORDS}
    answer = {"step": "answer", "granted": "yes", "reasons": "申诉成立。"} | again
    year.do("director", f"{here}appeal/", answer, wrong=others | {"third_reviewer": 403})
    granted = Decision.objects.get(after_appeal=True)
    assert (granted.outcome, granted.level, Decision.objects.count()) == ("certified", "junior", 2)
    page = year.read("trainee", f"{here}decision/", FIRST_WORDS, SECOND_WORDS, "申诉成立。")
    year.do("trainee", f"{here}decision/acknowledge/", wrong={"mentor": 403, "director": 403, "peer": 404})
    year.enrollment.refresh_from_db()
    assert year.enrollment.state == "completed"
    return page


def _levels(level: str) -> dict[str, str]:
    return {f"score_{dimension}": level for dimension in DIMENSIONS}
