"""The API: the resources of all apps below /api/v1/, and the schema that describes them.

An app with resources has a module `api` with `urlpatterns`; one line here makes them known.
"""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularJSONAPIView

import assessments.api
import mentorship.api
import programs.api
import projects.api
from organizations.api.base import NothingHere

resources = [
    *programs.api.urlpatterns,
    *mentorship.api.urlpatterns,
    *projects.api.urlpatterns,
    *assessments.api.urlpatterns,
    re_path("", NothingHere.as_view(), name="nothing"),
]
urlpatterns = [
    path("v1/", include((resources, "api"))),
    path("schema/", SpectacularJSONAPIView.as_view(authentication_classes=(), permission_classes=()), name="api_schema"),
]
