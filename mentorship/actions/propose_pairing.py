"""Propose a mentor to a trainee."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mentorship import paths
from mentorship.actions.running_pairing import label, names
from mentorship.models import MentorProfile, Pairing
from mentorship.policies import may_propose
from mentorship.rules.capacity import free_places
from mentorship.vocabulary import Notice
from notifications.actions.notify import notify
from organizations.actions.record_audit import record
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.models import Enrollment, SupportRole
from programs.vocabulary import EnrollmentState, Role


@transaction.atomic
def propose(enrollment: Enrollment, mentor: Member, *, by: Member, words: str = "") -> Pairing:
    """Ask both whether they would work together; a place of the mentor is kept for it until they answer.

    Raises:
        PermissionDenied: `by` does not run the cohort.
        ValidationError: "not_running", "own_mentor", "no_profile" (not approved, paused, or gone), "no_place" (others were
            faster), "already_paired".
    """
    enrollment = Enrollment.objects.select_related("cohort__manager", "trainee").get(pk=enrollment.pk)
    if not may_propose(by, enrollment.cohort):
        raise PermissionDenied(_("Only the HR director and this cohort's manager propose mentors."))
    if enrollment.state not in (EnrollmentState.ACTIVE, EnrollmentState.PAUSED):
        raise ValidationError(_("This trainee's program is over."), code="not_running")
    if mentor.pk == enrollment.trainee_id:
        raise ValidationError(_("Nobody can be their own mentor or line manager."), code="own_mentor")
    # Locked before places are counted: two proposals for the last one queue here.
    profile = MentorProfile.objects.offered().select_for_update(of=["self"]).filter(member=mentor).first()
    if profile is None:
        raise ValidationError(_("%(name)s takes no trainees now. Choose another mentor.") % {"name": mentor.name}, code="no_profile")
    if not free_places(profile.capacity, Pairing.objects.live().filter(mentor=mentor).count()):
        full = _("%(name)s has no free place any more. Choose another mentor.") % {"name": mentor.name}
        raise ValidationError(full, code="no_place")
    if SupportRole.objects.filter(enrollment=enrollment, role=Role.MENTOR, ended_at__isnull=True).exists():
        raise ValidationError(_taken(), code="already_paired")
    try:
        with transaction.atomic():
            pairing = Pairing.objects.create(enrollment=enrollment, mentor=mentor, proposed_by=by, words=words.strip())
    except IntegrityError:
        raise ValidationError(_taken(), code="already_paired") from None
    record(AuditAction.PAIRING_PROPOSED, pairing, by=by, label=label(pairing), after={"state": pairing.state})
    path, key = paths.pairing(pairing.pk), f"pairing:{pairing.pk}"
    for member in (pairing.mentor, enrollment.trainee):
        notify(member, Notice.PAIRING_PROPOSED, about=pairing, path=path, words=names(pairing), key=key)
    return pairing


def _taken() -> str:
    return _("This trainee already has a mentor, or a proposal that waits for an answer.")
