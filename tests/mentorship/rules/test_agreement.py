"""What an agreement says, and its fingerprint."""

import re

from hypothesis import given
from hypothesis import strategies as st

from mentorship import agreement_text
from mentorship.rules.agreement import agreement_hash, fill_in

KEYS = [
    *("goals", "roles", "rhythm", "response", "feedback", "confidentiality", "records", "evaluation", "mistakes"),
    *("time", "data", "term", "parties"),
]
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
contents = st.fixed_dictionaries(
    {
        "focus": st.lists(texts, min_size=1, max_size=3),
        "every_days": st.integers(3, 92),
        "minutes": st.integers(10, 480),
        "additions": texts,
    }
)


def test_the_clauses_are_all_there_in_both_languages():
    """Source: content, 9."""
    assert [clause["key"] for clause in agreement_text.clauses()] == KEYS
    for clause in agreement_text.clauses():
        assert re.search("[一-鿿]", clause["text"]["zh-hans"])
        assert not re.search("[一-鿿]", clause["text"]["en"])


def test_the_rhythm_is_written_into_the_clauses():
    filled = {clause["key"]: clause["text"] for clause in fill_in(agreement_text.clauses(), 10, 30)}
    assert filled["rhythm"]["zh-hans"].startswith("节奏：每 10 天一次，每次 30 分钟")
    assert filled["rhythm"]["en"].startswith("Rhythm: 30 minutes every 10 days")
    assert not re.search(r"\{|\}", str([list(text.values()) for text in filled.values()])[1:-1])


@given(contents, contents)
def test_equal_content_has_an_equal_hash_and_other_content_another(one, other):
    def mark(content):
        return agreement_hash(clauses=fill_in(agreement_text.clauses(), content["every_days"], content["minutes"]), **content)

    assert (mark(one) == mark(other)) == (one == other)
    assert re.fullmatch("[0-9a-f]{64}", mark(one))
