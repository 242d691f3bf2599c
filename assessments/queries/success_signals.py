"""The signals of success factors SF1-SF5 of one cohort: the figure, out of how many, and the rows that it comes from.

A signal that is not in SIGNALS is not measured: the product does not hold what its formula asks for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.queries.success_facts import Facts, Feedback, is_mentors_own, local_day
from assessments.rules import success_factors as rules
from mentorship.queries.rhythm import rhythm_of
from mentorship.rules.capacity import is_over
from organizations.vocabulary import OrganizationRole
from programs.models import Enrollment, WeekHours
from programs.rules.sponsoring import planned_check_ins
from programs.rules.week_hours import monday_of
from programs.vocabulary import EnrollmentState, Outcome, Role
from projects.models import PracticeProject
from projects.vocabulary import ProjectState


@dataclass(frozen=True)
class Row:
    """One row that a figure comes from. `counts`: whether it raises the figure; None where it is neither."""

    name: str
    said: str
    counts: bool | None = None
    url: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Figure:
    """One signal. `value` is None where there is nothing to divide by; `n` is out of how many."""

    value: Decimal | None
    n: int
    rows: tuple[Row, ...] = ()
    remark: str = ""


def _figure(value: Fraction | None, n: int, rows: list[Row], remark: str = "") -> Figure:
    ordered = sorted(rows, key=lambda row: row.counts is not False)  # what lowers the figure first
    return Figure(None if value is None else rules.shown(value), n, tuple(ordered), remark)


def _counted(rows: list[Row], remark: str = "") -> Figure:
    """The share of rows that count."""
    return _figure(rules.share(sum(bool(row.counts) for row in rows), len(rows)), len(rows), rows, remark)


def _number(value: Decimal) -> str:
    """1,200,000 and 4.5; nothing after the point where nothing is there."""
    return f"{value:,.2f}".rstrip("0").rstrip(".")


class Signals:
    """Works the signals out from the facts of one cohort; `slug` names the organization in addresses."""

    def __init__(self, facts: Facts, slug: str):
        self.facts, self.slug = facts, slug

    def sponsors_accepted(self) -> Figure:
        """SF1: the cohort's sponsor and each project's."""
        facts = self.facts
        said = {True: _("accepted by name"), False: _("not accepted yet")}
        name = facts.cohort.sponsor.name if facts.cohort.sponsor else _("nobody yet")
        rows = [Row(_("Cohort: %(name)s") % {"name": name}, said[facts.has_accepted], facts.has_accepted)]
        for project in facts.projects:
            accepted = project.sponsor_id is not None and project.accepted_at is not None
            sponsor = project.sponsor.name if project.sponsor else _("nobody yet")
            rows.append(Row(f"{project.name} · {sponsor}", said[accepted], accepted, self._project(project)))
        return _counted(rows)

    def check_ins_kept(self) -> Figure:
        """SF1: held ÷ planned by today."""
        facts = self.facts
        planned = planned_check_ins(facts.cohort.start_on, facts.end_on, facts.today)
        rows = [Row(one.get_kind_display(), "", True, on=one.held_on) for one in facts.check_ins]
        return _figure(rules.share(len(rows), planned), planned, rows)

    def commitment_kept(self) -> Figure:
        """SF1: money approved and hours really there, half and half; weeks that nobody noted do not enter."""
        facts = self.facts
        rows = []
        for one in facts.budget:
            approved = one.approved or Decimal(0)
            said = _("not decided yet") if one.decided_at is None else _("%(amount)s approved") % {"amount": _number(approved)}
            rows.append(Row(_("Budget of %(amount)s") % {"amount": _number(one.amount)}, said, approved >= one.amount))
        money = rules.part(sum((one.approved or Decimal(0) for one in facts.budget), Decimal(0)), sum(one.amount for one in facts.budget))
        released = agreed = Decimal(0)
        for pk, weeks in self._weeks().items():
            if pk not in facts.agreed_hours:
                continue
            given, wanted = sum((one.hours for one in weeks), Decimal(0)), facts.agreed_hours[pk] * len(weeks)
            released, agreed = released + given, agreed + wanted
            rows.append(self._hours(pk, given, wanted, ngettext("in %(n)s week", "in %(n)s weeks", len(weeks)) % {"n": len(weeks)}))
        remark = _("Both halves are needed: a budget that was asked for, and weeks noted by trainees whose IDP all have signed.")
        return _figure(rules.commitment(money, rules.part(released, agreed)), len(rows), rows, remark)

    def mentee_rating(self) -> Figure:
        """SF2: no rows: ratings are never shown one by one."""
        by_mentor: dict[int, list[tuple[int, int]]] = {}
        for one in self.facts.feedback:
            if one.rating is not None:
                by_mentor.setdefault(one.mentor, []).append((one.enrollment, one.rating))
        value, n = rules.rating(by_mentor)
        return _figure(value, n, [], _("Ratings are never shown one by one, and only where three different trainees gave them."))

    def turnaround(self) -> Figure:
        """SF2: decisions that mentors took themselves; a turn that met their leave does not enter."""
        by_mentor: dict[str, list[bool]] = {}
        for one in self.facts.decisions:
            if not is_mentors_own(one) or one.ready_at is None:
                continue
            began, ended = local_day(one.ready_at), local_day(one.at)
            if any(first <= ended and began <= last for first, last in self.facts.leave.get(one.by, ())):
                continue
            by_mentor.setdefault(one.by_name, []).append(ended <= self.facts.calendar.add_working_days(began, rules.TURN_DAYS))
        rows = [Row(name, _("%(kept)s of %(all)s in time") % {"kept": sum(met), "all": len(met)}) for name, met in by_mentor.items()]
        every = [met for turns in by_mentor.values() for met in turns]
        remark = _("Leave is when a mentor had named a stand-in; decisions of stand-ins do not count.")
        return _figure(rules.share(sum(every), len(every)), len(every), rows, remark)

    def rhythm_and_load(self) -> Figure:
        """SF2: active pairings whose agreement both have signed."""
        rows, counted = [], []
        for pairing in self.facts.pairings:
            found = rhythm_of(pairing, self.facts.today)
            if not found.every_days or pairing.started_at is None:
                continue
            planned = rules.planned_meetings(local_day(pairing.started_at), self.facts.today, found.every_days)
            over = pairing.capacity is not None and is_over(pairing.capacity, pairing.live or 0)
            counted.append(rules.Rhythm(found.kept, planned, over))
            said = _("%(kept)s kept of %(planned)s planned") % {"kept": found.kept, "planned": planned}
            if over:
                said = _("%(said)s, mentor over capacity") % {"said": said}
            rows.append(Row(self._pair(pairing), said, None, self._pairing(pairing.pk)))
        return _figure(rules.rhythm(counted), sum(one.planned for one in counted), rows)

    def real_project(self) -> Figure:
        """SF3: everybody whose project phase has opened."""
        projects = self._projects()
        rows = []
        for pk, enrollment in self.facts.trainees.items():
            if pk not in self.facts.project_phase:
                continue
            project = projects.get(pk)
            is_real = project is not None and self._is_real(project, enrollment)
            said = project.name if project else _("no project yet")
            rows.append(Row(enrollment.trainee.name, said, is_real, self._project(project) if project else self._enrollment(enrollment)))
        return _counted(
            rows, _("A sponsor is outside training who is not HR director, does not run the cohort and is not of the trainee's department.")
        )

    def stretch(self) -> Figure:
        """SF3: of the real projects, those with a baseline, a target and a wide scope."""
        rows = []
        for pk, project in self._projects().items():
            if pk in self.facts.project_phase and self._is_real(project, self.facts.trainees[pk]):
                is_wide = (project.people_in_scope or 0) >= rules.STRETCH_PEOPLE or bool(project.whole_unit)
                said = [
                    _("baseline and target") if project.has_target else _("no measure with baseline and target"),
                    project.whole_unit or self._people(project.people_in_scope),
                ]
                rows.append(Row(project.name, " · ".join(said), project.has_target and is_wide, self._project(project)))
        return _counted(rows, _("Scope stands among the facts of the project: how many people, or which business unit as a whole."))

    def time_given(self) -> Figure:
        """SF3: practice hours that line managers have confirmed, of those that the projects' activities were planned to take by now."""
        rows, given, wanted = [], Decimal(0), Fraction(0)
        weeks = self._weeks()
        for pk, project in self._projects().items():
            since, hours = monday_of(project.start_on), sum(one["hours"] for one in project.kind.activities)
            until = self.facts.today if project.state != ProjectState.CLOSED else date.max
            planned = rules.planned_hours(hours, project.start_on, project.last_due_on or project.start_on, until)
            confirmed = [one.practice_hours for one in weeks.get(pk, ()) if one.confirmed_at and one.week_on >= since]
            if planned:
                given, wanted = given + sum(confirmed, Decimal(0)), wanted + planned
                rows.append(self._hours(pk, sum(confirmed, Decimal(0)), round(rules.shown(planned), 1), project.name))
        remark = _("Verified: hours for the project that a line manager has confirmed. Planned: those of its key activities by today.")
        return _figure(rules.part(given, wanted), len(rows), rows, remark)

    def learned_from_return(self) -> Figure:
        """SF4: each deliverable once, by its first return."""
        first: dict[int, Row] = {}
        for one in self.facts.decisions:
            if one.outcome != Outcome.RETURNED or one.deliverable in first:
                continue
            if self.facts.calendar.add_working_days(local_day(one.at), rules.RETURN_DAYS) <= self.facts.today:
                enrollment = self.facts.trainees[one.enrollment]
                said = _("approved since") if one.is_approved else _("not approved yet")
                first[one.deliverable] = Row(
                    f"{one.label} · {enrollment.trainee.name}", said, one.is_approved, self._enrollment(enrollment)
                )
        return _counted(list(first.values()))

    def lessons_told(self) -> Figure | None:
        """SF4: closed projects, by their approved retrospective; not measured where the template does not ask for it."""
        if not self.facts.asks_for_lessons:
            return None
        said = {True: _("a lesson from a mistake"), False: _("none from a mistake")}
        closed = [project for project in self.facts.projects if project.state == ProjectState.CLOSED]
        return _counted([Row(one.name, said[one.tells_mistake], one.tells_mistake, self._project(one)) for one in closed])

    def safety_pulse(self) -> Figure:
        """SF4: of the last round that is over; no rows of people: answers have none."""
        rounds = self.facts.pulse
        said = _("%(favorable)s of %(all)s favorable")
        rows = [Row(_("Round %(n)s") % {"n": one.round.number}, said % {"favorable": one.favorable, "all": one.answers}) for one in rounds]
        remark = _(
            "Trainees are asked four times a year, without names. The figure is of the last round that is over, from five answers up."
        )
        last = rounds[-1] if rounds else None
        return _figure(rules.share(last.favorable, last.answers) if last else None, last.answers if last else 0, rows[::-1], remark)

    def two_way(self) -> Figure:
        """SF5: active pairings in which both have said something lately."""
        since = self.facts.now - timedelta(days=rules.PAIR_DAYS)
        spoken: dict[int, set[str]] = {}
        for one in self.facts.feedback:
            if one.at >= since:
                spoken.setdefault(one.pairing, set()).add(one.role)
        said = {True: _("both ways"), False: _("not both ways")}
        rows = []
        for pairing in self.facts.pairings:
            both = {Role.TRAINEE, Role.MENTOR} <= spoken.get(pairing.pk, set())
            rows.append(Row(self._pair(pairing), said[both], both, self._pairing(pairing.pk)))
        return _counted(rows)

    def fresh(self) -> Figure:
        """SF5: by the last word of a mentor after a meeting or decision on work; by the first day where there was none."""
        last = {pk: one.start_on for pk, one in self.facts.trainees.items() if one.state == EnrollmentState.ACTIVE}
        words = [(one.enrollment, one.at) for one in self.facts.feedback if one.role == Role.MENTOR]
        words += [(one.enrollment, one.at) for one in self.facts.decisions if one.role != Role.TRAINEE]
        for enrollment, at in words:
            if enrollment in last:
                last[enrollment] = max(last[enrollment], local_day(at))
        days = {pk: max((self.facts.today - day).days, 0) for pk, day in last.items()}
        rows = []
        for pk, gone in sorted(days.items(), key=lambda pair: -pair[1]):
            enrollment = self.facts.trainees[pk]
            said = ngettext("%(n)s day ago", "%(n)s days ago", gone) % {"n": gone}
            rows.append(Row(enrollment.trainee.name, said, None, self._enrollment(enrollment)))
        remark = _(
            "Feedback is a mentor's word after a meeting or a decision on work; where there was none, days count from the first day."
        )
        return _figure(rules.fresh(list(days.values())), len(days), rows, remark)

    def acted_on(self) -> Figure:
        """SF5: no rows: whose word it is stays between the two. One whose time is not over counts once it is acted on."""
        marked = [one for one in self.facts.feedback if one.needs_a_change]
        outcomes = [answer for one in marked if (answer := self._is_acted_on(one)) is not None]
        remark = _("A change is a moved date or another version of the agreement of this trainee. Whose word it was stays between the two.")
        return _figure(rules.share(sum(outcomes), len(outcomes)), len(outcomes), [], remark)

    def _is_acted_on(self, one: Feedback) -> bool | None:
        """None while there is still time."""
        said = local_day(one.at)
        until = self.facts.calendar.add_working_days(said, rules.CHANGE_DAYS)
        if any(said <= day <= until for day in self.facts.changes.get(one.enrollment, ())):
            return True
        return None if self.facts.today <= until else False

    def _is_real(self, project: PracticeProject, enrollment: Enrollment) -> bool:
        if project.g1_at is None or project.sponsor is None or project.accepted_at is None:
            return False
        opened = local_day(self.facts.project_phase[enrollment.pk])
        sponsor, department = project.sponsor, enrollment.trainee.department
        is_outside = (
            not sponsor.has_role(OrganizationRole.HR_DIRECTOR)
            and sponsor.pk != self.facts.cohort.manager_id
            and (not department or sponsor.department != department)
        )
        return is_outside and local_day(project.g1_at) <= self.facts.calendar.add_working_days(opened, rules.GATE_DAYS)

    def _projects(self) -> dict[int, PracticeProject]:
        """By enrollment; stopped ones are no longer among them."""
        return {project.enrollment_id: project for project in self.facts.projects}

    def _weeks(self) -> dict[int, list[WeekHours]]:
        found: dict[int, list[WeekHours]] = {}
        for one in self.facts.hours:
            found.setdefault(one.enrollment_id, []).append(one)
        return found

    def _hours(self, pk: int, given: Decimal, wanted: Decimal, about: str) -> Row:
        enrollment = self.facts.trainees[pk]
        said = _("%(given)s of %(wanted)s hours · %(about)s") % {"given": _number(given), "wanted": _number(wanted), "about": about}
        url = reverse("programs:hours", args=[self.slug, enrollment.cohort_id, pk])
        return Row(enrollment.trainee.name, said, given >= wanted, url)

    def _people(self, count: int | None) -> str:
        return ngettext("%(n)s person", "%(n)s people", count) % {"n": count} if count else _("no scope said")

    def _pair(self, pairing) -> str:
        return f"{self.facts.trainees[pairing.enrollment_id].trainee.name} · {pairing.mentor.name}"

    def _pairing(self, pk: int) -> str:
        return reverse("mentorship:pairing", args=[self.slug, pk])

    def _project(self, project: PracticeProject) -> str:
        return reverse("projects:project", args=[self.slug, project.pk])

    def _enrollment(self, enrollment: Enrollment) -> str:
        return reverse("programs:enrollment", args=[self.slug, enrollment.cohort_id, enrollment.pk])


SIGNALS: dict[str, Callable[[Signals], Figure | None]] = {
    "sponsors_accepted": Signals.sponsors_accepted,
    "check_ins_kept": Signals.check_ins_kept,
    "commitment_kept": Signals.commitment_kept,
    "mentee_rating": Signals.mentee_rating,
    "turnaround": Signals.turnaround,
    "rhythm_and_load": Signals.rhythm_and_load,
    "real_project": Signals.real_project,
    "stretch": Signals.stretch,
    "time_given": Signals.time_given,
    "learned_from_return": Signals.learned_from_return,
    "lessons_told": Signals.lessons_told,
    "safety_pulse": Signals.safety_pulse,
    "two_way": Signals.two_way,
    "fresh": Signals.fresh,
    "acted_on": Signals.acted_on,
}
