"""Closed lists of words about organizations and their people."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    CHECKPOINT_ANSWERED = "checkpoint_answered", _("Answered a quarterly checkpoint")
    CHECKPOINT_NOTED = "checkpoint_noted", _("Noted on a quarterly checkpoint")
    ENROLLMENT_COMPLETED = "enrollment_completed", _("Completed a program")
    SPONSOR_ACCEPTED = "sponsor_accepted", _("Accepted sponsorship by name")
    SPONSOR_CHECKED_IN = "sponsor_checked_in", _("Recorded a sponsor's check-in")
    FIGURES_CONFIRMED = "figures_confirmed", _("Confirmed figures")
    MENTOR_PROFILE_CHANGED = "mentor_profile_changed", _("Changed a mentor profile")
    PAIRING_PROPOSED = "pairing_proposed", _("Proposed a pairing")
    PAIRING_ANSWERED = "pairing_answered", _("Answered a proposed pairing")
    PAIRING_CHANGED = "pairing_changed", _("Changed a pairing")
    PAIRING_ENDED = "pairing_ended", _("Ended a pairing")
    AGREEMENT_WRITTEN = "agreement_written", _("Wrote a mentoring agreement")
    AGREEMENT_SIGNED = "agreement_signed", _("Signed a mentoring agreement")
    MEETING_PLANNED = "meeting_planned", _("Planned a meeting")
    MEETING_CHANGED = "meeting_changed", _("Changed a meeting")
    MEETING_HELD = "meeting_held", _("Recorded a meeting")
    FEEDBACK_GIVEN = "feedback_given", _("Gave feedback")
    PROJECT_CHOSEN = "project_chosen", _("Chose a practice project")
    PROJECT_CHANGED = "project_changed", _("Changed a practice project")
    GATE_REVIEWED = "gate_reviewed", _("Gave a verdict at a gate")
    CONDITION_SETTLED = "condition_settled", _("Settled a condition of a gate")
    PROJECT_CLOSED = "project_closed", _("Closed a practice project")
    PROJECT_STOPPED = "project_stopped", _("Stopped a practice project")
    SESSION_PLANNED = "session_planned", _("Planned a training session")
    SESSION_CHANGED = "session_changed", _("Changed a training session")
    ATTENDANCE_RECORDED = "attendance_recorded", _("Recorded attendance")
    SURVEY_OPENED = "survey_opened", _("Opened a survey")
    SURVEY_CLOSED = "survey_closed", _("Closed a survey")
    TEST_RECORDED = "test_recorded", _("Recorded test results")
    NEEDS_CHANGED = "needs_changed", _("Changed a needs analysis")
    BUDGET_CHANGED = "budget_changed", _("Changed a training budget")
    PLAN_CHANGED = "plan_changed", _("Changed an annual plan")
    PILOT_CHANGED = "pilot_changed", _("Changed a pilot")
    STUDY_CHANGED = "study_changed", _("Changed a study of results")
    CYCLE_OPENED = "cycle_opened", _("Opened a review cycle")
    CYCLE_CHANGED = "cycle_changed", _("Changed a review cycle")
    CYCLE_CLOSED = "cycle_closed", _("Closed a review cycle")
    RATERS_CHANGED = "raters_changed", _("Changed who gives 360 feedback")
    KPI_RECORDED = "kpi_recorded", _("Recorded a KPI value")
    RESULTS_RELEASED = "results_released", _("Released 360 results")
    FILE_FROZEN = "file_frozen", _("Froze a review file")
    PANEL_CHANGED = "panel_changed", _("Changed a panel")
    VOTED = "voted", _("Voted on a panel")
    DECIDED = "decided", _("Decided on a certification")
    DECISION_ACKNOWLEDGED = "decision_acknowledged", _("Acknowledged a decision")
    APPEALED = "appealed", _("Appealed against a decision")
    APPEAL_ANSWERED = "appeal_answered", _("Answered an appeal")
    CERTIFICATE_ISSUED = "certificate_issued", _("Issued a certificate")
    CERTIFICATE_REVOKED = "certificate_revoked", _("Revoked a certificate")
    PLAN_POINT_SETTLED = "plan_point_settled", _("Signed off a point of a plan")
    SUCCESSOR_ENTERED = "successor_entered", _("Entered someone into a successor pool")
    REPORT_EXPORTED = "report_exported", _("Exported a report")
    TOKEN_ISSUED = "token_issued", _("Issued an API token")
    TOKEN_REVOKED = "token_revoked", _("Revoked an API token")


class ApiScope(models.TextChoices):
    """What an API token may do, one word for each resource and verb; never more than its owner may."""

    TEMPLATES_READ = "templates:read", _("Read templates")
    COHORTS_READ = "cohorts:read", _("Read cohorts")
    ENROLLMENTS_READ = "enrollments:read", _("Read enrollments")
    ENROLLMENTS_WRITE = "enrollments:write", _("Enroll trainees")
    TASK_WORK_READ = "task_work:read", _("Read tasks and deliverables")
    SUBMISSIONS_READ = "submissions:read", _("Read submissions")
    SUBMISSIONS_WRITE = "submissions:write", _("Submit deliverables")
    SIGN_OFFS_READ = "sign_offs:read", _("Read sign-offs")
    SIGN_OFFS_WRITE = "sign_offs:write", _("Decide on sign-offs")
    COMMENTS_WRITE = "comments:write", _("Comment on deliverables")
    PAIRINGS_READ = "pairings:read", _("Read pairings")
    PROJECTS_READ = "projects:read", _("Read practice projects")
    REVIEWS_READ = "reviews:read", _("Read reviews and their decisions")
    CERTIFICATES_READ = "certificates:read", _("Read certificates")


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
    CHECK_IN = "check_in", _("Sponsor's check-in")
    MENTOR_PROFILE = "mentor_profile", _("Mentor profile")
    PAIRING = "pairing", _("Pairing")
    AGREEMENT = "agreement", _("Mentoring agreement")
    MEETING = "meeting", pgettext_lazy("of mentor and trainee", "Meeting")
    PROJECT = "project", _("Practice project")
    GATE_REVIEW = "gate_review", _("Gate review")
    SESSION = "session", _("Training session")
    SURVEY = "survey", _("Survey")
    NEEDS_ANALYSIS = "needs_analysis", _("Needs analysis")
    BUDGET = "budget", _("Training budget")
    ANNUAL_PLAN = "annual_plan", _("Annual training plan")
    PILOT = "pilot", _("Pilot")
    ROI_STUDY = "roi_study", _("Study of results")
    CYCLE = "cycle", _("Review cycle")
    REVIEW = "review", _("Certification review")
    DECISION = "decision", _("Decision")
    APPEAL = "appeal", _("Appeal")
    CERTIFICATE = "certificate", _("Certificate")
    API_TOKEN = "api_token", _("API token")
    REPORT = "report", _("Report")
