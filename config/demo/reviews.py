"""Review cycles in the demo: opened, answered, closed, voted on, decided, certified, appealed against. Source: content/*/reviews.toml."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from assessments.actions import (
    answer_feedback,
    choose_raters,
    close_cycle,
    decide,
    hand_to_panel,
    hear_appeal,
    issue_certificate,
    make_statement,
    open_cycle,
    record_kpi,
    release_results,
    respond,
    revoke_certificate,
    vote,
)
from assessments.models import Appeal, Certificate, CertificationReview, Decision, KpiValue, Rater, ReviewCycle
from assessments.queries.kpi_sources import gathered
from assessments.queries.review import LOADED
from assessments.queries.scheme import statements_of
from assessments.rules.feedback_items import asked_of
from assessments.vocabulary import CERTIFYING, CycleLength, Dimension, Level, Question, RaterGroup, RaterState
from config.demo.answering import deliver
from config.demo.cohorts import Group
from config.demo.days import pick
from config.demo.path import Path
from organizations.models import Member
from programs.vocabulary import Role

OPEN_DAYS = 14  # working days in which answers come in


def hold_first_cycle(group: Group, ago: int) -> None:
    """The cohort's first cycle, opened so many working days ago, up to its decisions and what is said against one."""
    first = next(iter(group.paths.values()))
    days, told = first.company.days, first.company.texts["reviews"]
    _open(group, 1, ago)
    for path in group.paths.values():
        deliver(path, "D20", days.ago(ago - 8), soon=True)
        _gather(path, told, ago)
    first.at(days.ago(ago - OPEN_DAYS - 1), lambda: close_cycle.close(_cycle(group, 1), by=_manager(first)), time="08:50")
    for path in group.paths.values():
        _decide(path, told, ago - OPEN_DAYS - 3)


def run_cycle(group: Group, number: int, ago: int, *, without: Collection[str] = ()) -> None:
    """A cycle that is under way: people are asked, about half of them have answered. Who has completed the program is not in it."""
    _open(group, number, ago)
    for path in (path for who, path in group.paths.items() if who not in without):
        _ask(path, number, ago, share=2)


def _open(group: Group, number: int, ago: int) -> None:
    path = next(iter(group.paths.values()))
    days = path.company.days
    dates = {"opens_on": days.ago(ago), "closes_on": days.ago(ago - OPEN_DAYS)}
    path.at(
        days.ago(ago),
        lambda: open_cycle.open_cycle(
            group.cohort, number=number, length=CycleLength.HALF_YEAR, **dates, by=_manager(path), today=path.today
        ),
        time="09:00",
    )


def _manager(path: Path) -> Member:
    return path.company.people[path.company.cast["cohort_manager"]]


def _cycle(group: Group, number: int) -> ReviewCycle:
    return ReviewCycle.objects.get(cohort=group.cohort, number=number)


def _review(path: Path, number: int = 1) -> CertificationReview:
    found = CertificationReview.objects.select_related(*LOADED)
    return found.get(enrollment=path.enrollment, cycle__number=number)


def _ask(path: Path, number: int, ago: int, *, share: int = 1) -> None:
    """Colleagues and learners are proposed and approved, and answer within a week; every `share`-th of them."""
    days, told = path.company.days, path.company.texts["reviews"]

    def propose() -> None:
        review = _review(path, number)
        for group, names in ((RaterGroup.PEER, told["peers"]), (RaterGroup.LEARNER, told["learners"])):
            for name in names:
                if path.company.people[name] not in (path.trainee, path.person(Role.MENTOR)):
                    choose_raters.propose(review, path.company.people[name], group, by=path.trainee)

    def approve() -> None:
        choose_raters.approve(_review(path, number), by=path.person(Role.LINE_MANAGER), today=path.today)

    def answer() -> None:
        asked = Rater.objects.filter(review=_review(path, number), state=RaterState.ASKED).select_related(
            "member", *(f"review__{one}" for one in LOADED if one != "chair")
        )
        for place, rater in enumerate(asked.order_by("pk")):
            if rater.member == path.company.people[told["declines"]]:
                answer_feedback.decline(rater)
            elif place % share == 0:
                _answer(path, rater, place)

    path.at(days.ago(ago - 1), propose, time="10:20")
    path.at(days.ago(ago - 2), approve, time="16:00")
    path.at(days.ago(ago - 6), answer, time="15:00")


