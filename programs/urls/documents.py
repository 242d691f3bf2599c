from django.urls import path

from programs.views import print_submission

urlpatterns = [
    path("submissions/<int:submission_id>/print/", print_submission.page, name="print_submission"),
    path("submissions/<int:submission_id>/documents/<int:document_id>/", print_submission.document, name="submission_document"),
]
