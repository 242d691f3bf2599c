from django.urls import path

from documents.views import document_state, download, job, upload, verify

app_name = "documents"
urlpatterns = [
    path("files/", upload.upload, name="upload"),
    path("files/<str:code>/", download.file, name="file"),
    path("documents/<str:code>/", document_state.page, name="document"),
    path("documents/<str:code>/state/", document_state.state, name="document_state"),
    path("documents/<str:code>/file/", download.printed, name="document_file"),
    path("documents/<str:code>/again/", document_state.again, name="document_again"),
    path("jobs/<int:pk>/", job.page, name="job"),
    path("jobs/<int:pk>/cancel/", job.cancel, name="job_cancel"),
]
public_urlpatterns = [
    path("verify/", verify.start, name="verify_start"),
    path("verify/<str:code>/", verify.page, name="verify"),
]
