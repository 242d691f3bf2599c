"""Mentors with what they can give and how much they carry."""

from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from mentorship.models import MentorProfile, Pairing
from mentorship.rules.capacity import free_places, is_over
from mentorship.rules.pairing_states import RUNNING, WAITING
from organizations.models import Member

MOST = 200
MOST_WORDS = 5


@dataclass(frozen=True)
class Mentor:
    """One mentor. `capacity` is None for someone who has trainees and no profile."""

    pk: int
    name: str
    note: str
    capacity: int | None
    running: int
    waiting: int
    skills: str = ""
    experience: str = ""
    languages: tuple[str, ...] = ()
    is_approved: bool = True
    is_paused: bool = False
    fits: bool = False

    @property
    def live(self) -> int:
        return self.running + self.waiting

    @property
    def free(self) -> int:
        """Places left; 0 where nobody may be proposed."""
        offers = self.capacity is not None and self.is_approved and not self.is_paused
        return free_places(self.capacity, self.live) if offers else 0

    @property
    def is_over(self) -> bool:
        return self.capacity is not None and is_over(self.capacity, self.live)


def mentors() -> list[Mentor]:
    """Everybody with a profile or with trainees, fullest first; two queries."""
    profiles = MentorProfile.objects.filter(member__ended_at__isnull=True).select_related("member")
    found = [_mentor(profile) for profile in _counted(profiles).order_by("member__sort_name", "pk")[:MOST]]
    without = (
        Pairing.objects.live()
        .exclude(mentor__in=MentorProfile.objects.values("member"))
        .values("mentor_id", "mentor__name", "mentor__title", "mentor__department")
        .annotate(running=Count("pk", Q(state__in=RUNNING)), waiting=Count("pk", Q(state__in=WAITING)))
        .order_by("mentor_id")[:MOST]
    )
    for row in without:
        note = row["mentor__title"] or row["mentor__department"]
        found.append(Mentor(row["mentor_id"], row["mentor__name"], note, None, row["running"], row["waiting"]))
    return sorted(found, key=lambda mentor: (mentor.capacity is None, -mentor.is_over, mentor.free, -mentor.live))


def offered(words: str, *, trainee: Member) -> list[Mentor]:
    """Mentors to propose to this trainee: those whose skills or experience name what is looked for, then by free places.

    One query.
    """
    profiles = MentorProfile.objects.offered().exclude(member=trainee).select_related("member")
    wanted = words.casefold().split()[:MOST_WORDS]
    found = [_mentor(profile, wanted) for profile in _counted(profiles).order_by("member__sort_name", "pk")[:MOST]]
    return sorted(found, key=lambda mentor: (not mentor.fits, -mentor.free))


def _counted(profiles):
    """Profiles with how many pairings run and wait."""
    live = Pairing.objects.filter(mentor=OuterRef("member_id")).order_by().values("mentor")

    def count(states):
        counted = live.filter(state__in=states).annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counted), 0, output_field=IntegerField())

    return profiles.annotate(running=count(RUNNING), waiting=count(WAITING))


def _mentor(profile: MentorProfile, wanted: list[str] = ()) -> Mentor:
    told = f"{profile.skills}\n{profile.experience}".casefold()
    return Mentor(
        pk=profile.member_id,
        name=profile.member.name,
        note=profile.member.title or profile.member.department,
        capacity=profile.capacity,
        running=profile.running,
        waiting=profile.waiting,
        skills=profile.skills,
        experience=profile.experience,
        languages=tuple(profile.languages),
        is_approved=profile.approved_at is not None,
        is_paused=profile.paused,
        fits=bool(wanted) and all(word in told for word in wanted),
    )
