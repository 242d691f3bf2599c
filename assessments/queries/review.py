"""One review with what every question about it needs."""

from assessments.models import CertificationReview
from organizations.models import Member

LOADED = ("cycle__cohort", "enrollment__cohort", "enrollment__trainee", "chair")


def review_for(member: Member, review_id: int) -> CertificationReview | None:
    """The review if this person has a part in it; one query."""
    return CertificationReview.objects.visible_to(member).select_related(*LOADED).filter(pk=review_id).first()


def supporters_of(review: CertificationReview, *roles: str) -> list[Member]:
    """Active people who hold one of these roles towards the trainee; one query."""
    return list(
        Member.objects.active()
        .filter(supports__enrollment=review.enrollment_id, supports__ended_at__isnull=True, supports__role__in=roles)
        .distinct()
        .order_by("sort_name", "pk")
    )
