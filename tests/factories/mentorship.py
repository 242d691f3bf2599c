"""A mentor and a trainee who work together: proposed or named, agreed, met."""

from datetime import datetime, timedelta

from mentorship.actions import answer_pairing, follow_relations, hold_meeting, plan_meeting, propose_pairing, sign_agreement, write_profile
from mentorship.actions.write_agreement import write
from mentorship.models import Agreement, Meeting, MentorProfile, Pairing
from organizations import clock
from organizations.models import Member
from programs.models import Enrollment
from tests.factories.programs import START

PROFILE = {
    "capacity": 2, "skills": "需求访谈、课程设计", "experience": "带过三届培训经理", "languages": ["zh-hans"], "note": "", "paused": False,
}  # fmt: skip
FOCUS = ["把需求访谈做扎实"]


def make_mentor(cast, mentor: Member | None = None, **facts) -> MentorProfile:
    """A mentor whom the director has nominated."""
    return write_profile.write(mentor or cast.mentor, PROFILE | facts, by=cast.director)


def named_pairing(enrollment: Enrollment) -> Pairing:
    """The pairing of a mentor whom HR named at enrolling."""
    follow_relations.keep_in_step(Enrollment.objects.filter(pk=enrollment.pk))
    return Pairing.objects.select_related("enrollment__trainee", "enrollment__cohort").live().get(enrollment=enrollment)


def proposed_pairing(cast, enrollment: Enrollment, mentor: Member | None = None) -> Pairing:
    """A proposal that nobody has answered."""
    return propose_pairing.propose(enrollment, mentor or cast.mentor, by=cast.manager, words="两人都做过门店培训")


def active_pairing(cast, enrollment: Enrollment, mentor: Member | None = None) -> Pairing:
    """A proposal that both have answered with yes."""
    pairing = proposed_pairing(cast, enrollment, mentor)
    for member in (pairing.mentor, enrollment.trainee):
        pairing = answer_pairing.accept(pairing, by=member, today=START)
    return pairing


def plan(pairing: Pairing, by: Member, days: int = 3, **facts) -> Meeting:
    """A meeting in so many days."""
    said = {"starts_at": clock.now() + timedelta(days=days), "minutes": 45, "place": "3 楼", "agenda": "访谈提纲"} | facts
    return plan_meeting.plan(pairing, **said, by=by)


def hold(pairing: Pairing, by: Member, notes: str = "先问一线，再问主管", items=(), at: datetime | None = None) -> Meeting:
    """A meeting that was planned and took place, an hour ago or at the moment given."""
    begins = at or clock.now() - timedelta(hours=1)
    with clock.at(begins - timedelta(days=1)):
        meeting = plan(pairing, by, starts_at=begins)
    return hold_meeting.write_notes(meeting, notes, items, revision=meeting.revision, by=by)


def agreement(pairing: Pairing, by: Member, **facts) -> Agreement:
    """A version that nobody has signed."""
    newest = pairing.agreements.order_by("-number").first()
    said = {"focus": FOCUS, "every_days": 14, "minutes": 45, "additions": ""} | facts
    return write(pairing, **said, read_number=newest.number if newest else 0, by=by)


def signed_agreement(pairing: Pairing, **facts) -> Agreement:
    """A version that both have signed, with the next two meetings booked."""
    for days in (2, 16):
        plan(pairing, pairing.mentor, days)
    kept = agreement(pairing, pairing.enrollment.trainee, **facts)
    for member in (pairing.enrollment.trainee, pairing.mentor):
        sign_agreement.sign(pairing, kept.content_hash, by=member, today=START)
    return kept
