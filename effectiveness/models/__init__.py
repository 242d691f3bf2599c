from effectiveness.models.needs import Gap, Need, NeedsAnalysis, TaskRating

__all__ = ["Gap", "Need", "NeedsAnalysis", "TaskRating"]
