"""Every closed list of words in programs. A word shown to people is in design/README.md's table or glossary."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VersionState(TextChoices):
    """A template's version. Published ones never change; retired ones take no new cohort."""

    DRAFT = "draft", pgettext_lazy("state of a template", "Draft")
    PUBLISHED = "published", pgettext_lazy("state of a template", "Published")
    RETIRED = "retired", pgettext_lazy("state of a template", "Retired")


class ScheduleKind(TextChoices):
    """How a phase lies in time: after the one before it, on and on, or again every cycle."""

    SEQUENTIAL = "sequential", _("After the phase before it")
    CONTINUOUS = "continuous", _("Runs on without an end")
    RECURRING = "recurring", _("Comes again every cycle")


class PhaseExit(TextChoices):
    """What ends a phase. Source: programme map, Phases."""

    ALL_REQUIRED = "all_required", _("All required tasks approved, the IDP among them")
    PRACTICE_TASKS = "practice_tasks", _("All practice tasks approved")
    PROJECT_CLOSED = "project_closed", _("One practice project closed")
    NONE = "none", _("No end: it repeats")
    PER_CYCLE = "per_cycle", _("A decision in each cycle")


class LearningMethod(TextChoices):
    """How one learns in a task."""

    SELF_STUDY = "self_study", _("Self-study")
    ONLINE_COURSE = "online_course", _("Online course")
    WORKSHOP = "workshop", _("Workshop")
    MENTORING = "mentoring", _("Mentoring")
    CASE_STUDY = "case_study", _("Case study")
    GROUP_DISCUSSION = "group_discussion", _("Group discussion")
    SIMULATION = "simulation", _("Simulation")
    ROLE_PLAY = "role_play", _("Role play")
    SHADOWING = "shadowing", _("Shadowing")
    DATA_EXERCISE = "data_exercise", _("Data exercise")
    REPORT_WRITING = "report_writing", _("Report writing")
    POLICY_STUDY = "policy_study", _("Policy study")
    SYSTEMS_PRACTICE = "systems_practice", _("Systems practice")
    PRACTICE = "practice", _("Practice on the job")
    INTERVIEW = "interview", _("Interview")
    MEETING = "meeting", _("Meeting")
    PROJECT = "project", _("Project")
    REVIEW = "review", _("Review")


class Role(TextChoices):
    """Who someone is to a trainee, and so who may stand in a sign-off route. Source: programme map, Roles."""

    TRAINEE = "trainee", _("Trainee")
    MENTOR = "mentor", _("Mentor")
    LINE_MANAGER = "line_manager", _("Line manager")
    HRBP = "hrbp", _("HRBP")
    BUSINESS_HEAD = "business_head", _("Business head")
    TRAINING_MANAGER = "training_manager", _("Present training manager")
    SPONSOR = "sponsor", _("Sponsor")
    COHORT_MANAGER = "cohort_manager", _("Cohort manager")
    HR_DIRECTOR = "hr_director", _("HR director")
    REVIEWER = "reviewer", _("Reviewer")
    INTERVIEWEE = "interviewee", _("Interviewee")
    IT_CONTACT = "it_contact", _("IT contact")


# Rows of SupportRole, one enrollment at a time.
RELATIONS = frozenset({Role.MENTOR, Role.LINE_MANAGER, Role.HRBP, Role.BUSINESS_HEAD, Role.TRAINING_MANAGER, Role.SPONSOR})
# Held in the organization, whoever the trainee is.
ORGANIZATION_ROLES = frozenset({Role.HR_DIRECTOR, Role.REVIEWER})
# Named in the deliverable's own form, in the field of the same key.
ROLES_NAMED_IN_THE_FORM = frozenset({Role.INTERVIEWEE, Role.IT_CONTACT})


class RaterGroup(TextChoices):
    """Who is asked about a person in 360 feedback; everyone assesses themselves too."""

    SUPERIOR = "S", pgettext_lazy("asked in 360 feedback", "Superior")
    PEERS = "P", pgettext_lazy("asked in 360 feedback", "Colleagues")
    BUSINESS = "B", pgettext_lazy("asked in 360 feedback", "Business departments")
    LEARNERS = "L", pgettext_lazy("asked in 360 feedback", "Learners")


class Anchor(TextChoices):
    """The day a task's offset is counted from."""

    COHORT_START = "cohort_start", _("Start of the cohort")
    PHASE_START = "phase_start", _("Start of the phase")
    TASK = "task", _("Due date of another task")


class Recurrence(TextChoices):
    """How often a task comes in one enrollment."""

    ONCE = "once", _("Once")
    QUARTERLY = "quarterly", _("Every quarter")
    PER_CYCLE = "per_cycle", _("Every review cycle")


class FiscalWindow(TextChoices):
    """The organization's own time of year on which a due date may hang; empty on most tasks."""

    BUDGET = "budget", _("Budget window")
    PLANNING = "planning", _("Planning window")


class StepKind(TextChoices):
    """What a signer does in a step. The author may take an agree step, never an approve step."""

    AGREE = "agree", _("Agrees")
    APPROVE = "approve", _("Approves")


class Outcome(TextChoices):
    """What a signer decided."""

    APPROVED = "approved", _("Approved")
    AGREED = "agreed", _("Agreed")
    RETURNED = "returned", _("Returned")


