from django.db import models

from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from programs.models.enrollment import Enrollment


class Appointment(TenantModel):
    """A date that a trainee has with someone, for their home. The app that owns the meeting writes it and takes it away again."""

    enrollment = TenantForeignKey(Enrollment, on_delete=models.CASCADE, related_name="appointments")
    subject_kind = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=300, blank=True)
    person = TenantForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    path = models.CharField(max_length=200)  # the page inside the organization

    class Meta:
        constraints = [models.UniqueConstraint(name="appointment_once", fields=["organization", "subject_kind", "subject_id"])]
        indexes = [models.Index(fields=["organization", "enrollment", "starts_at"], name="appointment_by_time")]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id}"
