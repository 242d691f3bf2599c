"""Addresses of the programme's resources, below /api/v1/."""

from django.urls import path

from programs.api import cohorts, deliverables, enrollments, sign_offs, submissions, task_work, templates

urlpatterns = [
    path("templates/", templates.Templates.as_view(), name="templates"),
    path("templates/<int:template_id>/", templates.OneTemplate.as_view(), name="template"),
    path("templates/<int:template_id>/versions/<int:number>/", templates.Version.as_view(), name="version"),
    path("cohorts/", cohorts.Cohorts.as_view(), name="cohorts"),
    path("cohorts/<int:cohort_id>/", cohorts.OneCohort.as_view(), name="cohort"),
    path("cohorts/<int:cohort_id>/enrollments/", enrollments.Enroll.as_view(), name="enroll"),
    path("enrollments/", enrollments.Enrollments.as_view(), name="enrollments"),
    path("enrollments/<int:enrollment_id>/", enrollments.OneEnrollment.as_view(), name="enrollment"),
    path("task-work/", task_work.AllWork.as_view(), name="task_work"),
    path("task-work/<int:work_id>/", task_work.OneWork.as_view(), name="one_work"),
    path("deliverables/<int:deliverable_id>/", deliverables.OneDeliverable.as_view(), name="deliverable"),
    path("deliverables/<int:deliverable_id>/submissions/", deliverables.Submit.as_view(), name="submit"),
    path("deliverables/<int:deliverable_id>/comments/", deliverables.Say.as_view(), name="comment"),
    path("submissions/", submissions.Submissions.as_view(), name="submissions"),
    path("submissions/<int:submission_id>/", submissions.OneSubmission.as_view(), name="submission"),
    path("sign-offs/", sign_offs.SignOffs.as_view(), name="sign_offs"),
    path("sign-offs/<int:step_id>/", sign_offs.OneSignOff.as_view(), name="sign_off"),
    path("sign-offs/<int:step_id>/decision/", sign_offs.Decide.as_view(), name="decide"),
]
