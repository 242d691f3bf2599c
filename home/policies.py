"""What a person may come across in the search; what stands behind a hit asks its own policy again."""

from home.queries.search import Scope
from home.queries.standing import Standing
from organizations.models import Member
from organizations.policies import may_see_people
from programs.policies.design import may_design


def search_scope(member: Member, who: Standing) -> Scope:
    """People: the admin, the HR director and who runs a cohort find everybody. Templates: who designs them.

    Programmes and tasks need no word here: they are found by those who read them (`visible_to`).
    """
    pages = may_see_people(member)
    return Scope(everybody=pages or who.runs_cohort, person_pages=pages, templates=may_design(member))
