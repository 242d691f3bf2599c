from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from organizations import clock
from organizations.localized import LocalizedCharField, LocalizedTextField
from organizations.models import Member
from organizations.tenancy import TenantForeignKey, TenantModel
from organizations.vocabulary import SubjectKind
from programs.vocabulary import VersionState


class ProgramTemplate(TenantModel):
    """A programme as HR designs it; what people run through is one of its published versions."""

    subject_kind = SubjectKind.TEMPLATE
    name = LocalizedCharField(_("name"), max_length=200)
    source = models.CharField(max_length=60, blank=True)  # the built-in template it was copied from
    created_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now, db_default=Now())
    archived_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.name)


class TemplateVersion(TenantModel):
    """One state of a template: a draft, or published and from then on unchangeable (trigger `published_is_final`)."""

    subject_kind = SubjectKind.VERSION
    template = TenantForeignKey(ProgramTemplate, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    summary = LocalizedTextField(_("summary"), blank=True)
    aim = LocalizedTextField(_("aim"), blank=True)  # CI1
    framework = LocalizedTextField(_("what it leaves the organization"), blank=True)  # CI2
    workflow = models.JSONField(_("workflow steps"), default=list)  # WF1: [{key, name, text}]
    levels = models.JSONField(_("rubric levels"), default=list)  # [{number, name, meaning}]
    review_scheme = models.JSONField(_("reviews and certification"), default=dict)  # PH5: dimensions' KPIs, 360 items, levels
    edited_at = models.DateTimeField(default=clock.now, db_default=Now())
    revision = models.PositiveIntegerField(default=1)  # rises with each edit of the draft: a stale form is told
    content_hash = models.CharField(max_length=64, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = TenantForeignKey(Member, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="version_state_known", condition=Q(state__in=VersionState.values)),
            models.UniqueConstraint(name="version_number_once", fields=["organization", "template", "number"]),
            models.UniqueConstraint(
                name="version_one_draft",
                fields=["organization", "template"],
                condition=Q(state=VersionState.DRAFT),
                violation_error_message=_("This template already has a draft."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.number}"

    @property
    def is_draft(self) -> bool:
        """Whether it may still be edited."""
        return self.state == VersionState.DRAFT
