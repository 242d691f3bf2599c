from projects.models.changes import BaselineAnswer, BaselineRequest, GateDateChange
from projects.models.gate import Gate, GateCall, GateCondition, GateReview
from projects.models.plan import Measure, MeasureValue, Milestone, Risk
from projects.models.project import PracticeProject, SponsorAnswer

__all__ = [
    "BaselineAnswer",
    "BaselineRequest",
    "Gate",
    "GateCall",
    "GateCondition",
    "GateDateChange",
    "GateReview",
    "Measure",
    "MeasureValue",
    "Milestone",
    "PracticeProject",
    "Risk",
    "SponsorAnswer",
]
