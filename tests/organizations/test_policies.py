"""Who may do what with people, settings and the trail: the role × action matrix of the organizations app."""

import pytest

from organizations import policies
from organizations.models import ApiToken, DelegatedAuthority

PARTS = (
    "admin",
    "director",
    "reviewer",
    "manager",
    "mentor",
    "line_manager",
    "hrbp",
    "sponsor",
    "business_head",
    "training_manager",
    "trainee",
    "peer",
)
# action -> the parts that may do it; all others may not
MATRIX = {
    policies.may_see_people: {"admin", "director"},
    policies.may_manage_people: {"admin"},
    policies.may_invite: {"admin"},
    policies.may_change_settings: {"admin"},
    policies.may_read_audit: {"admin"},
    policies.may_issue_tokens: {"admin"},
}


@pytest.mark.parametrize(("question", "who"), MATRIX.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_the_matrix(cast, question, who):
    assert {part for part in PARTS if question(getattr(cast, part))} == who


def test_one_names_a_stand_in_for_oneself_alone(cast):
    asked = {(part, absent) for part in PARTS for absent in PARTS if policies.may_name_stand_in(getattr(cast, part), getattr(cast, absent))}
    assert asked == {(part, part) for part in PARTS}


def test_a_stand_in_is_ended_by_who_named_it_or_an_admin(cast):
    delegation = DelegatedAuthority(member=cast.mentor, delegate=cast.peer)
    assert {part for part in PARTS if policies.may_end_stand_in(getattr(cast, part), delegation)} == {"mentor"}


def test_a_token_is_revoked_by_the_admin_and_by_whom_it_speaks_as(cast):
    token = ApiToken(member=cast.peer, issued_by=cast.admin)
    assert {part for part in PARTS if policies.may_revoke_token(getattr(cast, part), token)} == {"admin", "peer"}


def test_every_policy_stands_in_this_file(cast):
    asked = {name for name in vars(policies) if name.startswith("may_")}
    assert asked == {question.__name__ for question in MATRIX} | {"may_name_stand_in", "may_end_stand_in", "may_revoke_token"}
