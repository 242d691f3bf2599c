from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentorship.rules.capacity import LARGEST, SMALLEST, USUAL
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import Language, SubjectKind


class MentorProfileQuerySet(models.QuerySet):
    """Filters over mentor profiles."""

    def offered(self) -> "MentorProfileQuerySet":
        """Mentors to whom a trainee may be proposed: approved by HR, not paused, still with the organization."""
        return self.filter(approved_at__isnull=False, paused=False, member__ended_at__isnull=True)


class MentorProfile(TenantModel):
    """What a mentor can give, and to how many. Written by themselves and approved by HR, or nominated by HR."""

    subject_kind = SubjectKind.MENTOR_PROFILE
    member = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="mentor_profiles")
    capacity = models.PositiveSmallIntegerField(_("trainees at the same time"), default=USUAL)
    skills = models.TextField(_("skills"), max_length=1000)
    experience = models.TextField(_("experience"), max_length=2000, blank=True)
    languages = ArrayField(models.CharField(max_length=10, choices=Language), default=list, verbose_name=_("languages"))
    note = models.TextField(_("good to know"), max_length=500, blank=True)
    paused = models.BooleanField(_("takes no new trainees for now"), default=False)
    approved_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = MentorProfileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="mentor_profile_once",
                fields=["organization", "member"],
                violation_error_message=_("This person already has a mentor profile."),
            ),
            models.CheckConstraint(
                name="mentor_capacity_in_range",
                condition=Q(capacity__gte=SMALLEST, capacity__lte=LARGEST),
                violation_error_message=_("A mentor takes 1 to 10 trainees."),
            ),
            models.CheckConstraint(name="mentor_languages_known", condition=Q(languages__contained_by=Language.values)),
        ]

    def __str__(self) -> str:
        return str(self.member)
