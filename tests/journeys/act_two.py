"""The middle of the year: a practice project through its four gates, and a training session whose learners answer by link."""

from django.test import Client

from effectiveness.models import Survey, TrainingSession
from projects.models import PracticeProject
from tests.factories.programs import work_of
from tests.factories.projects import gate_of
from tests.factories.sessions import answers, phone
from tests.journeys import rest
from tests.journeys.act_one import NOT_THE_AUTHOR, NOT_YOUR_TURN
from tests.journeys.year import EVERYBODYS_OWN, Year

SESSION = {"title": "补货三问", "aims": "找出缺货风险", "minutes": "90", "seats": "10", "place": "虹桥店"}


def choose_a_project(year: Year) -> PracticeProject:
    """One of the three kinds, and a sponsor who accepts it by name."""
    facts = {"kind": "3.A", "name": "店长上岗 60 天", "problem": "新店长三个月内离职 18%", "sponsor": year.cast.sponsor.email}
    choice = f"projects/choose/{work_of(year.enrollment, '3.a').pk}/"
    year.do("trainee", choice, facts, wrong={"mentor": 403, "sponsor": 404, "peer": 404})
    project = PracticeProject.objects.select_related("enrollment__trainee", "work").get()
    answer = {"accept": "1", "note": "我来认领"}
    wrong = {"trainee": 403, "mentor": 403, "business_head": 404, "peer": 404}
    year.do("sponsor", f"projects/{project.pk}/sponsor/", answer, wrong=wrong)
    year.read("sponsor", f"projects/{project.pk}/", "店长上岗 60 天", wrong={"peer": 404, "business_head": 404})
    return project


def pass_the_gate(year: Year, project: PracticeProject, number: int, key: str) -> None:
    """Evidence, every reviewer's verdict, and the record signed; before the first one the charter."""
    if number == 1:
        year.sign_all(year.hand_in(year.paper("D11"), NOT_THE_AUTHOR), NOT_YOUR_TURN)
    gate = gate_of(project, key)
    criteria = [one["key"] for one in gate.definition.criteria]
    evidence = dict.fromkeys(criteria, "会议纪要，9 月 1 日")
    year.do("trainee", f"gates/{gate.pk}/evidence/", evidence, wrong={"mentor": 403, "sponsor": 403, "peer": 404})
    verdict = {"verdict": "go", "reasons": "材料齐备", "round": "1"} | {f"criterion-{one}": "met" for one in criteria}
    wrong = {"trainee": 403, "line_manager": 403, "director": 403, "peer": 404}
    for part in gate.definition.reviewers:
        year.do(part, f"gates/{gate.pk}/verdict/", verdict, wrong=wrong)
    assert gate_of(project, key).state == "passed"
    if number == 1:
        year.sign_all(year.hand_in(year.paper("D12"), NOT_THE_AUTHOR), NOT_YOUR_TURN)
        return
    submission = rest.hand_in(year.cast, year.paper("D12", number), year.today)
    while step := rest.ready(submission):
        rest.approve(step, rest.signer(year.cast, step), year.today)


def close_the_project(year: Year, project: PracticeProject) -> None:
    """Its retrospective is signed; the trainee closes it, and with it the phase."""
    year.sign_all(year.hand_in(year.paper("D13"), NOT_THE_AUTHOR), NOT_YOUR_TURN | {"hrbp": 403})
    assert year.phases()["PH3"] == "open"
    year.do("trainee", f"projects/{project.pk}/close/", wrong={"sponsor": 403, "line_manager": 403, "peer": 404})
    assert (year.phases()["PH3"], year.phases()["PH4"]) == ("complete", "open")


def hold_a_session(year: Year) -> None:
    """Planned, attended, asked about by link; a satisfaction is shown only once nobody can be found out by it."""
    facts = SESSION | {"starts_at": f"{year.today}T07:00", "observer": year.cast.peer.email}
    year.do("trainee", "toolkit/sessions/new/", facts, wrong=EVERYBODYS_OWN)
    session = TrainingSession.objects.get()
    here = f"toolkit/sessions/{session.pk}/"
    others = {"mentor": 403, "manager": 403, "sponsor": 404}
    year.do("trainee", f"{here}people/", {"people": "\n".join(f"店员{number}，虹桥店" for number in range(5))}, wrong=others)
    came = {f"came-{one.pk}": "came" for one in session.attendees.all()}
    year.do("trainee", f"{here}attendance/", came, wrong=others)
    year.do("trainee", f"{here}survey/", {"closes_on": f"{year.today}", "by_person": ""}, wrong=others)
    survey = Survey.objects.get()
    link = year.cast.url(f"answer/{survey.token}/")
    for score in (3, 4, 4, 5, 5):
        assert phone().post(link, answers(score)).status_code == 302
    assert Client().get(f"/o/rival/answer/{survey.token}/").status_code == 404
    assert Client().post(f"/o/rival/answer/{survey.token}/", answers(1)).status_code == 404
    assert survey.answers.count() == 5
    year.read("mentor", f"{here}report/", "答卷太少，不显示")  # five are too few as long as a sixth may come
    year.do("trainee", f"{here}survey/close/", wrong=others | {"peer": 403})
    year.read("mentor", f"{here}report/", "4.2", wrong={"sponsor": 404, "admin": 404})


def answer_a_checkpoint(year: Year) -> None:
    """The first quarter of the fourth phase: the trainee answers, mentor and business head read it."""
    work = work_of(year.enrollment, "4.1.a")
    said = {f"answer-{one['key']}": "要点与例子" for one in work.task.questions}
    year.do("trainee", f"tasks/{work.pk}/answers/", said, wrong={"mentor": 403, "line_manager": 403, "peer": 404, "admin": 404})
    read = {"answer": str(work.checkpoint_answers.get().pk), "body": "看过了，例子具体。"}
    for part in ("mentor", "business_head"):
        year.do(part, f"signoffs/checkpoints/{work.pk}/", read, wrong={"trainee": 403, "sponsor": 404, "peer": 404})
    rest.finish(year.cast, year.enrollment, "PH4", year.today)
