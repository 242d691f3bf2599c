from effectiveness.models.annual_plan import AnnualPlan, KeyResult, PlanItem, PlanOmission
from effectiveness.models.budget import BudgetLine, InternalHours, LastYearLine, TrainingBudget
from effectiveness.models.influence import InfluenceEntry, InfluenceLog, Stakeholder
from effectiveness.models.knowledge_test import KnowledgeTest, TestResult
from effectiveness.models.needs import Gap, Need, NeedsAnalysis, TaskRating
from effectiveness.models.pilot import Pilot, PilotMeasure
from effectiveness.models.session import Attendee, TrainingSession
from effectiveness.models.study import Behavior, ResultPoint, ResultsStudy, StudyBenefit, StudyCostLine
from effectiveness.models.survey import Survey, SurveyAnswer

__all__ = [
    "AnnualPlan",
    "Attendee",
    "Behavior",
    "BudgetLine",
    "Gap",
    "InfluenceEntry",
    "InfluenceLog",
    "InternalHours",
    "KeyResult",
    "KnowledgeTest",
    "LastYearLine",
    "Need",
    "NeedsAnalysis",
    "Pilot",
    "PilotMeasure",
    "PlanItem",
    "PlanOmission",
    "ResultPoint",
    "ResultsStudy",
    "Stakeholder",
    "StudyBenefit",
    "StudyCostLine",
    "Survey",
    "SurveyAnswer",
    "TaskRating",
    "TestResult",
    "TrainingBudget",
    "TrainingSession",
]