def _answer(path: Path, rater: Rater, place: int) -> None:
    told = path.company.texts["reviews"]
    keys = [row.item.key for row in asked_of(rater.group, statements_of(rater.review.enrollment.cohort.version_id))]
    scores = {key: 3 + pick(f"{path.who}{key}{place}", 8) // 3 for key in keys}
    texts = {Question.CONTINUE: told["keep"][place % len(told["keep"])], Question.CHANGE: told["change"][place % len(told["change"])]}
    answer_feedback.send(rater, scores, {str(key): text for key, text in texts.items()}, path.today)


def _gather(path: Path, told: dict[str, Any], ago: int) -> None:
    """Feedback, figures with their confirmation, and what mentor and line manager say."""
    days = path.company.days
    _ask(path, 1, ago)

    def write_figures() -> None:
        """What the product counts is taken over; what happened outside of it is typed in."""
        review = _review(path)
        found = gathered(review.enrollment, path.today)
        for key, (figures, source) in told["kpis"].items():
            given = found[key].figures if key in found else {name: Decimal(value) for name, value in figures.items()}
            record_kpi.record_kpi(review, key, given, source=found[key].source if key in found else source, note="", by=path.trainee)

    def confirm() -> None:
        kpi = KpiValue.objects.select_related(*(f"review__{one}" for one in LOADED)).get(review=_review(path), key="K7")
        record_kpi.confirm(kpi, seen=record_kpi.stamp(kpi), by=path.person(Role.BUSINESS_HEAD))

    path.at(days.ago(ago - 9), write_figures, time="11:40")
    path.at(days.ago(ago - 11), confirm, time="09:35")
    for role in (Role.MENTOR, Role.LINE_MANAGER):
        say = lambda role=role: make_statement.make_statement(_review(path), told["statements"][role], by=path.person(role))  # noqa: E731
        path.at(days.ago(ago - 12), say, key=f"statement{role}")


def _decide(path: Path, told: dict[str, Any], ago: int) -> None:
    """Results are released, the panel reads, votes and decides; the trainee answers. It is named so many working days ago."""
    days, company, facts = path.company.days, path.company, told["decisions"][path.who]
    panel = [company.people[name] for name in told["panel"]]
    scores = dict(zip(Dimension.values, facts["scores"], strict=True))

    def hand_over() -> None:
        hand_to_panel.name_panel(_review(path), panel, panel[0], Level.JUNIOR, by=company.director)
        hand_to_panel.freeze(_review(path), by=company.director, today=path.today)

    def cast(member: Member) -> None:
        review = _review(path)
        # Each sees it a little differently, in one dimension.
        own = scores | ({Dimension.CAPABILITY.value: 3} if member != panel[0] else {})
        vote.vote(review, own, told["votes"], facts["outcome"], file_hash=review.file_hash, by=member)

    def settle() -> None:
        plan = [(what, days.shift(path.today, ahead)) for what, ahead in facts["plan"]]
        said = {"scores": scores, "reasons": facts["reasons"], "level": facts["level"], "plan": plan}
        decide.decide(_review(path), facts["outcome"], **said, by=panel[0], today=path.today)

    path.at(days.ago(ago + 1), lambda: release_results.release(_review(path), by=path.person(Role.MENTOR)), time="17:00")
    path.at(days.ago(ago), hand_over, time="10:10")
    for number, member in enumerate(panel, start=1):
        path.at(days.ago(ago - number), lambda member=member: cast(member), key=f"vote{number}")
    path.at(days.ago(ago - 4), settle, time="15:30")
    if facts.get("takes_note"):
        take = lambda: respond.acknowledge(_decision(path), consents=None, by=path.trainee, today=path.today)  # noqa: E731
        path.at(days.ago(ago - 6), take, time="09:15")
    if facts["outcome"] in CERTIFYING:
        _certify(path, facts, ago - 7)
    if "appeal" in facts:
        _appeal(path, told, facts, ago - 10)


def _certify(path: Path, facts: dict[str, Any], ago: int) -> None:
    """The HR director issues the certificate, and takes it back a month later where there is a reason; then there may be another."""
    days, director, revoked = path.company.days, path.company.director, facts.get("revoked", "")
    issue = lambda: issue_certificate.issue_certificate(_decision(path), by=director, today=path.today)  # noqa: E731
    path.at(days.ago(ago), issue, time="11:20")

    def revoke() -> None:
        held = Certificate.objects.get(enrollment=path.enrollment)
        revoke_certificate.revoke_certificate(held, reason=revoked, by=director, today=path.today)

    if revoked:
        path.at(days.ago(ago - 22), revoke, time="16:10")
        if facts.get("issued_again"):
            path.at(days.ago(ago - 23), issue, time="09:35", key="again")


def _decision(path: Path) -> Decision:
    found = Decision.objects.select_related(*(f"review__{one}" for one in LOADED))
    return found.filter(review=_review(path)).order_by("-at", "-pk").first()


def _appeal(path: Path, told: dict[str, Any], facts: dict[str, Any], ago: int) -> None:
    """The trainee appeals, a reviewer without part in it looks again, the HR director answers."""
    days, company = path.company.days, path.company
    heard = [company.people[name] for name in told["appeal_panel"]]

    def made() -> Appeal:
        found = Appeal.objects.select_related(*(f"decision__review__{one}" for one in LOADED))
        return found.get(decision__review=_review(path))

    path.at(days.ago(ago), lambda: respond.appeal(_decision(path), facts["appeal"], by=path.trainee, today=path.today), time="19:20")
    path.at(days.ago(ago - 1), lambda: hear_appeal.name_appeal_panel(made(), heard, by=company.director), time="10:00")
    for member in heard:
        advise = lambda member=member: hear_appeal.advise(made(), False, facts["advice"], by=member)  # noqa: E731
        path.at(days.ago(ago - 5), advise, key=f"advice{member.name}")
    answer = lambda: hear_appeal.answer(made(), False, facts["answer"], None, by=company.director, today=path.today)  # noqa: E731
    path.at(days.ago(ago - 7), answer, time="16:45")
