"""The least a "my program" page can do: the floor that Trellis' pages are put beside (see ../README.md).

One file, Django alone: a signed-in user, one transaction with a tenant setting under row-level security, five reads,
one translated template of about 60 rows. No policies, no forms, no audit, no HTTP caching.
"""

import io
import os
from pathlib import Path

import django
from django.conf import settings

LOADERS = [
    ("django.template.loaders.cached.Loader", [("django.template.loaders.filesystem.Loader", [Path(__file__).parent / "templates"])])
]
settings.configure(
    SECRET_KEY="bench-only",
    DEBUG=False,
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions", __name__],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "reference",
            "USER": os.environ.get("PGUSER", "reference_app"),
            "HOST": os.environ["PGHOST"],
            "OPTIONS": {"pool": {"min_size": 2, "max_size": 8}},
        }
    },
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth"],
                "loaders": LOADERS,
            },
        }
    ],
    LANGUAGE_CODE="zh-hans",
    USE_TZ=True,
    TIME_ZONE="Asia/Shanghai",
    LOGIN_REDIRECT_URL="/me/",
    LOGIN_URL="/login/",
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],  # a cheap sign-in: it is not what is measured
)
django.setup()

from django.contrib.auth.decorators import login_required  # noqa: E402  models need the settings above
from django.contrib.auth.views import LoginView  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.http import Http404, HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402


class Membership(models.Model):
    user_id, organization_id = models.IntegerField(), models.IntegerField()

    class Meta:
        db_table, managed = "membership", False

    def __str__(self):
        return str(self.user_id)


class TenantRow(models.Model):
    organization_id = models.IntegerField()

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.pk)


class Enrollment(TenantRow):
    user_id, name, cohort, started = models.IntegerField(), models.TextField(), models.TextField(), models.DateField()

    class Meta:
        db_table, managed = "enrollment", False


class Task(TenantRow):
    enrollment = models.ForeignKey(Enrollment, models.DO_NOTHING)
    phase, pillar, position = models.SmallIntegerField(), models.SmallIntegerField(), models.SmallIntegerField()
    title, state, due, submitted = models.TextField(), models.TextField(), models.DateField(), models.DateTimeField()

    class Meta:
        db_table, managed = "task", False


class Feedback(TenantRow):
    enrollment_id, author, body, created = models.IntegerField(), models.TextField(), models.TextField(), models.DateTimeField()

    class Meta:
        db_table, managed = "feedback", False


class Meeting(TenantRow):
    enrollment_id, starts, place = models.IntegerField(), models.DateTimeField(), models.TextField()

    class Meta:
        db_table, managed = "meeting", False


def tenant_page(view):
    """Membership, then one transaction with the tenant set for its length; templates render inside it."""

    @login_required
    def wrapped(request, *args):
        organization = Membership.objects.values_list("organization_id", flat=True).get(user_id=request.user.pk)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('app.organization_id', %s, true)", [str(organization)])
            return view(request, *args)

    return wrapped


@tenant_page
def me(request):
    """One trainee's 40 tasks, sums by pillar, ten notes, the next meeting."""
    enrollment = Enrollment.objects.get(user_id=request.user.pk)
    mine = {"enrollment_id": enrollment.pk, "organization_id": enrollment.organization_id}
    sums = Task.objects.filter(**mine).values("pillar")
    sums = sums.annotate(n=models.Count("id"), done=models.Count("id", models.Q(state="approved"))).order_by("pillar")
    context = {
        "enrollment": enrollment,
        "tasks": list(Task.objects.filter(**mine).order_by("position")),
        "pillars": list(sums),
        "feedback": list(Feedback.objects.filter(**mine).order_by("-created")[:10]),
        "today": timezone.localdate(),
        "meeting": Meeting.objects.filter(**mine, starts__gte=timezone.now()).order_by("starts").first(),
    }
    return render(request, "me.html", context)


@tenant_page
def queue(request):
    """25 submitted deliverables that wait longest, of all of the tenant's, with trainee's name."""
    waiting = Task.objects.filter(state="submitted")
    tasks = list(waiting.select_related("enrollment").order_by("submitted")[:25])
    return render(request, "queue.html", {"count": waiting.count(), "tasks": tasks})


@tenant_page
def people(request):
    """50 trainees of the tenant by name, each with tasks done and tasks late."""
    late = models.Q(task__state="open", task__due__lt=timezone.localdate())
    rows = Enrollment.objects.annotate(done=models.Count("task", models.Q(task__state="approved")), late=models.Count("task", late))
    return render(request, "people.html", {"count": Enrollment.objects.count(), "people": list(rows.order_by("name")[:50])})


@tenant_page
def export(request):
    """All 4,000 task rows of the tenant as xlsx."""
    import xlsxwriter

    out = io.BytesIO()
    columns = ("enrollment__name", "phase", "pillar", "title", "state", "due")
    with xlsxwriter.Workbook(out, {"constant_memory": True, "in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(Task.objects.order_by("enrollment_id", "position").values_list(*columns).iterator(2000)):
            sheet.write_row(number, 0, row)
    return HttpResponse(out.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")


@tenant_page
def task(request, pk):
    """Only an address to link to."""
    raise Http404


urlpatterns = [
    path("login/", LoginView.as_view(template_name="login.html"), name="login"),
    path("ping/", lambda request: HttpResponse("ok")),
    path("me/", me, name="me"),
    path("queue/", queue, name="queue"),
    path("people/", people, name="people"),
    path("export.xlsx", export, name="export"),
    path("task/<int:pk>/", task, name="task"),
]
application = get_wsgi_application()
