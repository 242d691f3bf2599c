"""The programme's resources in the API: templates, cohorts, enrollments, task work, submissions and sign-offs."""

from programs.api.urls import urlpatterns

__all__ = ["urlpatterns"]
