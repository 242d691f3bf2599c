"""For whom one person acts today."""

from datetime import date

from django.db.models import QuerySet

from organizations.models import DelegatedAuthority


def stood_in_for(member: int, today: date) -> QuerySet:
    """Ids of those who are away today and for whom this person acts, as a subquery."""
    running = DelegatedAuthority.objects.filter(delegate=member, from_on__lte=today, until_on__gte=today, ended_at__isnull=True)
    return running.values("member_id")
