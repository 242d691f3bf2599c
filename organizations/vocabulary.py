"""Closed lists of words about organizations and their people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganizationRole(models.TextChoices):
    """What a person may do in the whole organization; all else comes from relations to a trainee."""

    ADMIN = "admin", _("Admin")
    HR_DIRECTOR = "hr_director", _("HR director")
    REVIEWER = "reviewer", _("Reviewer")
    MEMBER = "member", _("Member")


STAFF_ROLES = {OrganizationRole.ADMIN, OrganizationRole.HR_DIRECTOR}


class SecondFactor(models.TextChoices):
    """Who must prove a second factor to come in."""

    NONE = "none", _("Nobody")
    STAFF = "staff", _("Admins and HR directors")
    ALL = "all", _("Everybody")


class Language(models.TextChoices):
    """Languages of the interface."""

    CHINESE = "zh-hans", "简体中文"
    ENGLISH = "en", "English"


class CalendarKind(models.TextChoices):
    """Which days are worked."""

    CHINA = "cn", _("China: public holidays and swapped working weekends")
    PLAIN = "plain", _("Monday to Friday")


class InvitationState(models.TextChoices):
    """Where an invitation stands; computed from its times, never stored."""

    WAITING = "waiting", _("Waiting for an answer")
    ACCEPTED = "accepted", _("Accepted")
    EXPIRED = "expired", _("Expired")


class PersonState(models.TextChoices):
    """Whether a person has come in; computed, never stored."""

    ACTIVE = "active", _("Signs in")
    INVITED = "invited", _("Invited")
    WAITING = "waiting", _("Not invited yet")
    ENDED = "ended", _("Has left")


class AuditAction(models.TextChoices):
    """What the audit trail records. Values are stable; labels are what people read."""

    PERSON_ADDED = "person_added", _("Added a person")
    PERSON_CHANGED = "person_changed", _("Changed a person's details")
    ROLES_CHANGED = "roles_changed", _("Changed roles")
    MEMBERSHIP_ENDED = "membership_ended", _("Ended a membership")
    MEMBERSHIP_RESTORED = "membership_restored", _("Restored a membership")
    INVITED = "invited", _("Sent an invitation")
    INVITATION_ACCEPTED = "invitation_accepted", _("Accepted an invitation")
    SIGN_IN_CODE_ISSUED = "sign_in_code_issued", _("Issued a sign-in code")
    SIGNED_IN = "signed_in", _("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("Failed to sign in")
    SETTINGS_CHANGED = "settings_changed", _("Changed settings")
    CALENDAR_CHANGED = "calendar_changed", _("Changed the working calendar")
    AUTHORITY_DELEGATED = "authority_delegated", _("Named a stand-in")
    AUTHORITY_ENDED = "authority_ended", _("Ended a stand-in")
    TEMPLATE_COPIED = "template_copied", _("Copied a template")
    DRAFT_STARTED = "draft_started", _("Started a new draft")
    TEMPLATE_EDITED = "template_edited", _("Edited a template")
    VERSION_PUBLISHED = "version_published", _("Published a version")
    COHORT_OPENED = "cohort_opened", _("Opened a cohort")
    COHORT_CHANGED = "cohort_changed", _("Changed a cohort")
    ENROLLED = "enrolled", _("Enrolled trainees")
    RELATIONS_CHANGED = "relations_changed", _("Changed who supports a trainee")
    DATES_MOVED = "dates_moved", _("Moved dates")
    TASK_WAIVED = "task_waived", _("Waived a task")
    SUBMITTED = "submitted", _("Submitted a deliverable")
    SIGNED_OFF = "signed_off", _("Decided on a deliverable")
    CHECK_RECORDED = "check_recorded", _("Recorded a check")
    ACTIVITY_DONE = "activity_done", _("Marked an activity as done")
    PHASE_OPENED = "phase_opened", _("Opened a phase")
    PHASE_COMPLETED = "phase_completed", _("Completed a phase")
    DOCUMENT_PRINTED = "document_printed", _("Printed a document")
    FILE_UPLOADED = "file_uploaded", _("Uploaded a file")


class SubjectKind(models.TextChoices):
    """What a notice, an audit entry, a comment or a file is about. `subject_id` is that row's id in the same organization."""

    ORGANIZATION = "organization", _("Organization")
    MEMBER = "member", _("Person")
    INVITATION = "invitation", _("Invitation")
    CALENDAR = "calendar", _("Working calendar")
    DELEGATION = "delegation", _("Stand-in")
    TEMPLATE = "template", _("Template")
    VERSION = "version", _("Template version")
    COHORT = "cohort", _("Cohort")
    ENROLLMENT = "enrollment", _("Trainee's program")
    TASK_WORK = "task_work", _("Task")
    DELIVERABLE = "deliverable", _("Deliverable")
    SUBMISSION = "submission", _("Submission")
    STEP = "step", _("Sign-off")
    PHASE = "phase", _("Phase")
    DOCUMENT = "document", _("Document")
    FILE = "file", _("File")
    JOB = "job", _("Job")
