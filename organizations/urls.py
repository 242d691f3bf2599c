"""Addresses of people, settings and the audit trail; and of coming in."""

from django.urls import path

from organizations.views import api_tokens, audit, invitation, my_account, people, settings, sign_in

app_name = "organizations"

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/new/", people.add, name="add_person"),
    path("people/<int:pk>/", people.page, name="person"),
    path("people/<int:pk>/edit/", people.edit, name="edit_person"),
    path("people/<int:pk>/roles/", people.roles, name="change_roles"),
    path("people/<int:pk>/invite/", people.invite_person, name="invite"),
    path("people/<int:pk>/code/", people.issue_code, name="issue_code"),
    path("people/<int:pk>/end/", people.end, name="end_membership"),
    path("people/<int:pk>/restore/", people.restore, name="restore_membership"),
    path("settings/", settings.settings, name="settings"),
    path("settings/calendar/", settings.calendar, name="calendar"),
    path("settings/calendar/<int:pk>/remove/", settings.remove_day, name="remove_day"),
    path("settings/stand-in/", settings.stand_ins, name="stand_ins"),
    path("settings/stand-in/<int:pk>/end/", settings.end_stand_in, name="end_stand_in"),
    path("settings/api/", api_tokens.page, name="api_tokens"),
    path("settings/api/<int:pk>/revoke/", api_tokens.revoke, name="revoke_token"),
    path("audit/", audit.audit, name="audit"),
    path("invitation/<str:token>/", invitation.page, name="invitation"),
]

public_urlpatterns = [
    path("", sign_in.start, name="start"),
    path("organizations/", sign_in.switch, name="switch"),
    path("accounts/login/number/", sign_in.by_number, name="sign_in_by_number"),
    path("accounts/language/", sign_in.language, name="language"),
    path("accounts/profile/", my_account.my_account, name="my_account"),
]
