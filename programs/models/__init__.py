from programs.models.appointment import Appointment
from programs.models.checkpoint import CheckpointAnswer, CheckpointEvidence, CheckpointNote
from programs.models.conditions import BudgetRequest, PulseCount, PulseTurn, WeekHours
from programs.models.design import (
    CheckDefinition,
    DeliverableKind,
    GateDefinition,
    Module,
    Phase,
    Pillar,
    Prerequisite,
    ProjectKind,
    SuccessFactor,
    TaskDefinition,
)
from programs.models.enrollment import Cohort, CohortDeputy, Enrollment, PhaseProgress, SupportRole
from programs.models.sponsoring import SponsorAcceptance, SponsorCheckIn
from programs.models.submission import Comment, SignOff, SignOffStep, StepSigner, Submission
from programs.models.task_work import CheckResult, Deliverable, Draft, ScheduleChange, TaskWork, Waiver
from programs.models.template import ProgramTemplate, TemplateVersion
from programs.models.to_settle import PlanPoint, ToSettle

__all__ = [
    "Appointment",
    "BudgetRequest",
    "CheckDefinition",
    "CheckResult",
    "CheckpointAnswer",
    "CheckpointEvidence",
    "CheckpointNote",
    "Cohort",
    "CohortDeputy",
    "Comment",
    "Deliverable",
    "DeliverableKind",
    "Draft",
    "Enrollment",
    "GateDefinition",
    "Module",
    "Phase",
    "PhaseProgress",
    "Pillar",
    "PlanPoint",
    "Prerequisite",
    "ProgramTemplate",
    "ProjectKind",
    "PulseCount",
    "PulseTurn",
    "ScheduleChange",
    "SignOff",
    "SignOffStep",
    "SponsorAcceptance",
    "SponsorCheckIn",
    "StepSigner",
    "Submission",
    "SuccessFactor",
    "SupportRole",
    "TaskDefinition",
    "TaskWork",
    "TemplateVersion",
    "ToSettle",
    "Waiver",
    "WeekHours",
]
