"""Every address of programs, a module for each subject."""

from programs.urls import cohorts, documents, my_trainees, sign_offs, sponsoring, templates, trainee

app_name = "programs"
urlpatterns = [
    *trainee.urlpatterns,
    *templates.urlpatterns,
    *documents.urlpatterns,
    *my_trainees.urlpatterns,
    *sign_offs.urlpatterns,
    *cohorts.urlpatterns,
    *sponsoring.urlpatterns,
]
