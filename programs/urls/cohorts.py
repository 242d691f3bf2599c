from django.urls import path

from programs.views import cohort, cohort_board, cohort_budget, cohorts, enroll, enrollment, hours, let_in

urlpatterns = [
    path("cohorts/", cohorts.page, name="cohorts"),
    path("cohorts/new/", cohorts.open_one, name="open_cohort"),
    path("cohorts/<int:cohort_id>/", cohort.page, name="cohort"),
    path("cohorts/<int:cohort_id>/board/", cohort_board.page, name="cohort_board"),
    path("cohorts/<int:cohort_id>/signers/", cohort.signers, name="cohort_signers"),
    path("cohorts/<int:cohort_id>/settings/", cohort.settings, name="cohort_settings"),
    path("cohorts/<int:cohort_id>/budget/", cohort_budget.page, name="cohort_budget"),
    path("cohorts/<int:cohort_id>/deputies/", cohort.deputies, name="cohort_deputies"),
    path("cohorts/<int:cohort_id>/enroll/", enroll.page, name="enroll"),
    path("cohorts/<int:cohort_id>/<int:enrollment_id>/", enrollment.page, name="enrollment"),
    path("cohorts/<int:cohort_id>/<int:enrollment_id>/relations/", enrollment.relations, name="change_relations"),
    path("cohorts/<int:cohort_id>/<int:enrollment_id>/hours/", hours.page, name="hours"),
    path("cohorts/<int:cohort_id>/<int:enrollment_id>/hours/note/", hours.note, name="note_hours"),
    path("cohorts/<int:cohort_id>/<int:enrollment_id>/hours/<int:week_id>/confirm/", hours.confirm, name="confirm_hours"),
    path("cohorts/<int:cohort_id>/<int:enrollment_id>/invite/", let_in.invite, name="invite_trainee"),
    path("cohorts/<int:cohort_id>/<int:enrollment_id>/code/", let_in.code, name="issue_trainee_code"),
    path("cohorts/<int:cohort_id>/<int:enrollment_id>/tasks/<int:work_id>/waive/", enrollment.waive_task, name="waive_task"),
    path("cohorts/<int:cohort_id>/<int:enrollment_id>/tasks/<int:work_id>/date/", enrollment.move_task, name="move_date"),
]
