"""Remind of gates and conditions: one set-based statement per kind of reminder, each told once (see programs' `remind`)."""

from datetime import date

from django.db import connection

from notifications.actions.notify import wake
from organizations import clock
from programs.models import Cohort
from programs.queries.calendars import calendar_of
from programs.vocabulary import CohortState
from projects.vocabulary import Notice

DAYS_BEFORE = 3  # working days before a gate by which its evidence is to be sent. Source: content, D12

# The trainee while the gate lies with them; its reviewers in any case: they prepare, or have still to speak.
OF_GATES = """
INSERT INTO notifications_notification (recipient_id, kind, subject_kind, subject_id, path, words, dedup_key, created_at)
SELECT who.id, %(kind)s::text, 'project', p.id, 'gates/' || g.id || '/',
       jsonb_build_object('gate', CASE WHEN d.name LIKE '{%%' THEN d.name::jsonb ELSE to_jsonb(d.name) END,
                          'project', p.name, 'trainee', t.name, 'due_on', g.due_on),
       %(kind)s::text || ':' || who.id || ':' || g.id || ':' || g.due_on, %(now)s
FROM projects_gate g
JOIN projects_practiceproject p ON p.organization_id = g.organization_id AND p.id = g.project_id AND p.state IN ('planning', 'running')
JOIN programs_gatedefinition d ON d.organization_id = g.organization_id AND d.id = g.definition_id
JOIN programs_enrollment e ON e.organization_id = p.organization_id AND e.id = p.enrollment_id AND e.state = 'active'
JOIN programs_cohort c ON c.organization_id = e.organization_id AND c.id = e.cohort_id AND c.calendar = %(calendar)s
JOIN organizations_member t ON t.organization_id = e.organization_id AND t.id = e.trainee_id
CROSS JOIN LATERAL (
  SELECT e.trainee_id AS id WHERE g.state <> 'called'
  UNION SELECT p.sponsor_id WHERE p.accepted_at IS NOT NULL AND 'sponsor' = ANY (d.reviewers)
    AND NOT EXISTS (SELECT 1 FROM projects_gatereview r WHERE r.organization_id = g.organization_id
      AND r.gate_id = g.id AND r.round = g.round AND r.role = 'sponsor')
  UNION SELECT s.member_id FROM programs_supportrole s
    WHERE s.organization_id = e.organization_id AND s.enrollment_id = e.id AND s.ended_at IS NULL
      AND s.role <> 'sponsor' AND s.role = ANY (d.reviewers)
      AND NOT EXISTS (SELECT 1 FROM projects_gatereview r WHERE r.organization_id = g.organization_id
        AND r.gate_id = g.id AND r.round = g.round AND r.role = s.role)) who
WHERE g.organization_id = (SELECT current_organization()) AND g.state IN ('open', 'called', 'rework')
  AND g.due_on BETWEEN %(first)s AND %(last)s
ON CONFLICT (organization_id, dedup_key) DO NOTHING"""

OF_CONDITIONS = """
INSERT INTO notifications_notification (recipient_id, kind, subject_kind, subject_id, path, words, dedup_key, created_at)
SELECT k.owner_id, %(kind)s::text, 'project', p.id, 'gates/' || g.id || '/',
       jsonb_build_object('condition', k.what, 'project', p.name, 'due_on', k.due_on),
       %(kind)s::text || ':' || k.owner_id || ':' || k.id || ':' || k.due_on, %(now)s
FROM projects_gatecondition k
JOIN projects_gate g ON g.organization_id = k.organization_id AND g.id = k.gate_id
JOIN projects_practiceproject p ON p.organization_id = g.organization_id AND p.id = g.project_id AND p.state IN ('planning', 'running')
JOIN programs_enrollment e ON e.organization_id = p.organization_id AND e.id = p.enrollment_id AND e.state = 'active'
JOIN programs_cohort c ON c.organization_id = e.organization_id AND c.id = e.cohort_id AND c.calendar = %(calendar)s
WHERE k.organization_id = (SELECT current_organization()) AND k.settled_at IS NULL AND k.due_on BETWEEN %(first)s AND %(last)s
ON CONFLICT (organization_id, dedup_key) DO NOTHING"""


def remind(today: date) -> int:
    """Write every reminder that is due today in the open tenant; returns how many are new.

    Three working days before a gate or a condition, and once when it is overdue. Nobody is reminded on a day on which
    their cohort does not work.
    """
    written = 0
    for kind in Cohort.objects.exclude(state=CohortState.FINISHED).values_list("calendar", flat=True).distinct():
        calendar = calendar_of(kind)
        if calendar.is_working(today):
            written += _remind(kind, today, calendar.add_working_days(today, DAYS_BEFORE))
    if written:
        wake()
    return written


def _remind(calendar: str, today: date, soon: date) -> int:
    yesterday = today - date.resolution
    kinds = [
        (OF_GATES, Notice.GATE_SOON, today, soon),
        (OF_GATES, Notice.GATE_OVERDUE, date.min, yesterday),
        (OF_CONDITIONS, Notice.CONDITION_SOON, today, soon),
        (OF_CONDITIONS, Notice.CONDITION_OVERDUE, date.min, yesterday),
    ]
    written = 0
    with connection.cursor() as cursor:
        for statement, kind, first, last in kinds:
            facts = {"kind": str(kind), "first": first, "last": last, "calendar": calendar, "now": clock.now()}
            cursor.execute(statement, facts)
            written += cursor.rowcount
    return written
