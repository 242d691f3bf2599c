"""What beat starts, and when. A job is named by its path; it may run twice and late, never half."""

from celery.schedules import crontab

DELIVER_EVERY = 30.0  # seconds
RESUME_EVERY = 60.0

# (name, job, when, arguments). `for_each_organization` starts the named job once per tenant.
ENTRIES = [
    ("deliver what is due", "notifications.jobs.deliver_due", DELIVER_EVERY, ()),
    ("remind of dates", "organizations.jobs.for_each_organization", crontab(minute=5), ("programs.jobs.sweep_reminders",)),
    ("keep projects", "organizations.jobs.for_each_organization", crontab(minute=50), ("projects.jobs.sweep_projects",)),
    ("remind of reviews", "organizations.jobs.for_each_organization", crontab(minute=25), ("assessments.jobs.sweep_reviews",)),
    # Four times a day, so that a day begins soon wherever an organization is; again on the same day it changes nothing.
    (
        "advance programs",
        "organizations.jobs.for_each_organization",
        crontab(minute=20, hour="*/6"),
        ("programs.jobs.advance_programmes",),
    ),
    ("look after pairings", "organizations.jobs.for_each_organization", crontab(minute=35), ("mentorship.jobs.sweep",)),
    ("resume prints and long jobs", "documents.jobs.sweep", RESUME_EVERY, ()),
    ("remove files of nothing", "organizations.jobs.for_each_organization", crontab(hour=18, minute=40), ("documents.jobs.sweep_orphans",)),
]


def beat_schedule() -> dict[str, dict]:
    """The entries as Celery wants them."""
    return {name: {"task": job, "schedule": when, "args": arguments} for name, job, when, arguments in ENTRIES}
