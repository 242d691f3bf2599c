"""Finding one person by what people write on a form."""

from django.db.models import Q

from organizations.models import Member


def people_called(words: str) -> list[Member]:
    """Active people whose e-mail, employee number or whole name is this; several where people share a name. One query."""
    wanted = " ".join(words.split())
    if not wanted:
        return []
    same = Q(email__iexact=wanted) | Q(employee_number__iexact=wanted) | Q(name__iexact=wanted)
    return list(Member.objects.active().filter(same).order_by("pk")[:10])
