"""When a programme is completed, and what a checkpoint's notes amount to."""

import pytest

from programs.rules.checkpoint import checkpoint_state, is_link, required_roles
from programs.rules.completion import Completion, PhaseFacts, completion


def phases(*states):
    keys = ("PH1", "PH2", "PH3")
    ended = [PhaseFacts(key, "sequential", state) for key, state in zip(keys, states, strict=True)]
    return [*ended, PhaseFacts("PH4", "continuous", "open"), PhaseFacts("PH5", "recurring", "open")]


@pytest.mark.parametrize(
    ("state", "states", "decided", "expected"),
    [
        ("active", ("complete", "complete", "complete"), True, Completion(True)),
        ("paused", ("complete", "complete", "complete"), True, Completion(True)),
        ("active", ("complete", "complete", "complete"), False, Completion(False, ("decision",))),
        ("active", ("complete", "open", "locked"), True, Completion(False, ("PH2", "PH3"))),
        ("active", ("open", "locked", "locked"), False, Completion(False, ("PH1", "PH2", "PH3", "decision"))),
        ("completed", ("complete", "complete", "complete"), True, Completion(False)),
        ("withdrawn", ("complete", "complete", "complete"), True, Completion(False)),
    ],
)
def test_phases_with_an_end_and_one_decision_complete_a_programme(state, states, decided, expected):
    assert completion(state, phases(*states), decided=decided) == expected


@pytest.mark.parametrize(
    ("responsible", "held", "expected"),
    [
        (["mentor", "business_head"], ["mentor", "business_head"], ("mentor", "business_head")),
        (["mentor", "business_head"], ["mentor"], ("mentor",)),
        (["mentor"], ["mentor", "business_head"], ("mentor",)),
        (["line_manager"], [], ("mentor",)),
    ],
)
def test_the_mentor_always_notes_and_a_business_head_where_one_is_asked(responsible, held, expected):
    assert required_roles(responsible, held) == expected


@pytest.mark.parametrize(
    ("handed_in", "notes", "expected"),
    [
        (False, {}, "open"),
        (True, {}, "submitted"),
        (True, {"business_head": True}, "in_review"),
        (True, {"mentor": True, "business_head": False}, "returned"),
        (True, {"mentor": True, "business_head": True}, "approved"),
    ],
)
def test_a_checkpoint_is_done_when_all_have_noted(handed_in, notes, expected):
    assert checkpoint_state(handed_in, notes, ("mentor", "business_head")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://wiki.example.com/树?x=1", True),
        ("http://intranet/a", True),
        ("javascript:alert(1)", False),
        ("wiki.example.com", False),
        ("https://", False),
        ("https://a b.example", False),
        ("https://[", False),
        ("https://example.com/" + "x" * 500, False),
    ],
)
def test_a_link_can_be_followed(text, expected):
    assert is_link(text) is expected
