from effectiveness.models.annual_plan import AnnualPlan, KeyResult, PlanItem, PlanOmission
from effectiveness.models.budget import BudgetLine, InternalHours, LastYearLine, TrainingBudget
from effectiveness.models.influence import InfluenceEntry, InfluenceLog, Stakeholder
from effectiveness.models.needs import Gap, Need, NeedsAnalysis, TaskRating
from effectiveness.models.pilot import Pilot, PilotMeasure
from effectiveness.models.study import Behavior, ResultPoint, ResultsStudy, StudyBenefit, StudyCostLine

__all__ = [
    "AnnualPlan",
    "Behavior",
    "BudgetLine",
    "Gap",
    "InfluenceEntry",
    "InfluenceLog",
    "InternalHours",
    "KeyResult",
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
    "TaskRating",
    "TrainingBudget",
]
