"""What an admin has to see to: people who cannot come in, people without a line manager; and what happened last."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from organizations.models import AuditEvent, Invitation, Member
from organizations.vocabulary import AuditAction

LAST_EVENTS = 6
# What an admin looks after. The whole trail, with everybody's work and sign-ins, has a page of its own.
ADMINISTRATION = (
    AuditAction.PERSON_ADDED,
    AuditAction.PERSON_CHANGED,
    AuditAction.ROLES_CHANGED,
    AuditAction.MEMBERSHIP_ENDED,
    AuditAction.MEMBERSHIP_RESTORED,
    AuditAction.INVITED,
    AuditAction.INVITATION_ACCEPTED,
    AuditAction.SIGN_IN_CODE_ISSUED,
    AuditAction.SIGN_IN_FAILED,
    AuditAction.SETTINGS_CHANGED,
    AuditAction.CALENDAR_CHANGED,
    AuditAction.AUTHORITY_DELEGATED,
    AuditAction.AUTHORITY_ENDED,
    AuditAction.VERSION_PUBLISHED,
    AuditAction.COHORT_OPENED,
    AuditAction.COHORT_CHANGED,
)


@dataclass(frozen=True)
class Happened:
    """One line of the audit trail."""

    who: str
    what: str
    which: str
    at: datetime


@dataclass(frozen=True)
class PeopleToDo:
    """Figures over everybody who belongs here today."""

    everybody: int
    outside: int  # without a sign-in
    invited: int  # of those: with an invitation that still holds
    expired: int  # of those: with invitations that have all expired
    unmanaged: int  # without a line manager
    events: tuple[Happened, ...]

    @property
    def never_invited(self) -> int:
        return self.outside - self.invited - self.expired

    @property
    def stuck(self) -> int:
        """Those for whom somebody has to do something."""
        return self.outside - self.invited


def people_to_do(now: datetime) -> PeopleToDo:
    """What waits for an admin; two queries."""
    open_invitations = Invitation.objects.filter(member=OuterRef("pk"), accepted_at__isnull=True)
    outside = Q(user__isnull=True)
    holds = Exists(open_invitations.filter(expires_at__gt=now))
    figures = (
        Member.objects.active()
        .annotate(holds=holds, ran_out=Exists(open_invitations))
        .aggregate(
            everybody=Count("pk"),
            outside=Count("pk", filter=outside),
            invited=Count("pk", filter=outside & Q(holds=True)),
            expired=Count("pk", filter=outside & Q(holds=False, ran_out=True)),
            unmanaged=Count("pk", filter=Q(line_manager__isnull=True)),
        )
    )
    told = AuditEvent.objects.filter(action__in=ADMINISTRATION).order_by("-at", "-pk")
    rows = told.values_list("actor_name", "action", "subject_label", "at")[:LAST_EVENTS]
    events = tuple(Happened(who, str(AuditAction(action).label), which, at) for who, action, which, at in rows)
    return PeopleToDo(**figures, events=events)
