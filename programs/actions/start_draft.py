"""Begin the next version of a template from a published one."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.actions.copy_template import write_version
from programs.models import ProgramTemplate, TemplateVersion
from programs.policies.design import may_design
from programs.queries.version_content import load_content
from programs.rules.version_states import may_be_edited
from programs.vocabulary import VersionState


@transaction.atomic
def start_draft(version: TemplateVersion, *, by: Member) -> TemplateVersion:
    """The next draft with all that `version` says; every part keeps its key, so that differences find their pairs.

    Raises:
        PermissionDenied: `by` is no HR director.
        ValidationError: "draft_exists"; "not_published", a draft is edited as it is.
    """
    if not may_design(by):
        raise PermissionDenied(_("Only the HR director shapes programs. Ask them to start the next draft."))
    # Locked before the check: two directors may press at the same moment, and one number fits one draft.
    template = ProgramTemplate.objects.select_for_update(of=["self"]).get(pk=version.template_id)
    version = TemplateVersion.objects.get(pk=version.pk)
    if may_be_edited(version.state):
        raise ValidationError(_("This version is still a draft. Edit it as it is."), code="not_published")
    if template.versions.filter(state=VersionState.DRAFT).exists():
        raise ValidationError(_("This template already has a draft. Go on with that one."), code="draft_exists")
    number = template.versions.aggregate(last=Max("number"))["last"] + 1
    draft = write_version(template, number, load_content([version.pk])[version.pk])
    record(AuditAction.DRAFT_STARTED, draft, by=by, after={"from": version.number, "number": number})
    return draft
