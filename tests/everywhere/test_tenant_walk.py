"""Every address of the site refuses another tenant's people and another tenant's ids, and writes nothing."""

import pytest
from django.apps import apps
from django.db import connection

from assessments.actions.choose_raters import new_link
from assessments.models import Rater
from organizations.actions import invite
from organizations.invitation_links import make_token
from organizations.models import Member
from organizations.tenancy import TenantModel, tenant
from tests.everywhere.addresses import addresses

pytest_plugins = ["tests.everywhere.company"]
SENT = {"step": "send", "name": "x", "password1": "a long enough passphrase", "password2": "a long enough passphrase", "device": "x"}


def rows() -> dict[str, tuple]:
    """Count and checksum of every tenant table of the open tenant, save what merely reading may write."""
    seen = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if issubclass(model, TenantModel):
                table = model._meta.db_table
                cursor.execute(f"SELECT count(*), md5(string_agg(t::text, ',' ORDER BY id)) FROM \"{table}\" t")
                seen[table] = cursor.fetchone()
    return seen


def values_for(address, company, **other):
    values = {name: company.get(name, company.get(address.place(name))) for name in address.parameters}
    unknown = [name for name, value in values.items() if value is None]
    assert not unknown, f"{address}: say in tests/everywhere/company.py what {unknown} may be"
    return {**values, **company.get(address.name, {}), **other}


def ids(address) -> list[str]:
    return [name for name in address.parameters if name != "slug"]


def test_the_walk_knows_every_address_of_the_tenants():
    assert len([address for address in addresses() if address.is_tenant]) > 20


def test_a_stranger_finds_nothing_of_this_company(cast, company, client):
    """Signed in, HR director and admin of the rival, in the company's own addresses: 404 for all, whatever the method."""
    cast.sign_in(client, cast.outsider)
    before = rows()
    answers = {}
    for address in addresses():
        if address.is_tenant and not address.public:
            path = address.path(**values_for(address, company))
            answers[str(address)] = (client.get(path).status_code, client.post(path, {"name": "x"}).status_code)
    assert {name: codes for name, codes in answers.items() if codes != (404, 404)} == {}
    assert rows() == before


def test_ids_of_this_company_name_nothing_in_the_rivals(cast, company, client):
    """The same ids under the rival's own slug: 404, or 405 where the method does not exist."""
    cast.sign_in(client, cast.outsider)
    before = rows()
    with tenant(cast.rival.pk):
        rival_before = rows()
    wrong = {}
    for address in addresses():
        if address.is_tenant and not address.public and ids(address):
            path = address.path(**values_for(address, company, slug=cast.rival.slug))
            codes = (client.get(path).status_code, client.post(path, {"name": "x"}).status_code)
            if not set(codes) <= {404, 405}:
                wrong[str(address)] = codes
    assert wrong == {}
    assert rows() == before
    with tenant(cast.rival.pk):
        assert rows() == rival_before


@pytest.fixture
def tokens(cast, company) -> dict[str, str]:
    """What stands in the links that open without a sign-in, by the name of their address."""
    rater = Rater.objects.get(pk=company["rater_id"])
    token = new_link(rater)
    rater.save(update_fields=["token_hash"])
    new = Member.objects.create(name="新来", email="new@hengyue.example", roles=["member"])
    invited = make_token(invite.send(new, by=cast.admin))
    return {"assessments:feedback_link": token, "effectiveness:answer": company["token"], "organizations:invitation": invited}


@pytest.mark.parametrize("who", ["nobody", "outsider"])
def test_links_of_this_company_open_nothing_under_the_rivals_name(cast, tokens, client, who):
    """Gone or missing, like a link that nobody made, while each opens under its own name. (/verify/<code>/ is under nobody's.)"""
    if who == "outsider":
        cast.sign_in(client, cast.outsider)
    links = [address for address in addresses() if address.is_tenant and address.public and ids(address)]
    assert {address.name for address in links} == tokens.keys()
    before, answers = rows(), {}
    with tenant(cast.rival.pk):
        rival_before = rows()
    for address in links:
        own, foreign = (address.path(slug=slug, token=tokens[address.name]) for slug in (cast.organization.slug, cast.rival.slug))
        answers[address.name] = (client.get(own).status_code, client.get(foreign).status_code, client.post(foreign, SENT).status_code)
    # Where a feedback link has led its token lies in a cookie: that of one company is none of the other's.
    client.cookies["feedback-rival"] = client.cookies["feedback-hengyue"].value
    answers["assessments:feedback"] = tuple(client.get(f"/o/{slug}/feedback/").status_code for slug in ("hengyue", "rival"))
    assert answers == {
        "assessments:feedback": (200, 410),
        "assessments:feedback_link": (302, 410, 405),
        "effectiveness:answer": (200, 404, 404),
        "organizations:invitation": (200, 410, 410),
    }
    assert client.post("/o/rival/feedback/", SENT).status_code == 410
    assert rows() == before
    with tenant(cast.rival.pk):
        assert rows() == rival_before


def test_who_is_not_signed_in_is_asked_to(cast, company, client):
    answers = {}
    for address in addresses():
        if address.is_tenant and not address.public:
            response = client.get(address.path(**values_for(address, company)))
            answers[str(address)] = (response.status_code, response.headers.get("Location", "").startswith("/accounts/login/"))
    assert {name: answer for name, answer in answers.items() if answer != (302, True)} == {}


@pytest.mark.parametrize("slug", ["no-such-company", "hengyue"])
def test_a_missing_company_and_a_foreign_one_look_alike(cast, client, slug):
    cast.sign_in(client, cast.outsider)
    response = client.get(f"/o/{slug}/")
    assert (response.status_code, "恒岳" in response.content.decode()) == (404, False)
