from django.urls import path

from notifications.views import notices, preference

app_name = "notifications"
urlpatterns = [
    path("notices/", notices.page, name="notices"),
    path("notices/read/", notices.read_all, name="read_all"),
    path("notices/<int:pk>/", notices.open_notice, name="notice"),
    path("settings/notices/", preference.page, name="preference"),
]
