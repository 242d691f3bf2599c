"""Closed lists of words about files, printed documents and long jobs."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobKind(models.TextChoices):
    """Work that takes longer than a page may."""

    ENROLL = "enroll", _("Enrolling trainees")
    PRINT = "print", _("Printing a document")
    IMPORT_PEOPLE = "import_people", _("Importing people")
    EXPORT = "export", _("Exporting a report")


class JobState(models.TextChoices):
    """Where a long job stands."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class DocumentKind(models.TextChoices):
    """Printed documents."""

    IDP = "idp", _("Individual development plan")
    DELIVERABLE = "deliverable", _("Deliverable")
    AGREEMENT = "agreement", _("Mentoring agreement")
    CERTIFICATE = "certificate", _("Certificate")
    REPORT = "report", _("Report")


class DocumentState(models.TextChoices):
    """Whether a printed document is still the newest of its kind."""

    WAITING = "waiting", _("Being printed")
    VALID = "valid", _("Valid")
    REPLACED = "replaced", _("Replaced")
    FAILED = "failed", _("Failed")


class PrintProblem(models.TextChoices):
    """Why a document could not be printed; the reader's words for it."""

    UNAVAILABLE = "unavailable", _("This server cannot make PDFs yet. The page itself shows everything; tell whoever runs Trellis.")
    TOO_LONG = "time", _("Printing took too long and was stopped. Try again; if it happens again, shorten long tables.")
    TOO_BIG = "size", _("The PDF would be too big. Leave out pictures and try again.")
    LAYOUT = "layout", _("This document could not be laid out. Nothing of it is lost; tell whoever runs Trellis.")
    GAVE_UP = "gave_up", _("Printing was interrupted twice and was given up. Nothing is lost; try again.")


class JobProblem(models.TextChoices):
    """Why a long job ended before its end, where it has no words of its own."""

    GAVE_UP = "gave_up", _("The work was interrupted twice and was given up. What is done stays; start it again for the rest.")
    UNEXPECTED = "unexpected", _("Something went wrong that should not. What is done stays; tell whoever runs Trellis.")


# The job that prints a kind lies in the app that owns its layout, the job that works off a kind in the app it works for.
# Rows name the kind; here a sweep reads which job to wake. Arguments: (organization_id, id of the row).
PRINTING_JOBS = {
    DocumentKind.IDP: "mentorship.jobs.print_development_plan",
    DocumentKind.DELIVERABLE: "programs.jobs.print_deliverable",
    DocumentKind.AGREEMENT: "mentorship.jobs.print_agreement",
    DocumentKind.CERTIFICATE: "assessments.jobs.print_certificate",
    DocumentKind.REPORT: "assessments.jobs.print_report",
}
LONG_JOBS = {
    JobKind.ENROLL: "programs.jobs.enroll_trainees",
    JobKind.IMPORT_PEOPLE: "organizations.jobs.import_people",
    JobKind.EXPORT: "assessments.jobs.export_report",
}
