"""Mentor and trainee in the demo: profiles, proposals, agreements, meetings, what they say to each other and to themselves."""

from datetime import date, timedelta

from config.demo.cohorts import Group
from config.demo.company import Company
from config.demo.days import pick
from config.demo.path import Path
from config.demo.texts import fill
from mentorship.actions import (
    answer_pairing,
    give_feedback,
    hold_meeting,
    keep_private_note,
    plan_meeting,
    propose_pairing,
    sign_agreement,
    write_agreement,
    write_profile,
)
from mentorship.actions.follow_relations import keep_in_step
from mentorship.actions.hold_meeting import NewItem
from mentorship.models import Meeting, Pairing
from organizations import clock
from organizations.models import Member
from programs.models import Enrollment
from programs.vocabulary import Role

MINUTES = 45
BOOKED = 2  # meetings that stand in the calendar at a time


def write_profiles(company: Company, days_ago: int) -> None:
    """Mentors offer themselves and are approved; the last one only this week, and still waits."""
    days, told = company.days, company.texts["mentoring"]["profiles"]
    for number, (who, facts) in enumerate(told.items(), start=1):
        mentor, waits = company.people[who], number == len(told)
        with clock.at(days.moment(days.ago(2 if waits else days_ago), key=who)):
            profile = write_profile.write(mentor, {**facts, "paused": False}, by=mentor)
        if not waits:
            with clock.at(days.moment(days.ago(days_ago - 1), "10:30")):
                write_profile.approve(profile, by=company.director)


def pair(group: Group) -> None:
    """What the sweep does on the evening of enrolling: those whose mentor HR has named are a pair."""
    keep_in_step(Enrollment.objects.filter(cohort=group.cohort))


def propose(path: Path, mentor: str, day: date, *, accepted_by_mentor: bool = False) -> None:
    """The cohort manager proposes a mentor; the trainee has not answered yet."""
    person = path.company.people[mentor]
    words = path.company.texts["mentoring"]["proposed"]
    manager = path.company.people[path.company.cast["cohort_manager"]]
    path.at(day, lambda: propose_pairing.propose(path.enrollment, person, by=manager, words=words), time="10:05")
    if accepted_by_mentor:
        path.at(day, lambda: answer_pairing.accept(_pairing(path), by=person, today=path.today), time="16:40")


def agree(path: Path, day: date, *, every: int = 14, until: int = 0) -> None:
    """Write and sign the agreement on that day, which passes C3, and meet in its rhythm from then on.

    `until` is how many working days ago the two met for the last time, where they have let it slip.
    """
    days, told = path.company.days, path.company.texts["mentoring"]
    kinds = list(told["focus"])
    points = [fill(point, path.facts) for point in told["focus"][kinds[pick(path.who + "focus", len(kinds))]]]
    dates = _dates(path, day, every)

    def write() -> None:
        for number in range(BOOKED):
            _plan(path, dates, number, path.trainee)
        facts = {"focus": points, "every_days": every, "minutes": MINUTES, "additions": told["additions"]}
        agreement = write_agreement.write(_pairing(path), **facts, read_number=0, by=path.trainee)
        sign_agreement.sign(_pairing(path), agreement.content_hash, by=path.trainee, today=path.today)

    def sign() -> None:
        newest = _pairing(path).agreements.order_by("-number").first()
        sign_agreement.sign(_pairing(path), newest.content_hash, by=path.person(Role.MENTOR), today=path.today)

    path.at(day, write, time="09:20")
    path.at(day, sign, time="15:50")
    for number, on in enumerate(dates):
        if on >= days.ago(until):
            break
        _meet(path, dates, number)


def _dates(path: Path, day: date, every: int) -> list[date]:
    """The days of their meetings: the first within the week, as far ahead as the calendar is booked."""
    days, found = path.company.days, []
    on = days.shift(day, 2 + pick(path.who + "first", 3))
    while len(found) < BOOKED or found[-BOOKED] < days.today:
        found.append(days.calendar.add_working_days(on, 0))
        on += timedelta(days=every)
    return found


def _meet(path: Path, dates: list[date], number: int) -> None:
    told = path.company.texts["mentoring"]
    said = told["meetings"][number % len(told["meetings"])]
    mentor, on = path.person(Role.MENTOR), dates[number]
    starts_at = _starts_at(path, on)

    def meeting() -> Meeting:
        found = Meeting.objects.select_related("pairing__enrollment__cohort__manager")
        return found.get(pairing__enrollment=path.enrollment, starts_at=starts_at)

    def hold() -> None:
        owner = {Role.TRAINEE: path.trainee, Role.MENTOR: mentor}
        items = [
            NewItem(fill(text, path.facts), owner[who].pk, path.company.days.shift(path.today, ahead)) for who, text, ahead in said["steps"]
        ]
        found = meeting()
        held = hold_meeting.write_notes(found, fill(said["notes"], path.facts), items, revision=found.revision, by=path.trainee)
        if path.company.days.ago(12) > on:
            for item in held.items.select_related("meeting__pairing"):
                hold_meeting.settle_item(item, True, by=path.trainee)
        _plan(path, dates, number + BOOKED, mentor)

    def speak(by: Member, role: str) -> None:
        rating = said["rating"] if role == Role.TRAINEE else None
        found = meeting()
        give_feedback.give(found, rating=rating, words=fill(said[f"{role}_words"], path.facts), needs_a_change=False, by=by)
        if number % 2 == (role == Role.MENTOR):
            keep_private_note.keep(found, fill(said[f"{role}_private"], path.facts), by=by)

    if number % 5 == 4:
        cancel = lambda: plan_meeting.cancel(meeting(), fill(told["cancelled"], path.facts), by=path.trainee)  # noqa: E731
        path.at(on, cancel, time="08:45")
        path.at(on, lambda: _plan(path, dates, number + BOOKED, mentor), time="09:30")
        return
    path.at(starts_at + timedelta(minutes=MINUTES + 10), hold)
    path.at(path.company.days.shift(on, 1), lambda: speak(path.trainee, Role.TRAINEE), time="09:05")
    path.at(path.company.days.shift(on, 1), lambda: speak(mentor, Role.MENTOR), time="17:15")


def _plan(path: Path, dates: list[date], number: int, by: Member) -> None:
    if number >= len(dates):
        return
    told = path.company.texts["mentoring"]
    said = told["meetings"][number % len(told["meetings"])]
    place = told["places"][pick(f"{path.who}{number}", len(told["places"]))]
    plan_meeting.plan(
        _pairing(path),
        starts_at=_starts_at(path, dates[number]),
        minutes=MINUTES,
        place=fill(place, path.facts),
        agenda=fill(said["agenda"], path.facts),
        by=by,
    )


def _starts_at(path: Path, day: date):
    """Each pair has its own hour, so that nobody sits in two meetings."""
    hour, quarter = divmod(pick(path.who + "hour", 28), 4)
    return path.company.days.moment(day, f"{10 + hour}:{quarter * 15:02}")


def _pairing(path: Path) -> Pairing:
    return Pairing.objects.live().get(enrollment=path.enrollment)
