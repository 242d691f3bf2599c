"""Every address of the API refuses another tenant's token and ids, and writes nothing; and each role is answered as on the pages."""

import pytest

from organizations.tenancy import tenant
from tests.api_client import program_of
from tests.everywhere.addresses import addresses
from tests.everywhere.test_tenant_walk import rows, values_for

pytest_plugins = ["tests.everywhere.company"]
PARTS = ("trainee", "mentor", "line_manager", "hrbp", "manager", "director", "admin", "sponsor", "business_head", "peer")
# As tests/everywhere/roles_table.py has it for the page of the same thing.
STATUS = {
    "api:template": (403, 403, 403, 403, 403, 200, 403, 403, 403, 403),
    "api:version": (403, 403, 403, 403, 403, 200, 403, 403, 403, 403),
    "api:templates": (403, 403, 403, 403, 403, 200, 403, 403, 403, 403),
    "api:cohort": (404, 404, 404, 404, 200, 200, 404, 200, 404, 404),
    "api:enrollment": (200, 200, 200, 200, 200, 200, 404, 404, 404, 404),
    "api:one_work": (200, 200, 200, 200, 200, 200, 404, 404, 404, 404),
    "api:deliverable": (200, 200, 200, 200, 200, 200, 404, 404, 404, 404),
    "api:submission": (200, 200, 200, 200, 200, 200, 404, 404, 404, 404),
    "api:sign_off": (200, 200, 200, 200, 200, 200, 404, 404, 404, 404),
    "api:pairing": (200, 200, 200, 404, 200, 200, 404, 404, 404, 404),
    "api:project": (200, 200, 200, 200, 200, 200, 404, 200, 404, 404),
    "api:review_cycle": (404, 404, 404, 404, 200, 200, 404, 404, 404, 404),
    "api:review": (200, 200, 200, 404, 200, 200, 404, 404, 200, 404),
    "api:certificate": (200, 404, 404, 404, 404, 200, 200, 404, 404, 404),
}
# Lists are open to all who bear the scope; what is in them is what one reads.
LISTS = {
    *("api:cohorts", "api:enrollments", "api:task_work", "api:submissions", "api:sign_offs", "api:pairings", "api:projects"),
    *("api:review_cycles", "api:reviews", "api:certificates"),
}
WRITES = {"api:enroll", "api:submit", "api:comment", "api:decide"}


@pytest.fixture
def api() -> list:
    return [address for address in addresses() if address.name.startswith("api:") and address.name != "api:nothing"]


def test_the_table_knows_every_address(api):
    assert {address.name for address in api} == STATUS.keys() | LISTS | WRITES


def test_another_tenants_token_finds_nothing_and_writes_nothing(cast, company, api):
    """HR director and admin of the rival, with every scope, at the ids of this company."""
    with tenant(cast.rival.pk):
        program = program_of(cast.outsider)
        rival_before = rows()
    before, wrong, found = rows(), {}, {}
    for address in api:
        path = address.path(**values_for(address, company))
        codes = (program.get(path).status_code, program.post(path, {"name": "x"}).status_code)
        if address.parameters and not set(codes) <= {403, 404, 405}:
            wrong[address.name] = codes
        if not address.parameters:
            found[address.name] = program.get(path).json()
    assert wrong == {}
    assert {name for name, answer in found.items() if answer != {"next": None, "results": []}} == set()
    assert rows() == before
    with tenant(cast.rival.pk):
        assert rows() == rival_before


def test_ids_that_are_foreign_and_ids_that_are_missing_are_one_answer(cast, company, api):
    with tenant(cast.rival.pk):
        program = program_of(cast.outsider)
    for address in api:
        if address.parameters:
            foreign = address.path(**values_for(address, company))
            missing = address.path(**dict.fromkeys(address.parameters, 987_654_321))
            for ask in (program.get, lambda path: program.post(path, {})):
                assert ask(foreign).content == ask(missing).content, address


def test_each_role_is_answered_as_on_the_pages(cast, company, api):
    answers = {address.name: () for address in api if address.name in STATUS}
    for part in PARTS:
        program = program_of(getattr(cast, part))
        for address in api:
            if address.name in STATUS:
                answers[address.name] += (program.get(address.path(**values_for(address, company))).status_code,)
    assert answers == STATUS


def test_who_is_nothing_to_anybody_reads_empty_lists_and_writes_nothing(cast, company, api):
    program, before = program_of(cast.peer), rows()
    for address in api:
        path = address.path(**values_for(address, company))
        if address.name in LISTS:
            assert program.get(path).json()["results"] == [], address
        elif address.name in WRITES:
            assert program.post(path, {"body": "x"}).status_code in (403, 404), address
    assert rows() == before
