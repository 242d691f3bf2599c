"""Cohorts: the list, one cohort's page, who sees what of it."""

from django.urls import reverse

from tests.factories.programs import enroll_cast


def url(cast, name, *args):
    return reverse(f"programs:{name}", args=[cast.organization.slug, *args])


def test_the_manager_sees_the_trainees(client, cast):
    enrollment = enroll_cast(cast)
    cast.sign_in(client, cast.manager)
    for name, args in [("cohorts", ()), ("cohort", (enrollment.cohort_id,)), ("cohort_signers", (enrollment.cohort_id,)), ("cohort_settings", (enrollment.cohort_id,)),
                       ("enroll", (enrollment.cohort_id,)), ("enrollment", (enrollment.cohort_id, enrollment.pk)), ("change_relations", (enrollment.cohort_id, enrollment.pk))]:
        answer = client.get(url(cast, name, *args))
        assert (name, answer.status_code) == (name, 200)
