"""Who may do and read what in reviews. A person is asked for as what they are in this review (`queries.standing`).

An admin has no part in any review. The HR director reads everything of it but the free texts of 360 feedback; nobody reads
a rater's answers. Mentor and line manager speak to the panel and have no vote.
Source: decisions part 2, 12 and 22; content 4 and 9.
"""

from assessments.models import CertificationReview
from assessments.queries.standing import Standing
from assessments.vocabulary import CycleState, ReviewState
from organizations.models import Member
from programs.models import Cohort
from programs.models.readable import READERS
from programs.policies.running import may_run_cohort

FROZEN = (ReviewState.VOTING, ReviewState.VOTED, ReviewState.DECIDED)


def may_open_cycle(member: Member, cohort: Cohort) -> bool:
    """Open, close and finish a cohort's cycles: the HR director and who runs the cohort."""
    return may_run_cohort(member, cohort)


def may_read_figures(one: Standing) -> bool:
    """See the KPI values: all with a part in the review."""
    return True


def may_enter_figures(one: Standing) -> bool:
    """Take KPI values over or put them right: the trainee, the line manager, the HR director and who runs the cohort."""
    return one.is_trainee or one.is_line_manager or one.runs_cohort


def may_read_sources(one: Standing) -> bool:
    """See the rows that the product counts figures from: who reads the trainee's programme, not the panel or a business head."""
    return one.is_trainee or one.runs_cohort or not one.roles.isdisjoint(READERS)


def may_confirm_figures(one: Standing) -> bool:
    """Confirm a KPI value by name: a business head of the trainee's."""
    return one.is_business_head and not one.is_trainee


def may_read_raters(one: Standing) -> bool:
    """See who is asked for feedback: the trainee, the line manager, who runs the cohort."""
    return one.is_trainee or one.is_line_manager or one.runs_cohort


def may_propose_raters(one: Standing) -> bool:
    """Propose whom to ask: the trainee, and who runs the cohort for them."""
    return one.is_trainee or one.runs_cohort


def may_approve_raters(one: Standing) -> bool:
    """Approve whom to ask: the line manager or who runs the cohort; never the trainee."""
    return (one.is_line_manager or one.runs_cohort) and not one.is_trainee


def may_issue_links(one: Standing) -> bool:
    """Hand a personal link to someone who cannot sign in: who runs the cohort, never the trainee or their superior."""
    return one.runs_cohort and not one.is_trainee and not one.is_line_manager


def may_read_results(one: Standing, review: CertificationReview, *, is_released: bool) -> bool:
    """See the figures of 360 feedback, after the close: mentor and HR director; the panel with its file; the trainee once released."""
    if review.cycle.state == CycleState.OPEN:
        return False
    if one.is_trainee:
        return is_released
    return one.is_mentor or one.is_director or (one.is_panelist and review.state in FROZEN)


def may_read_comments(one: Standing, *, is_released: bool) -> bool:
    """Read the free texts: they are for the trainee's growth, so the mentor and, once released, the trainee. Nobody else."""
    return one.is_mentor or (one.is_trainee and is_released)


def may_release_results(one: Standing) -> bool:
    """Release the results to the trainee, after the talk: the mentor, or the HR director."""
    return (one.is_mentor or one.is_director) and not one.is_trainee


def may_make_statement(one: Standing) -> bool:
    """Speak to the panel: mentor and line manager."""
    return (one.is_mentor or one.is_line_manager) and not one.is_trainee


def may_name_panel(one: Standing) -> bool:
    """Name the panel and hand it the file: the HR director; nobody for their own review."""
    return one.is_director and not one.is_trainee


def may_read_file(one: Standing, review: CertificationReview) -> bool:
    """Read the frozen file: the panel, an appeal's panel, the HR director; the trainee once it is decided."""
    if review.state not in FROZEN:
        return False
    if one.is_trainee:
        return review.state == ReviewState.DECIDED
    return one.is_panelist or one.is_director or one.is_on_appeal


def may_vote(one: Standing) -> bool:
    """Vote: the panel alone; whoever has become mentor or line manager since steps back."""
    return one.is_panelist and not (one.is_mentor or one.is_line_manager or one.is_trainee)


def may_read_votes(one: Standing, review: CertificationReview) -> bool:
    """See who voted how: panel and HR director, once all have voted."""
    is_open = review.state in (ReviewState.VOTED, ReviewState.DECIDED)
    return is_open and (one.is_panelist or one.is_director or one.is_on_appeal) and not one.is_trainee


def may_decide(one: Standing) -> bool:
    """Write the decision: the panel's chair or the HR director; never mentor, line manager or trainee."""
    return (one.is_chair or one.is_director) and not (one.is_mentor or one.is_line_manager or one.is_trainee)


def may_read_decision(one: Standing, review: CertificationReview) -> bool:
    """Read the decision: all with a part in the review, save business heads."""
    has_part = one.is_trainee or one.is_mentor or one.is_line_manager or one.runs_cohort or one.is_panelist or one.is_on_appeal
    return review.state == ReviewState.DECIDED and has_part


def may_read_appeal(one: Standing) -> bool:
    """Read an appeal: the trainee, the HR director and those asked about it."""
    return one.is_trainee or one.is_director or one.is_on_appeal


def may_answer_appeal(one: Standing) -> bool:
    """Name who looks at an appeal, and answer it: an HR director who did not vote, and is not mentor, line manager or trainee."""
    return one.is_director and not (one.is_trainee or one.is_mentor or one.is_line_manager or one.is_panelist)
