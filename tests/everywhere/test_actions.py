"""Who may do what: each role sends a form to each address of the organization, about the company's own things."""

import gc
import logging
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from tests.everywhere.actions_table import ACTIONS, ASKED, FILLED
from tests.everywhere.addresses import Address, addresses
from tests.everywhere.roles_table import PARTS
from tests.everywhere.test_tenant_walk import rows, values_for

pytest_plugins = ["tests.everywhere.company"]
NOT_TAKEN = 405


@pytest.fixture
def clients(cast) -> list[Client]:
    """Everybody of the table, signed in."""
    return [cast.sign_in(Client(), getattr(cast, part)) for part in PARTS]


@pytest.fixture
def undisturbed() -> Iterator[None]:
    """Every refusal is a line of the log, and what was made so far is looked through at each collection: a third of the time."""
    logging.disable(logging.CRITICAL)
    gc.freeze()
    yield
    gc.unfreeze()
    logging.disable(logging.NOTSET)


def form_for(address: Address, company) -> dict[str, str]:
    """What is sent: enough to be asked who one is; what lacks beside is nobody's right."""
    asked = ASKED.get(address.name, {})
    return FILLED | {name: company.get(value, value) for name, value in asked.items()}


def answer(client: Client, path: str, form: dict[str, str]) -> str | int:
    """How one is answered, "in" for whatever is no refusal. All of it is taken back, so that the order of the tries tells nothing."""
    with transaction.atomic():
        status = client.post(path, form).status_code
        transaction.set_rollback(True)
    return status if status in (403, 404, NOT_TAKEN) else "in"


def test_every_action_is_somebodys_and_refused_to_nobody_but_by_403_and_404():
    assert {name: row for name, row in ACTIONS.items() if "in" not in row} == {}
    assert {name: row for name, row in ACTIONS.items() if len(row) != len(PARTS) or not set(row) <= {"in", 403, 404}} == {}


@pytest.mark.long
@pytest.mark.usefixtures("undisturbed")
def test_each_role_is_let_in_or_refused_as_the_table_says(company, clients):
    """The table holds every address that takes a form, and no other."""
    before, found = rows(), {}
    for address in addresses():
        if not address.is_tenant or address.public:
            continue
        path, form = address.path(**values_for(address, company)), form_for(address, company)
        first = answer(clients[0], path, form)
        if first != NOT_TAKEN:  # which is said before it is asked who is there
            found[address.name] = (first, *(answer(client, path, form) for client in clients[1:]))
    assert {name: row for name, row in found.items() if row != ACTIONS.get(name)} == {}
    assert ACTIONS.keys() - found.keys() == set()
    assert rows() == before
