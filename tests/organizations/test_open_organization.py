"""Opening an organization by command."""

import io
import re

import pytest
from django.core.management import CommandError, call_command

from organizations.models import Invitation, Member, Organization
from organizations.tenancy import tenant

ARGUMENTS = {"name_zh": "北港物流", "name_en": "Nordhamn", "admin_name": "Anna Berg", "admin_email": "Anna@Nordhamn.example"}


def open_it(slug="nordhamn", **more) -> str:
    out = io.StringIO()
    call_command("open_organization", slug, stdout=out, **ARGUMENTS | {"language": "en", "time_zone": "Europe/Stockholm"} | more)
    return out.getvalue()


def test_it_opens_with_a_second_factor_for_staff_and_an_invited_admin(client, db):
    said = open_it()
    organization = Organization.objects.get(slug="nordhamn")
    assert (organization.second_factor, organization.name.data, organization.time_zone) == (
        "staff",
        {"zh-hans": "北港物流", "en": "Nordhamn"},
        "Europe/Stockholm",
    )
    with tenant(organization.pk):
        admin = Member.objects.get()
        assert (admin.roles, admin.email, admin.user) == (["admin", "member"], "anna@nordhamn.example", None)
        assert Invitation.objects.get().language == "en"
    path = re.search(r"(/o/nordhamn/invitation/\S+)", said)[1]
    answer = client.post(path, {"name": "Anna Berg", "language": "en", "password1": "four quiet herons", "password2": "four quiet herons"})
    assert answer.headers["Location"] == "/o/nordhamn/"
    assert client.get("/o/nordhamn/people/").headers["Location"] == "/accounts/2fa/totp/activate/"


@pytest.mark.parametrize(
    ("slug", "more"),
    [
        ("Bad Slug", {}),
        ("x" * 41, {}),
        ("-x", {}),
        ("ok", {"admin_email": "no address"}),
        ("ok", {"admin_name": "x" * 81}),
        ("ok", {"time_zone": "Mars"}),
    ],
)
def test_bad_arguments_open_nothing(db, slug, more):
    with pytest.raises(CommandError):
        open_it(slug, **more)
    assert not Organization.objects.exists()


def test_a_taken_address_is_said(db):
    open_it()
    with pytest.raises(CommandError):
        open_it()
    assert Organization.objects.count() == 1
