from effectiveness.models.annual_plan import AnnualPlan, KeyResult, PlanItem, PlanOmission
from effectiveness.models.budget import BudgetLine, InternalHours, LastYearLine, TrainingBudget
from effectiveness.models.needs import Gap, Need, NeedsAnalysis, TaskRating

__all__ = [
    "AnnualPlan",
    "BudgetLine",
    "Gap",
    "InternalHours",
    "KeyResult",
    "LastYearLine",
    "Need",
    "NeedsAnalysis",
    "PlanItem",
    "PlanOmission",
    "TaskRating",
    "TrainingBudget",
]
