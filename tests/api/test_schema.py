"""The schema: drawn without a warning, open to read, and true."""

from io import StringIO

from django.core.management import call_command

from organizations.vocabulary import ApiScope
from tests.everywhere.addresses import addresses


def test_it_is_drawn_without_a_warning_and_valid(db):
    call_command("spectacular", format="openapi-json", fail_on_warn=True, validate=True, stdout=StringIO())


def test_it_is_open_to_read_and_holds_every_address(db, client):
    answer = client.get("/api/schema/")
    schema = answer.json()
    assert (answer.status_code, schema["openapi"]) == (200, "3.1.1")
    known = [address for address in addresses() if address.name.startswith("api:") and address.name != "api:nothing"]
    assert len(schema["paths"]) == len(known) > 20


def test_every_operation_asks_for_a_token_and_names_its_refusals(db, client):
    for path, operations in client.get("/api/schema/").json()["paths"].items():
        for method, operation in operations.items():
            assert operation["security"] == [{"token": []}], (path, method)
            assert {"401", "403", "404", "409", "422", "429"} < set(operation["responses"]), (path, method)
            assert operation["description"], (path, method)


def test_every_scope_opens_something(db):
    from config import api

    words = {f"{one.callback.cls.resource}" for one in api.resources}
    assert {scope.split(":")[0] for scope in ApiScope.values} == words - {""}
