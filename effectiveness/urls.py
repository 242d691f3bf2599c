from django.urls import path

from effectiveness.views import answer, attendance, knowledge, report, session, survey, toolkit

app_name = "effectiveness"
urlpatterns = [
    path("toolkit/", toolkit.page, name="toolkit"),
    path("toolkit/sessions/new/", session.plan, name="plan_session"),
    path("toolkit/sessions/<int:session_id>/", session.page, name="session"),
    path("toolkit/sessions/<int:session_id>/edit/", session.edit, name="edit_session"),
    path("toolkit/sessions/<int:session_id>/cancel/", session.cancel, name="cancel_session"),
    path("toolkit/sessions/<int:session_id>/people/", session.invite, name="invite"),
    path("toolkit/sessions/<int:session_id>/people/<int:attendee_id>/remove/", session.uninvite, name="uninvite"),
    path("toolkit/sessions/<int:session_id>/attendance/", attendance.page, name="attendance"),
    path("toolkit/sessions/<int:session_id>/survey/", survey.page, name="survey"),
    path("toolkit/sessions/<int:session_id>/survey/close/", survey.close, name="close_survey"),
    path("toolkit/sessions/<int:session_id>/links/", survey.links, name="personal_links"),
    path("toolkit/sessions/<int:session_id>/test/", knowledge.page, name="test"),
    path("toolkit/sessions/<int:session_id>/test/phase/", knowledge.phase, name="test_phase"),
    path("toolkit/sessions/<int:session_id>/scores/", knowledge.scores, name="scores"),
    path("toolkit/sessions/<int:session_id>/report/", report.page, name="report"),
    path("toolkit/sessions/<int:session_id>/carry/<str:deliverable>/", report.carry_on, name="carry"),
    path("answer/<str:token>/", answer.page, name="answer"),
]
