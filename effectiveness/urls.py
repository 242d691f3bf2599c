from django.urls import URLPattern, path

from effectiveness.views import answer, attendance, dashboard, invitation, knowledge, report, session, survey, toolkit, worksheet
from effectiveness.views.tools import TOOLS, Tool


def addresses_of(tool: Tool) -> list[URLPattern]:
    """The pages of one kind of worksheet."""
    start, here = f"toolkit/{tool.place}/", f"toolkit/{tool.place}/<int:pk>/"
    return [
        path(f"{start}new/", worksheet.begin, {"tool": tool}, name=f"new_{tool.key}"),
        path(here, worksheet.page, {"tool": tool}, name=tool.key),
        path(f"{here}edit/", worksheet.edit, {"tool": tool}, name=f"edit_{tool.key}"),
        *(
            path(f"{here}{part.key.replace('_', '-')}/", worksheet.rows, {"tool": tool, "part": part}, name=f"{tool.key}_{part.key}")
            for part in tool.parts
        ),
        path(f"{here}carry/", worksheet.carry, {"tool": tool}, name=f"carry_{tool.key}"),
    ]


app_name = "effectiveness"
urlpatterns = [
    path("toolkit/", toolkit.page, name="toolkit"),
    path("toolkit/sessions/new/", session.plan, name="plan_session"),
    path("toolkit/sessions/<int:session_id>/", session.page, name="session"),
    path("toolkit/sessions/<int:session_id>/invitation/", invitation.page, name="invitation"),
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
    path("toolkit/planning/", worksheet.planning, name="planning"),
    path("toolkit/dashboards/<int:pk>/", dashboard.page, name="dashboard"),
    path("toolkit/dashboards/<int:pk>/carry/", dashboard.carry, name="carry_dashboard"),
    *(address for tool in TOOLS for address in addresses_of(tool)),
]
