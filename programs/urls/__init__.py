"""Every address of programs, a module for each subject."""

from programs.urls import documents

app_name = "programs"
urlpatterns = [*documents.urlpatterns]
