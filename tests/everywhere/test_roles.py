"""Who opens which page: every GET address of the tenant by every role, held as a table."""

import pytest

from tests.everywhere.addresses import addresses
from tests.everywhere.roles_table import PARTS, STATUS
from tests.everywhere.test_tenant_walk import values_for

pytest_plugins = ["tests.everywhere.company"]


def status(client, path: str) -> int:
    """The answer's status; where a page only leads on to another one, 302."""
    return client.get(path).status_code


@pytest.mark.parametrize("part", PARTS)
def test_each_role_opens_what_the_table_says(cast, company, client, part):
    cast.sign_in(client, cast.people[part])
    actual = {
        address.name: status(client, address.path(**values_for(address, company)))
        for address in addresses()
        if address.is_tenant and not address.public
    }
    column = PARTS.index(part)
    assert {name: code for name, code in actual.items() if code != 405} == {name: row[column] for name, row in STATUS.items()}
