from effectiveness.models.knowledge_test import KnowledgeTest, TestResult
from effectiveness.models.session import Attendee, TrainingSession
from effectiveness.models.survey import Survey, SurveyAnswer

__all__ = ["Attendee", "KnowledgeTest", "Survey", "SurveyAnswer", "TestResult", "TrainingSession"]
