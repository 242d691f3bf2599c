"""What the tests themselves stand on."""

import pytest

from organizations.models import Member
from programs.models import Enrollment, TemplateVersion
from tests import stages


def test_the_last_stage_of_a_line_is_taken():
    assert stages.stage_for({"client", "cast", "draft", "published"}) == stages.PUBLISHED
    assert stages.stage_for({"cast", "enrolled"}) == stages.ENROLLED
    assert stages.stage_for({"client"}) is None


@pytest.mark.parametrize("fixtures", [{"draft", "enrolled"}, {"cast", "demo_data"}])
def test_two_stages_that_do_not_build_on_each_other_are_refused(fixtures):
    with pytest.raises(pytest.UsageError):
        stages.stage_for(fixtures)


def test_a_stage_holds_what_its_fixture_hands_out_and_nothing_more(cast, published):
    assert (published.state, TemplateVersion.objects.count(), Enrollment.objects.count()) == ("published", 1, 0)


def test_an_id_of_another_kind_never_passes_for_the_right_one(cast, enrolled):
    assert not Enrollment.objects.filter(pk=cast.trainee.pk).exists()
    assert not Member.objects.filter(pk=enrolled.pk).exists()
    assert cast.trainee.pk // 100_000 != enrolled.pk // 100_000
