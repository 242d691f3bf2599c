"""Remind of dates: one set-based statement per kind of reminder, however many tasks are open.

A key names recipient, thing and date, so a sweep that runs twice, late or beside another one tells nobody twice.
"""

from datetime import date

from django.db import connection

from notifications.actions.notify import wake
from organizations import clock
from programs.models import Cohort
from programs.queries.calendars import calendar_of
from programs.vocabulary import CohortState, Notice

DAYS_BEFORE = 2  # working days before a date on which one is reminded of it
AGAIN_LATE = 7  # days after which an overdue task is told again
AGAIN_WAITING = 3  # days after which a signer is told again

# A name is stored as JSON with its languages, or plain where it has none.
NAME = "CASE WHEN {0} LIKE '{{%%' THEN {0}::jsonb ELSE to_jsonb({0}) END"

# What was told before is left out first: a sweep that finds nothing new then builds no words and touches no index twice.
# Asked of the index row by row (LIMIT keeps it so): joined, each statement would read all notices that the tenant ever had.
NEW = """(
  SELECT 1 FROM notifications_notification n
  WHERE n.organization_id = (SELECT current_organization()) AND n.dedup_key = {0} LIMIT 1) IS NULL"""
KEY_OF_TASK = "%(kind)s::text || ':' || e.trainee_id || ':' || w.id || ':' || w.due_on || ':' || (%(today)s - w.due_on) / %(again)s"
KEY_OF_STEP = "%(kind)s::text || ':' || g.member_id || ':' || s.id || ':' || (%(today)s - s.due_on) / %(again)s"

OF_TASKS = f"""
INSERT INTO notifications_notification (recipient_id, kind, subject_kind, subject_id, path, words, dedup_key, created_at)
SELECT e.trainee_id, %(kind)s::text, 'task_work', w.id, 'tasks/' || w.id || '/',
       jsonb_build_object('task', {NAME.format("t.name")}, 'key', t.key, 'due_on', w.due_on), {KEY_OF_TASK}, %(now)s
FROM programs_taskwork w
JOIN programs_enrollment e ON e.organization_id = w.organization_id AND e.id = w.enrollment_id
JOIN programs_cohort c ON c.organization_id = e.organization_id AND c.id = e.cohort_id
JOIN programs_taskdefinition t ON t.organization_id = w.organization_id AND t.id = w.task_id
WHERE w.organization_id = (SELECT current_organization()) AND w.state IN ('open', 'in_progress', 'returned')
  AND w.due_on BETWEEN %(first)s AND %(last)s AND e.state = 'active' AND c.calendar = %(calendar)s AND {NEW.format(KEY_OF_TASK)}
ON CONFLICT (organization_id, dedup_key) DO NOTHING"""  # noqa: S608  built from constants alone

OF_STEPS = f"""
INSERT INTO notifications_notification (recipient_id, kind, subject_kind, subject_id, path, words, dedup_key, created_at)
SELECT g.member_id, %(kind)s::text, 'step', s.id, 'signoffs/' || s.id || '/',
       jsonb_build_object(
         'deliverable', {NAME.format("k.name")}, 'key', k.key, 'trainee', p.name, 'version', b.number, 'since', s.ready_at),
       {KEY_OF_STEP}, %(now)s
FROM programs_signoffstep s
JOIN programs_stepsigner g ON g.organization_id = s.organization_id AND g.step_id = s.id
JOIN programs_submission b ON b.organization_id = s.organization_id AND b.id = s.submission_id
JOIN programs_deliverable d ON d.organization_id = b.organization_id AND d.id = b.deliverable_id
JOIN programs_deliverablekind k ON k.organization_id = d.organization_id AND k.id = d.kind_id
JOIN programs_taskwork w ON w.organization_id = d.organization_id AND w.id = d.work_id
JOIN programs_enrollment e ON e.organization_id = w.organization_id AND e.id = w.enrollment_id
JOIN programs_cohort c ON c.organization_id = e.organization_id AND c.id = e.cohort_id
JOIN organizations_member p ON p.organization_id = e.organization_id AND p.id = e.trainee_id
WHERE s.organization_id = (SELECT current_organization()) AND s.state = 'ready' AND s.due_on <= %(today)s
  AND e.state = 'active' AND c.calendar = %(calendar)s AND {NEW.format(KEY_OF_STEP)}
ON CONFLICT (organization_id, dedup_key) DO NOTHING"""  # noqa: S608


def remind(today: date) -> int:
    """Write every reminder that is due today in the open tenant; returns how many are new.

    Before (two working days), on and after its date a trainee is reminded of a task that lies with them, and a signer
    of a step that lies with them. Nobody is reminded on a day on which their cohort does not work.
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
    day = date.resolution
    kinds = [
        (OF_TASKS, Notice.DUE_SOON, today + day, soon, AGAIN_LATE * 52),
        (OF_TASKS, Notice.DUE_TODAY, today, today, AGAIN_LATE),
        (OF_TASKS, Notice.OVERDUE, date.min, today - day, AGAIN_LATE),
        (OF_STEPS, Notice.STILL_WAITING, date.min, today, AGAIN_WAITING),
    ]
    written = 0
    with connection.cursor() as cursor:
        # The joins stand in the order in which they are best done; looking for a better one takes longer than doing them.
        cursor.execute("SET LOCAL join_collapse_limit = 1")
        for statement, kind, first, last, again in kinds:
            cursor.execute(
                statement,
                {"kind": str(kind), "today": today, "first": first, "last": last, "again": again, "calendar": calendar, "now": clock.now()},
            )
            written += cursor.rowcount
        cursor.execute("SET LOCAL join_collapse_limit TO DEFAULT")
    return written
