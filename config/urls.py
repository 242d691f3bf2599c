"""Every address of the site. An app's urls.py lists `urlpatterns`, found under /o/<slug>/, and `public_urlpatterns`, found under /."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from config import views
from config.templating import theme


def _of(app: str):
    """Both lists of an app under one namespace."""
    module = import_module(f"{app}.urls")
    lists = [path("o/<slug:slug>/", include(module.urlpatterns)), *getattr(module, "public_urlpatterns", [])]
    return path("", include((lists, module.app_name)))


urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("api/", include("config.api")),
    path("accounts/", include("allauth.urls")),
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
    path("theme/", theme.choose, name="theme"),
    _of("home"),
    _of("assessments"),
    _of("projects"),
    _of("effectiveness"),
    _of("mentorship"),
    _of("programs"),
    _of("documents"),
    _of("notifications"),
    _of("organizations"),
]
if settings.DEBUG:
    from config.templating import gallery

    urlpatterns.append(path("dev/components/", gallery.page, name="gallery"))