class TaskState(TextChoices):
    """How far a trainee is with a task. Overdue is no state: it is a date that has passed."""

    LOCKED = "locked", _("Locked")
    OPEN = "open", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    SUBMITTED = "submitted", pgettext_lazy("state of work", "Waiting")
    IN_REVIEW = "in_review", _("In review")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    WAIVED = "waived", _("Waived")


class DeliverableState(TextChoices):
    """How far one deliverable is; that of its newest submission."""

    OPEN = "open", _("Not started")
    SUBMITTED = "submitted", pgettext_lazy("state of work", "Waiting")
    IN_REVIEW = "in_review", _("In review")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")


class StepState(TextChoices):
    """Where a step of a submission's route stands."""

    WAITING = "waiting", _("Not yet their turn")
    READY = "ready", _("Their turn")
    DONE = "done", pgettext_lazy("state of a step", "Done")
    VOID = "void", _("No longer needed")


class PhaseState(TextChoices):
    """How far a trainee is with a phase."""

    LOCKED = "locked", _("Locked")
    OPEN = "open", pgettext_lazy("state of a phase", "Open")
    COMPLETE = "complete", pgettext_lazy("state of a phase", "Complete")


class CohortState(TextChoices):
    """Where a cohort stands."""

    PLANNED = "planned", pgettext_lazy("state of a cohort", "Planned")
    RUNNING = "running", pgettext_lazy("state of a cohort", "Running")
    FINISHED = "finished", pgettext_lazy("state of a cohort", "Finished")


class EnrollmentState(TextChoices):
    """Where a trainee stands in a cohort. Completed is 结业: phases done and one certification decision."""

    ACTIVE = "active", pgettext_lazy("state of an enrollment", "Active")
    PAUSED = "paused", pgettext_lazy("state of an enrollment", "Paused")
    COMPLETED = "completed", pgettext_lazy("state of an enrollment", "Completed")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an enrollment", "Withdrawn")


class CheckInKind(TextChoices):
    """On which occasion a sponsor checks in. Source: content, success factor SF1."""

    KICK_OFF = "kick_off", pgettext_lazy("a sponsor's check-in", "Kick-off")
    QUARTER = "quarter", pgettext_lazy("a sponsor's check-in", "Quarter")
    RESULTS = "results", pgettext_lazy("a sponsor's check-in", "Results meeting")


class FieldType(TextChoices):
    """What a field of a deliverable's form takes."""

    TEXT = "text", _("Short text")
    LONG = "long", _("Long text")
    INT = "int", _("Whole number")
    DECIMAL = "decimal", _("Decimal number")
    MONEY = "money", _("Amount of money")
    PERCENT = "percent", _("Percentage")
    DATE = "date", _("Date")
    DATETIME = "datetime", _("Date and time")
    CHOICE = "choice", _("One of several")
    MULTI = "multi", _("Any of several")
    PERSON = "person", _("Person")
    PEOPLE = "people", _("People")
    FILE = "file", _("File")
    LINK = "link", _("Link")
    TABLE = "table", _("Table")


class TaskSelection(TextChoices):
    """What a task analysis answers for one task. Source: difficulty-importance-frequency, features section 4."""

    TRAIN_AND_RETRAIN = "train_and_retrain", _("Train and retrain")
    TRAIN = "train", pgettext_lazy("answer of a task analysis", "Train")
    JOB_AID = "job_aid", _("Job aid only")
    NONE = "none", _("No training")


class Notice(TextChoices):
    """What programs tells people. Each word is the kind of a notification row and the name of its templates."""

    TASK_OPENED = "task_opened", _("A task has opened")
    DUE_SOON = "due_soon", _("A task is due soon")
    DUE_TODAY = "due_today", _("A task is due today")
    OVERDUE = "overdue", _("A task is overdue")
    WAITING_FOR_YOU = "waiting_for_you", _("Work waits for your sign-off")
    NOBODY_SIGNS = "nobody_signs", _("A step has nobody to sign it")
    STILL_WAITING = "still_waiting", _("Work still waits for your sign-off")
    RETURNED = "returned", _("Work was returned")
    APPROVED = "approved", _("Work was approved")
    COMMENT = "comment", _("A new comment")
    PHASE_OPENED = "phase_opened", _("A phase has opened")
    WAIVED = "waived", _("A task was waived")
    DATE_MOVED = "date_moved", _("A date has moved")
    ENROLLED = "enrolled", _("Enrolled in a program")
    CHECKPOINT_WAITING = "checkpoint_waiting", _("A checkpoint waits for your note")
    CHECKPOINT_NOTED = "checkpoint_noted", _("A note on your checkpoint")
    PROGRAM_COMPLETED = "program_completed", _("A program was completed")
    POINT_SET = "point_set", _("A point of a plan is yours")
    POINT_SHOWN = "point_shown", _("A point of a plan waits for you")
    POINT_SETTLED = "point_settled", _("A point of your plan is settled")
    BUDGET_ASKED = "budget_asked", _("A cohort asks for a budget")
    BUDGET_DECIDED = "budget_decided", _("A budget was decided on")
    HOURS_TO_CONFIRM = "hours_to_confirm", _("Hours wait for your confirmation")
