"""Pure rules about people: their order, their codes, their invitations, their clocks."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organizations.rules import sign_in_codes
from organizations.rules.audit_seal import seal
from organizations.rules.invitation_states import LIFETIME, state_of
from organizations.rules.sort_names import LONGEST, sort_name
from organizations.rules.time_zones import OFFERED, is_time_zone, place
from organizations.vocabulary import InvitationState

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
codes = st.text(sign_in_codes.ALPHABET, min_size=sign_in_codes.LENGTH, max_size=sign_in_codes.LENGTH)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("林予安", "lin yu an"), ("Anna Berg", "anna berg"), ("  李  Li ", "li li"), ("", ""), ("单雄信", "dan xiong xin")],
)
def test_names_sort_by_pinyin_and_small_letters(name, expected):
    assert sort_name(name) == expected


@given(st.text(max_size=300))
def test_any_name_has_a_place_in_the_order(name):
    assert len(sort_name(name)) <= LONGEST


@given(codes)
def test_a_code_is_understood_however_it_is_written(code):
    wide = "".join(chr(ord(character) + 0xFEE0) for character in code)
    for typed in (code, code.lower(), sign_in_codes.shown(code), f" {sign_in_codes.shown(code).lower()} ", wide):
        assert sign_in_codes.normalized(typed) == code
        assert sign_in_codes.looks_like_a_code(typed)


@pytest.mark.parametrize("typed", ["", "ABCD-EFG", "ABCD-EFGHJ", "ABCD-EFG0", "ABCD-EFGI", "my own password", "密码密码密码密码"])
def test_a_password_is_no_code(typed):
    assert not sign_in_codes.looks_like_a_code(typed)


def test_a_code_is_hard_enough_to_guess():
    assert len(sign_in_codes.ALPHABET) ** sign_in_codes.LENGTH > 2**20 * sign_in_codes.MOST_ATTEMPTS
    assert not set("0O1IL") & set(sign_in_codes.ALPHABET)


@pytest.mark.parametrize(
    ("accepted", "passed", "expected"),
    [
        (None, timedelta(0), InvitationState.WAITING),
        (None, LIFETIME - timedelta(seconds=1), InvitationState.WAITING),
        (None, LIFETIME, InvitationState.EXPIRED),
        (NOW, timedelta(days=99), InvitationState.ACCEPTED),
    ],
)
def test_an_invitation_waits_seven_days(accepted, passed, expected):
    assert state_of(expires_at=NOW + LIFETIME, accepted_at=accepted, now=NOW + passed) == expected


@given(st.dictionaries(st.text(), st.text()), st.text(min_size=1), st.text(min_size=1))
def test_a_seal_fits_its_values_and_salt_alone(values, salt, other):
    assert seal(values, salt) == seal(dict(reversed(values.items())), salt)
    assert seal(values, salt) != seal(values | {"more": "x" * 400}, salt)
    assert (seal(values, salt) == seal(values, other)) == (salt == other)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_zone_that_is_offered_exists_and_has_a_place(language):
    assert all(is_time_zone(name) for name in OFFERED)
    places = [place(name, language) for name in OFFERED]
    assert len(set(places)) == len(OFFERED)
    assert not is_time_zone("Mars/Olympus")
