"""The checks of reviews find nothing in a story told through the actions, and name what was bent by hand."""

import pytest
from django.db import connection

from assessments import integrity
from assessments.models import (
    CertificationReview,
    FeedbackAnswer,
    FeedbackDraft,
    Panelist,
    PanelVote,
    Rater,
    ResultCell,
    ReviewCycle,
)
from tests.assessments.world import decided_world, voted_world


def found() -> set[str]:
    with connection.cursor() as cursor:
        keys = set()
        for check in integrity.CHECKS:
            cursor.execute(check.statement, {"organization": None})
            if cursor.fetchall():
                keys.add(check.key)
        return keys


def test_a_true_story_breaks_no_rule(cast):
    decided_world(cast)
    assert found() == set()


BENDS = {
    "review_link_to_raters_is_destroyed": lambda w: FeedbackDraft.objects.create(rater=Rater.objects.get(group="self")),
    "review_results_only_after_the_close": lambda w: ReviewCycle.objects.update(state="open"),
    "review_cells_follow_from_answers": lambda w: FeedbackAnswer.objects.create(review=w.review, unit="peer", scores={"F01": 5}),
    "review_votes_name_its_file": lambda w: CertificationReview.objects.update(file_hash="0" * 64),
    "review_decided_after_all_voted": lambda w: Panelist.objects.create(review=w.review, member=w.cast.third_reviewer),
    "review_supporters_do_not_vote": lambda w: PanelVote.objects.create(
        review=w.review, member=w.cast.mentor, outcome="kept", file_hash=w.review.file_hash
    ),
}


@pytest.mark.parametrize("key", BENDS)
def test_what_was_bent_is_named(cast, key):
    world = voted_world(cast, peer=3)
    assert ResultCell.objects.filter(unit="peer").exists()
    assert found() == set()
    BENDS[key](world)
    assert key in found()
