from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from effectiveness.models.worksheet import Row, Worksheet
from effectiveness.planning_vocabulary import Level, Stance
from organizations.models import Member
from organizations.tenancy import TenantForeignKey
from programs.models import SupportRole
from programs.vocabulary import Role


class InfluenceLogQuerySet(models.QuerySet):
    """Filters over influence logs."""

    def visible_to(self, member: Member) -> "InfluenceLogQuerySet":
        """One's own; and, as the trainee's mentor, those in which an entry is shared. No role of the organization opens any."""
        mentors = SupportRole.objects.filter(enrollment=OuterRef("enrollment_id"), member=member, role=Role.MENTOR, ended_at__isnull=True)
        shared = InfluenceEntry.objects.filter(sheet=OuterRef("pk"), shared=True)
        return self.filter(Q(enrollment__trainee=member) | (Exists(mentors) & Exists(shared)))


class InfluenceLog(Worksheet):
    """A matter that one moves without authority: the worksheet of D19. Private to its trainee; it leaves nothing in the audit trail."""

    aim = models.TextField(_("what it is to bring"), max_length=1000, blank=True)

    objects = InfluenceLogQuerySet.as_manager()


class Stakeholder(Row):
    """Somebody whom the matter concerns, between power and interest. Read by the trainee alone."""

    named_by = "person"
    sheet = TenantForeignKey(InfluenceLog, on_delete=models.CASCADE, related_name="stakeholders")
    person = models.CharField(_("person"), max_length=120)
    power = models.CharField(_("power"), max_length=6, choices=Level)
    interest = models.CharField(_("interest"), max_length=6, choices=Level)
    cares_about = models.CharField(_("what they care about"), max_length=200)
    stance = models.CharField(_("stance"), max_length=10, choices=Stance)

    class Meta(Row.Meta):
        constraints = [
            models.CheckConstraint(
                name="stakeholder_known",
                condition=Q(power__in=Level.values, interest__in=Level.values, stance__in=Stance.values),
            )
        ]

    def __str__(self) -> str:
        return self.person


class InfluenceEntry(Row):
    """What one asked of somebody, what one offered for it, and what came of it. The mentor reads it where it is shared."""

    named_by = "person"
    sheet = TenantForeignKey(InfluenceLog, on_delete=models.CASCADE, related_name="entries")
    on = models.DateField(_("day"))
    person = models.CharField(_("with whom"), max_length=120)
    ask = models.CharField(_("what I asked for"), max_length=300)
    offered = models.CharField(_("what I offered"), max_length=300)
    outcome = models.CharField(_("what came of it"), max_length=300)
    next = models.CharField(_("next"), max_length=300, blank=True)
    shared = models.BooleanField(_("shared with my mentor"), default=False)

    class Meta(Row.Meta):
        ordering = ["on", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.on} {self.person}"
