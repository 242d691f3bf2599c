"""Remind of dates: one set-based statement for all reminders of a tenant, however many tasks are open.

A key names recipient, thing and date, so a sweep that runs twice, late or beside another one tells nobody twice.
"""

from datetime import date

from django.db import connection

from organizations import clock
from programs.queries.calendars import calendars
from programs.vocabulary import Notice

DAYS_BEFORE = 2  # working days before a date on which one is reminded of it
DAYS_BEFORE_SIGNING = 1  # the same for a signer: most have three days in all
AGAIN_LATE = 7  # days after which an overdue task is told again
AGAIN_WAITING = 3  # days after which a signer is told again

# A name is stored as JSON with its languages, or plain where it has none.
NAME = "CASE WHEN {0} LIKE '{{%%' THEN {0}::jsonb ELSE to_jsonb({0}) END"

# What was told before is left out first: a sweep that finds nothing new then builds no words and touches no index twice.
# Asked of the index row by row (LIMIT keeps it so): joined, each statement would read all notices that the tenant ever had.
NEW = """(
  SELECT 1 FROM notifications_notification n
  WHERE n.organization_id = (SELECT current_organization()) AND n.dedup_key = {0} LIMIT 1) IS NULL"""

# Running and completed programmes whose calendar works today.
WORKING = """
  JOIN programs_enrollment e ON e.organization_id = w.organization_id AND e.id = w.enrollment_id AND e.state IN ('active', 'completed')
  JOIN programs_cohort c ON c.organization_id = e.organization_id AND c.id = e.cohort_id AND c.state <> 'finished'
    AND c.calendar = ANY (%(calendars)s::text[])"""

# The last day that is soon in the cohort's calendar: for a trainee, for a signer.
SOON, EVE = (f"(%({name})s::date[])[array_position(%(calendars)s::text[], c.calendar::text)]" for name in ("soon", "eve"))

# Of a completed programme only the quarters go on.
CHECKPOINT = """EXISTS (SELECT 1 FROM programs_taskdefinition q WHERE q.organization_id = w.organization_id AND q.id = w.task_id
    AND q.recurrence = 'quarterly' AND q.questions <> '[]'::jsonb)"""

# OFFSET 0 keeps what is inside from being joined in another order: the few that are due come first, then what they belong to.
OF_TASKS = f"""
SELECT due.trainee_id, due.kind, 'task_work', due.id, 'tasks/' || due.id || '/',
       jsonb_build_object('task', {NAME.format("t.name")}, 'key', t.key, 'due_on', due.due_on), due.dedup_key, %(now)s::timestamptz
FROM (
  SELECT w.id, w.task_id, w.due_on, e.trainee_id, told.kind, told.dedup_key
  FROM programs_taskwork w {WORKING} AND w.due_on <= {SOON}
  CROSS JOIN LATERAL (
    SELECT kind, kind || ':' || e.trainee_id || ':' || w.id || ':' || w.due_on || ':' || greatest(days, 0) / {AGAIN_LATE}
    FROM (SELECT CASE WHEN days < 0 THEN '{Notice.DUE_SOON}' WHEN days = 0 THEN '{Notice.DUE_TODAY}' ELSE '{Notice.OVERDUE}' END, days
          FROM (SELECT %(today)s::date - w.due_on) AS past (days)) AS by_day (kind, days)
  ) AS told (kind, dedup_key)
  WHERE w.organization_id = (SELECT current_organization()) AND w.state IN ('open', 'in_progress', 'returned')
    AND (e.state = 'active' OR {CHECKPOINT}) AND w.due_on <= %(last)s::date AND {NEW.format("told.dedup_key")}
  OFFSET 0) due
JOIN programs_taskdefinition t ON t.organization_id = (SELECT current_organization()) AND t.id = due.task_id"""  # noqa: S608  constants

OF_STEPS = f"""
SELECT due.member_id, '{Notice.STILL_WAITING}', 'step', due.id, 'signoffs/' || due.id || '/',
       about.words, due.dedup_key, %(now)s::timestamptz
FROM (
  SELECT s.id, s.submission_id, s.ready_at, s.due_on, told.*
  FROM programs_signoffstep s
  JOIN programs_stepsigner g ON g.organization_id = s.organization_id AND g.step_id = s.id
  CROSS JOIN LATERAL (
    SELECT g.member_id, '{Notice.STILL_WAITING}:' || g.member_id || ':' || s.id || ':'
      || CASE WHEN s.due_on > %(today)s::date THEN 'before' ELSE ((%(today)s::date - s.due_on) / {AGAIN_WAITING})::text END
  ) AS told (member_id, dedup_key)
  WHERE s.organization_id = (SELECT current_organization()) AND s.state = 'ready' AND s.due_on <= %(last_eve)s::date
    AND {NEW.format("told.dedup_key")}
  OFFSET 0) due
CROSS JOIN LATERAL (
  SELECT jsonb_build_object(
    'deliverable', {NAME.format("k.name")}, 'key', k.key, 'trainee', p.name, 'version', b.number, 'since', due.ready_at)
  FROM programs_submission b
  JOIN programs_deliverable d ON d.organization_id = b.organization_id AND d.id = b.deliverable_id
  JOIN programs_deliverablekind k ON k.organization_id = d.organization_id AND k.id = d.kind_id
  JOIN programs_taskwork w ON w.organization_id = d.organization_id AND w.id = d.work_id {WORKING} AND due.due_on <= {EVE}
  JOIN organizations_member p ON p.organization_id = e.organization_id AND p.id = e.trainee_id
  WHERE b.organization_id = (SELECT current_organization()) AND b.id = due.submission_id
  OFFSET 0) AS about (words)"""  # noqa: S608

# The organization is named once: left to the column's default, it is asked for row by row, which takes longer than the rest.
REMIND = f"""
INSERT INTO notifications_notification
  (organization_id, recipient_id, kind, subject_kind, subject_id, path, words, dedup_key, created_at)
SELECT (SELECT current_organization()), due.* FROM (
{OF_TASKS}
UNION ALL
{OF_STEPS}) due
ON CONFLICT (organization_id, dedup_key) DO NOTHING"""  # noqa: S608


def remind(today: date) -> int:
    """Write every reminder that is due today in the open tenant; returns how many are new.

    Before, on and after its date a trainee is reminded of a task that lies with them (first two working days before), and
    a signer of a step that lies with them (first one working day before). Nobody is reminded on a day on which their
    cohort does not work. No worker is woken: the regular sweep for what is due finds the rows within half a minute, of all
    tenants in one go.
    """
    working = [each for each in calendars() if each.is_working(today)]
    if not working:
        return 0
    soon = [each.add_working_days(today, DAYS_BEFORE) for each in working]
    eve = [each.add_working_days(today, DAYS_BEFORE_SIGNING) for each in working]
    values = {"today": today, "now": clock.now(), "calendars": [each.kind for each in working]}
    values |= {"soon": soon, "eve": eve, "last": max(soon), "last_eve": max(eve)}
    with connection.cursor() as cursor:
        cursor.execute(REMIND, values)
        return cursor.rowcount
