"""Nordhamn Logistics: a smaller company, in English, with one cohort that is nearly a year ahead."""

from datetime import date

from config.demo.answering import deliver, texts_of
from config.demo.cohorts import Group
from config.demo.company import Company
from config.demo.leading import lead
from config.demo.mentoring import agree
from config.demo.path import Path
from config.demo.phases import core_skills, onboarding
from config.demo.reviews import hold_first_cycle
from organizations import clock
from organizations.actions import stand_in
from programs.vocabulary import Outcome, Role

# Working days since each cohort began. The first is beyond phase 3's usual end, so that quarters have come round.
COHORTS = {
    182: ["nils_wikstrom", "alice_grant"],
    58: ["emma_lindholm", "lukas_persson", "freja_nilsson", "daniel_okafor", "saga_oberg"],
    14: ["mikkel_jensen", "jonas_viklund"],
}
LATE_NOTES = ("2.3.a", "2.3.b", "2.3.c", "2.4.a", "2.4.b", "2.5.a", "2.5.b", "2.5.c")


def tell(company: Company, groups: list[Group]) -> None:
    """What happens in the cohorts. Each path is told by whoever calls this."""
    first, second, third = (group.paths for group in groups)
    _nils_wikstrom(first["nils_wikstrom"])
    _alice_grant(first["alice_grant"])
    _emma_lindholm(second["emma_lindholm"])
    _lukas_persson(second["lukas_persson"])
    _freja_nilsson(second["freja_nilsson"])
    _daniel_okafor(second["daniel_okafor"])
    _saga_oberg(second["saga_oberg"])
    _mikkel_jensen(third["mikkel_jensen"])
    _jonas_viklund(third["jonas_viklund"])
    hold_first_cycle(groups[0], 52)


def name_stand_in(company: Company) -> None:
    """Piotr Kowalski is on parental leave days; Astrid Bergman signs for him."""
    days = company.days
    with clock.at(days.moment(days.ago(3), "15:10")):
        absent = company.people["piotr_kowalski"]
        stand_in.name(absent, company.people["astrid_bergman"], by=absent, from_on=days.ago(2), until_on=days.ago(-7), today=days.ago(3))


def _nils_wikstrom(path: Path) -> None:
    """Phase 3 was waived for a project led elsewhere; phase 4 is open, the first checkpoint written."""
    days = path.company.days
    opened = onboarding(path, returns={"D1": ("weak",)})
    end = core_skills(path, opened, returns={"D9": ("weak",)}, without=("D10",))
    _budget(path, opened)
    path.waive("3.a", days.shift(end, 6))
    path.catch_up(path.works["4.1.a"].planned_start_on)
    path.done("4.1.a", days.ago(4))


def _alice_grant(path: Path) -> None:
    """Her project has passed two gates; its pilot waits for the next intake."""
    opened = onboarding(path)
    core_skills(path, opened, returns={"D7": ("weak",)}, without=("D10",))
    _budget(path, opened)
    days = path.company.days
    lead(path, 78, rounds=(66, 44))
    path.move("3.a", days.ago(21), days.ago(-38), by=path.company.people["maja_nystrom"], why="move_project")


def _budget(path: Path, opened: date) -> None:
    """The budget draft comes in the company's own season, which may still be ahead."""
    deliver(path, "D10", max(path.due("2.5.d", -8), path.company.days.shift(opened, 30)))


def _emma_lindholm(path: Path) -> None:
    """D6 is approved after one return, D7 waits since this morning, D8 is begun."""
    days = path.company.days
    opened = onboarding(path, returns={"D5": ("weak",)})
    core_skills(path, opened, returns={"D6": ("weak",)}, without=("D7", "D8", "D9", "D10", *LATE_NOTES))
    for role, words in path.company.texts["comments"]["D6"]:
        path.say("D6", days.ago(9), role, words, time="10:05" if role == Role.MENTOR else "14:50")
    path.done("2.3.b", days.ago(2))
    path.hand_in("D7", days.recently(170), texts_of(path, "D7"))
    path.draft("D8", days.ago(2), texts_of(path, "D8"), without=("attendance", "incidents", "my_review"))
    for role, words in path.company.texts["comments"]["D8"]:
        path.say("D8", days.ago(1), role, words, time="09:50" if role == Role.TRAINEE else "13:35")


