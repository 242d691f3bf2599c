"""Publish a draft: from then on it never changes, and cohorts may start on it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations import clock
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.models import TemplateVersion
from programs.policies.design import may_design
from programs.queries.version_content import load_content
from programs.rules import publish_checks, version_states
from programs.rules.content_hash import content_hash
from programs.rules.version_content import as_data
from programs.vocabulary import VersionState


@transaction.atomic
def publish_version(version: TemplateVersion, *, by: Member, revision: int | None = None) -> TemplateVersion:
    """Publish a draft after its checks. Earlier published versions stay usable, and cohorts stay on theirs.

    `revision` is the one that the person looked at.

    Raises:
        PermissionDenied: `by` is no HR director.
        ValidationError: "already_published"; "changed_since", someone edited it after the person looked;
            "not_ready", the checks name something to put right.
    """
    if not may_design(by):
        raise PermissionDenied(_("Only the HR director publishes programs. Ask them to look at the draft."))
    # Locked before the check: an edit in between must not be published unchecked.
    version = TemplateVersion.objects.select_for_update(of=["self"]).select_related("template").get(pk=version.pk)
    if not version_states.can_become(version.state, VersionState.PUBLISHED):
        raise ValidationError(_("This version is published already."), code="already_published")
    if revision is not None and revision != version.revision:
        raise ValidationError(_("The draft was changed after you opened this page. Look at it again, then publish."), code="changed_since")
    content = load_content([version.pk])[version.pk]
    faults = publish_checks.stopping(publish_checks.check(content))
    if faults:
        message = ngettext("%(n)s thing is to be put right first.", "%(n)s things are to be put right first.", len(faults))
        raise ValidationError(message % {"n": len(faults)}, code="not_ready")
    fingerprint = content_hash("template_version", as_data(content))
    published = TemplateVersion.objects.filter(pk=version.pk, state=VersionState.DRAFT).update(
        state=VersionState.PUBLISHED, content_hash=fingerprint, published_at=clock.now(), published_by=by
    )
    if not published:
        raise ValidationError(_("This version is published already."), code="already_published")
    version.refresh_from_db(fields=["state", "content_hash", "published_at", "published_by"])
    record(AuditAction.VERSION_PUBLISHED, version, by=by, after={"number": version.number, "content_hash": fingerprint})
    return version
