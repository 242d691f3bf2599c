from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from programs.models.enrollment import Enrollment
from programs.models.readable import ReadableByQuerySet


class ToSettle(TenantModel):
    """Something agreed on that is still to be done: what, and by when. Who is entitled says by what it is settled.

    A condition of a gate is one, a point of a plan after “not yet” another.
    """

    what = models.CharField(_("what"), max_length=300)
    due_on = models.DateField(_("due"))
    set_by = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    settled_for = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")  # a stand-in's absent one
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.what


class PlanPointQuerySet(ReadableByQuerySet):
    """Filters over points of plans."""

    path_to_enrollment = "enrollment__"

    def running(self) -> "PlanPointQuerySet":
        """Those that are still to be done: not settled, and no later decision has taken the plan's place."""
        return self.filter(settled_at__isnull=True, ended_at__isnull=True)


class PlanPoint(ToSettle):
    """A task that a decision gave a trainee. The app that decided writes it here, as the page of one's own program shows it.

    `signer` is named by the plan; empty, it is the mentor's.
    """

    enrollment = TenantForeignKey(Enrollment, on_delete=models.PROTECT, related_name="plan_points")
    number = models.PositiveSmallIntegerField()
    signer = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    subject_kind = models.CharField(max_length=20)  # of the decision that it came from
    subject_id = models.BigIntegerField()
    path = models.CharField(max_length=200)  # its page
    shown = models.TextField(_("what shows it"), blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)  # since then it waits for its signer
    ended_at = models.DateTimeField(null=True, blank=True)  # a later decision took its place
    created_at = models.DateTimeField(default=clock.now, db_default=Now())

    objects = PlanPointQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="plan_point_settled_by_someone", condition=Q(settled_at=None) | Q(settled_by__isnull=False)),
            models.CheckConstraint(name="plan_point_shown_in_words", condition=Q(shown_at=None) | ~Q(shown="")),
            models.UniqueConstraint(name="plan_point_once", fields=["organization", "subject_kind", "subject_id", "number"]),
        ]
        indexes = [
            models.Index(fields=["organization", "enrollment", "due_on"], name="plan_point_by_enrollment"),
            models.Index(fields=["organization", "due_on"], name="plan_point_running_by_due", condition=Q(settled_at=None, ended_at=None)),
        ]
        ordering = ["due_on", "pk"]
