import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.rules.content_hash import canonical, content_hash
from programs.vocabulary import TaskState

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(texts, parts, max_size=4),
    max_leaves=12,
)


def test_the_form_is_sorted_utf8_json_with_strings_for_decimals_and_dates():
    value = {
        "b": Decimal("1200.50"),
        "a": "《公司业务知识手册》",
        "when": datetime(2026, 9, 18, 15, tzinfo=timezone(timedelta(hours=8))),
        "due": date(2026, 9, 18),
        "state": TaskState.APPROVED,
        "rows": ({"n": 1}, {"n": True}),
    }
    assert canonical(value).decode() == (
        '{"a":"《公司业务知识手册》","b":"1200.5","due":"2026-09-18","rows":[{"n":1},{"n":true}],'
        '"state":"approved","when":"2026-09-18T07:00:00+00:00"}'
    )


def test_a_known_value_keeps_its_hash_for_ever():
    """A signature names it: whoever changes the form breaks every signature given so far."""
    assert content_hash("submission", {"strategy": "开源节流", "earning": ["3.5", 1200]}) == (
        "f1d17304c50043cce8a29dc4000f33d6308c97ac00116d8f20123b8a4f740488"
    )


@pytest.mark.parametrize("value", [1.5, {1: "a"}, b"x", {"a"}, datetime(2026, 9, 18), "\ud800", Decimal("NaN"), object()])  # noqa: DTZ001 - that is what is refused
def test_what_has_no_one_form_is_refused(value):
    with pytest.raises(ValueError) as refusal:
        canonical({"a": [value]} if not isinstance(value, dict) else value)
    assert refusal.value.args[0] == "not_canonical"


def test_bottomless_data_is_refused():
    value = []
    for _ in range(5000):
        value = [value]
    with pytest.raises(ValueError):
        canonical(value)


@given(plain)
def test_a_way_through_json_changes_no_hash(value):
    again = json.loads(json.dumps(value))
    assert content_hash("submission", again) == content_hash("submission", value)


@given(st.dictionaries(texts, plain, max_size=6), st.randoms(use_true_random=False))
def test_order_of_keys_makes_no_difference(value, choice):
    keys = list(value)
    choice.shuffle(keys)
    assert canonical({key: value[key] for key in keys}) == canonical(value)


@given(plain, plain)
def test_different_data_have_different_forms(one, other):
    same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (canonical(one) == canonical(other)) == same


@given(plain)
def test_kinds_do_not_pass_for_each_other(value):
    assert content_hash("submission", value) != content_hash("template_version", value)
    assert len(content_hash("submission", value)) == 64


@given(st.decimals(min_value="-1e12", max_value="1e12", places=3))
def test_equal_amounts_are_one_amount(amount):
    assert canonical(amount) == canonical(amount * Decimal("1.000"))


@pytest.mark.parametrize("domain", ["", "Submission", "a\0b", "a:b"])
def test_a_domain_is_a_plain_word(domain):
    with pytest.raises(ValueError):
        content_hash(domain, {})


def test_utc_is_the_same_instant():
    assert canonical(datetime(2026, 9, 18, 7, tzinfo=UTC)) == canonical(datetime(2026, 9, 18, 15, tzinfo=timezone(timedelta(hours=8))))
