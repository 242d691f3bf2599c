"""Who signs for whom while someone is away."""

from dataclasses import dataclass
from datetime import date

from organizations.models import DelegatedAuthority, Member


@dataclass(frozen=True)
class StandIns:
    """One person's stand-ins, now and to come, and for whom they stand in; two queries."""

    mine: list[DelegatedAuthority]
    for_others: list[DelegatedAuthority]


def stand_ins(member: Member, today: date) -> StandIns:
    """What stands today or later."""
    standing = DelegatedAuthority.objects.filter(ended_at__isnull=True, until_on__gte=today).order_by("from_on", "pk")
    return StandIns(
        mine=list(standing.filter(member=member).select_related("delegate", "member")),
        for_others=list(standing.filter(delegate=member).select_related("member", "delegate")),
    )
