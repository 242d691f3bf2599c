from django.urls import URLPattern, path

from effectiveness.views import dashboard, worksheet
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
    path("toolkit/planning/", worksheet.planning, name="planning"),
    path("toolkit/dashboards/<int:pk>/", dashboard.page, name="dashboard"),
    path("toolkit/dashboards/<int:pk>/carry/", dashboard.carry, name="carry_dashboard"),
    *(address for tool in TOOLS for address in addresses_of(tool)),
]
