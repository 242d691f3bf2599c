"""What beat starts, and when. A job is named by its path; it may run twice and late, never half."""

from celery.schedules import crontab

DELIVER_EVERY = 30.0  # seconds

# (name, job, when, arguments). `for_each_organization` starts the named job once per tenant.
ENTRIES = [
    ("deliver what is due", "notifications.jobs.deliver_due", DELIVER_EVERY, ()),
    ("remind of dates", "organizations.jobs.for_each_organization", crontab(minute=5), ("programs.jobs.sweep_reminders",)),
]


def beat_schedule() -> dict[str, dict]:
    """The entries as Celery wants them."""
    return {name: {"task": job, "schedule": when, "args": arguments} for name, job, when, arguments in ENTRIES}
