"""API tokens in the settings: shown once, listed, revoked, in the audit trail."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from organizations.actions import api_token
from organizations.models import ApiToken, AuditEvent
from organizations.rules import api_tokens
from tests.api_client import Program, token_of
from tests.queries import query_count


def typed(cast, **other) -> dict:
    last = timezone.localdate() + timedelta(days=30)
    return {"name": "HRIS", "owner": cast.director.email, "scopes": ["cohorts:read"], "expires_on": last.isoformat()} | other


def test_an_admin_issues_a_token_and_sees_it_this_once(cast, client):
    cast.sign_in(client, cast.admin)
    answer = client.post(cast.url("settings/api/"), typed(cast))
    token = ApiToken.objects.get()
    text = next(word for word in answer.text.replace("<", " ").replace(">", " ").split() if word.startswith("trellis_hengyue_"))
    assert (token.member, token.scopes, token.key_hash) == (cast.director, ["cohorts:read"], api_tokens.digest(text))
    assert Program(text).get("cohorts/").status_code == 200
    again = client.get(cast.url("settings/api/")).text
    assert "HRIS" in again and "trellis_hengyue_" not in again
    event = AuditEvent.objects.get()
    assert (event.action, event.subject_kind, event.subject_id) == ("token_issued", "api_token", token.pk)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("owner", "nobody@nowhere.example"),
        ("scopes", []),
        ("scopes", ["all"]),
        ("expires_on", "2020-01-01"),
        ("expires_on", "2999-01-01"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(cast, client, field, value):
    cast.sign_in(client, cast.admin)
    answer = client.post(cast.url("settings/api/"), typed(cast, **{field: value}))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not ApiToken.objects.exists()


def test_others_see_and_revoke_what_speaks_as_them_and_issue_nothing(cast, client):
    own, _text = token_of(cast.mentor, name="Calendar", issued_by=cast.admin)
    other, _text = token_of(cast.director, name="HRIS", issued_by=cast.admin)
    cast.sign_in(client, cast.mentor)
    page = client.get(cast.url("settings/api/")).text
    assert "Calendar" in page and "HRIS" not in page
    assert client.post(cast.url("settings/api/"), typed(cast)).status_code == 403
    assert client.post(cast.url(f"settings/api/{other.pk}/revoke/")).status_code == 404
    assert client.post(cast.url(f"settings/api/{own.pk}/revoke/")).status_code == 302
    own.refresh_from_db()
    assert own.revoked_by == cast.mentor
    assert AuditEvent.objects.get().action == "token_revoked"
    client.post(cast.url(f"settings/api/{own.pk}/revoke/"))  # pressed twice
    assert AuditEvent.objects.count() == 1
    with pytest.raises(PermissionDenied):
        api_token.revoke(other, by=cast.mentor)


def test_the_page_costs_the_same_however_many_tokens_there_are(cast, client):
    cast.sign_in(client, cast.admin)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            token_of(cast.director)
        client.get(cast.url("settings/api/"))
        with query_count() as seen:
            client.get(cast.url("settings/api/"))
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[0] == 8