def _lukas_persson(path: Path) -> None:
    """D7 came back two days ago."""
    days, spoken = path.company.days, path.company.texts
    opened = onboarding(path, late=1, returns={"D2": ("weak",)})
    core_skills(path, opened, without=("D7", "D8", "D9", "D10", *LATE_NOTES))
    path.hand_in("D7", days.ago(5), texts_of(path, "D7", "weak"))
    low = {"measurable": 1, "true_to_job": 3, "activity_serves_aim": 2, "transferable": 3}
    path.sign("D7", days.ago(2), path.person(Role.MENTOR), Outcome.RETURNED, note=spoken["returns"]["D7"]["reason"], scores=low)


def _freja_nilsson(path: Path) -> None:
    """Late: the needs analysis was returned six days ago, and a date was moved."""
    days, spoken = path.company.days, path.company.texts
    opened = onboarding(path, late=2, returns={"D3": ("weak",)})
    path.done("2.1.a", days.shift(opened, 5))
    path.done("2.1.b", days.shift(opened, 9))
    path.move("2.2.d", days.ago(6), path.due("2.2.d", 6), by=path.company.people["maja_nystrom"])
    path.hand_in("D6", days.ago(10), texts_of(path, "D6", "weak"))
    path.sign("D6", days.ago(8), path.person(Role.BUSINESS_HEAD), note=spoken["agrees"]["business_head"][0])
    low = {"three_analyses": 3, "evidence": 2, "priorities": 3, "saying_no": 1}
    path.sign("D6", days.ago(6), path.person(Role.MENTOR), Outcome.RETURNED, note=spoken["returns"]["D6"]["reason"], scores=low)


def _daniel_okafor(path: Path) -> None:
    """D6 waits for the mentor, who is away: the stand-in sees it."""
    days = path.company.days
    opened = onboarding(path)
    core_skills(path, opened, without=("D6", "D7", "D8", "D9", "D10", "2.2.c", *LATE_NOTES))
    deliver(path, "D6", days.ago(7), signs=1)


def _saga_oberg(path: Path) -> None:
    """The quickest of her cohort: D8 is confirmed by the observer and waits for the mentor."""
    days = path.company.days
    opened = onboarding(path, late=-2)
    core_skills(path, opened, ahead=6, without=("D8", "D9", "D10", "2.3.c", "2.4.a", "2.4.b", "2.5.a", "2.5.b", "2.5.c"))
    deliver(path, "D8", days.ago(4), signs=1, soon=True)
    path.draft("D9", days.ago(1), texts_of(path, "D9"), without=("improvements", "limits"))


def _mikkel_jensen(path: Path) -> None:
    """Two and a half weeks in: on plan, the first interview is being confirmed."""
    days = path.company.days
    path.done("1.4.b", path.due("1.4.b", -1))
    agree(path, path.due("1.4.a", -3))
    path.hand_in("D1", days.ago(2), texts_of(path, "D1"))
    deliver(path, "D2", days.ago(3), number=1, about="sofia_lundgren", signs=1, soon=True)
    deliver(path, "D2", days.ago(1), number=2, about="magnus_holm", signs=0)
    path.draft("D3", days.ago(1), texts_of(path, "D3"), without=("drawing", "gaps", "money", "rules"))


def _jonas_viklund(path: Path) -> None:
    """Signs in by employee number; the mentoring check was not passed the first time."""
    days = path.company.days
    path.check("C3", path.due("1.4.a", -2), Role.MENTOR, missing=("meetings_booked",), note="C3_failed")
    path.done("1.4.b", path.due("1.4.b", 1))
    path.draft("D1", days.ago(2), texts_of(path, "D1"), without=("training_entry", "earning_model", "terms"))
