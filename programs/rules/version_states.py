"""A template's version: draft, then published for good, then retired."""

from programs.vocabulary import VersionState

TRANSITIONS = {
    VersionState.DRAFT: frozenset({VersionState.PUBLISHED}),
    VersionState.PUBLISHED: frozenset({VersionState.RETIRED}),
    VersionState.RETIRED: frozenset(),
}


def can_become(state: str, target: str) -> bool:
    """Whether a version in one state may move to another. Nothing ever becomes a draft again."""
    return target in TRANSITIONS[VersionState(state)]


def may_be_edited(state: str) -> bool:
    """Whether the content may change: cohorts stand on every version that was ever published."""
    return state == VersionState.DRAFT


def takes_cohorts(state: str) -> bool:
    """Whether a new cohort may start on a version in this state."""
    return state == VersionState.PUBLISHED
