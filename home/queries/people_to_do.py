"""What an admin has to see to: people who cannot come in, people without a line manager; and what happened last."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from organizations.models import AuditEvent, Invitation, Member
from organizations.vocabulary import AuditAction

LAST_EVENTS = 6


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
    rows = AuditEvent.objects.order_by("-at", "-pk").values_list("actor_name", "action", "subject_label", "at")[:LAST_EVENTS]
    events = tuple(Happened(who, _said(action), which, at) for who, action, which, at in rows)
    return PeopleToDo(**figures, events=events)


def _said(action: str) -> str:
    """An older entry may say a word that the list no longer has."""
    return str(AuditAction(action).label) if action in AuditAction.values else action
