"""Every form of the site, filled in by someone who means harm: no crash, no tale told, no markup let in, no other company touched.

`HOSTILE_SEED=1 HOSTILE_REQUESTS=500 pytest tests/everywhere/test_hostile_input.py` repeats a run.
"""

import copy
import gc
import logging
import os
import random
import re
from collections import Counter, defaultdict
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from organizations.actions import invite
from organizations.invitation_links import make_link
from organizations.models import Member, Organization, User
from organizations.tenancy import TenantModel, tenant
from programs.models import Deliverable, SignOffStep, TaskWork
from programs.vocabulary import TaskState
from tests import servers
from tests.everywhere.addresses import addresses
from tests.everywhere.hostile import HEADERS, MARK, Hostile, told
from tests.everywhere.met_forms import MetForm, meet
from tests.everywhere.test_tenant_walk import values_for
from tests.factories.programs import builtin_version, draft_version, enroll_cast, make_cohort

pytest_plugins = ["tests.everywhere.company"]

REQUESTS = int(os.environ.get("HOSTILE_REQUESTS", "400"))  # under a minute; the long run has its own figure
MANY_REQUESTS = int(os.environ.get("HOSTILE_REQUESTS", "100000"))
# The short run is the same for everybody: what it finds was changed by the change at hand. The long run goes where none went before.
SEED = int(os.environ.get("HOSTILE_SEED") or 11)
ANY_SEED = int(os.environ.get("HOSTILE_SEED") or random.SystemRandom().randrange(10**6))
# Who tries, and how many pages of a kind each looks through: the peer's tasks hold D1 to D20, the director's templates all editors.
ROLES = {
    "peer": {"programs:task": 45},
    "trainee": {"programs:task": 2},
    "mentor": {"programs:sign_off": 3},
    "manager": {},
    "director": {"programs:template": 8},
    "admin": {},
}
MOST_FOLLOWED = 3  # redirects that one form's answers are followed to in the short run; the long run follows all
# One leaves by these; what they ask for is nothing.
LEFT_OUT = {"account_logout"}
ENDS = {"organizations:end_membership", "programs:remove_part", "programs:publish_version"}
PLANTED = f"<i onclick={MARK}()>"  # short enough for every text
PUBLIC = ("/accounts/login/", "/accounts/login/number/", "/accounts/password/reset/", "/verify/")


@pytest.fixture
def clients(cast, company) -> dict[str, Client]:
    """Everyone signed in; and somebody who is not. The peer runs through the built-in programme, with every task open."""
    enrollment = enroll_cast(cast, make_cohort(cast, version=builtin_version(cast), name="全程班"), trainee=cast.peer)
    TaskWork.objects.filter(enrollment=enrollment, state=TaskState.LOCKED).update(state=TaskState.OPEN)
    clients = {role: cast.sign_in(Client(raise_request_exception=False), cast.people[role]) for role in ROLES}
    return clients | {"nobody": Client(raise_request_exception=False)}


def starts(cast, company) -> list[str]:
    """Where a walk begins: every address that names something of the company, and every task and step of it."""
    pages = [address.path(**values_for(address, company)) for address in addresses() if address.is_tenant and not address.public]
    pages += [cast.url(f"tasks/{work}/") for work in Deliverable.objects.values_list("work_id", flat=True).distinct()]
    pages += [cast.url(f"signoffs/{step}/") for step in SignOffStep.objects.values_list("pk", flat=True)]
    return [cast.url(), *pages, "/accounts/profile/", "/accounts/email/", "/accounts/password/change/"]


@pytest.fixture
def closed() -> set[tuple[str, str]]:
    """Pages by role that were refused; who walks again need not try them."""
    return set()


@pytest.fixture
def forms(cast, company, clients, closed) -> list[MetForm]:
    """Each form once, by the first who meets it; and the POST addresses that no page's form leads to."""
    met: dict[tuple, MetForm] = {}
    new = Member.objects.create(name="新来", email="new@hengyue.example", roles=["member"])
    invited = urlsplit(make_link(invite.send(new, by=cast.admin), cast.organization.slug)).path
    for role, client in clients.items():
        start = starts(cast, company) if role in ROLES else [*PUBLIC, invited]

        def look(path, answer, role=role) -> None:
            if answer.status_code >= 400:
                closed.add((role, path))

        for form in meet(client, role, start, ROLES.get(role, {}), look):
            if form.view and form.view not in LEFT_OUT:
                met.setdefault(form.kind, form)
    known = {form.view for form in met.values()}
    names = sorted({name for form in met.values() for name in form.values if len(form.values) < 12})
    for address in addresses():
        if address.is_tenant and not address.public and address.name not in known:
            path = address.path(**values_for(address, company))
            if role := who_may_post(clients, path):
                met[address.name] = MetForm(role, path, path, "post", {name: ["1"] for name in names[:40]})
    return list(met.values())


def who_may_post(clients, path: str) -> str:
    """The first role that the address answers; empty where it takes no POST."""
    for role in ROLES:
        with transaction.atomic():
            status = clients[role].post(path).status_code
            transaction.set_rollback(True)
        if status not in (403, 404, 405):
            return role
    return ""


class Rival:
    """The other company's rows, and what is nobody's, as one figure; and ids of its own."""

    def __init__(self, cast):
        self.pk = cast.rival.pk
        with tenant(self.pk):
            version = draft_version("对手方案")
            self.ids = [cast.outsider.pk, self.pk, version.pk, version.template_id, *version.tasks.values_list("pk", flat=True)]
        tables = [model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)]
        self.sql = "SELECT " + ", ".join(
            f"(SELECT md5(coalesce(string_agg(t::text, ',' ORDER BY id), '')) FROM \"{table}\" t)" for table in tables
        )
        self.kept = self.now()

    def now(self) -> tuple:
        with tenant(self.pk), connection.cursor() as cursor:
            cursor.execute(self.sql)
            users = User.objects.filter(email__endswith="@rival.example").values_list("email", "name", "password", "is_active")
            return cursor.fetchone(), list(users), Organization.objects.filter(pk=self.pk).values().get()


def attack(client: Client, form: MetForm, hostile: Hostile):
    """One hostile request."""
    headers, path = hostile.random.choice(HEADERS), hostile.path(form.action)
    if form.method == "post" and hostile.random.random() < 0.03:
        content, kind = hostile.body()
        return client.generic("POST", path, content, kind, headers=headers)
    send = client.post if form.method == "post" else client.get
    return send(path, hostile.fields(form), headers=headers)


def judge(answer, client: Client, follow: bool = True) -> list[str]:
    """What is wrong with an answer and, to `follow`, with the page that it leads to."""
    wrong = [f"status {answer.status_code}"] if answer.status_code >= 500 else []
    if not answer.streaming:
        wrong += told(answer)
    goes = answer.headers.get("Location", "")
    if urlsplit(goes).netloc or urlsplit(goes).scheme or re.search(r"[<>\"'\s\\]", goes):
        wrong.append(f"leads to {goes[:200]}")
    if follow and answer.status_code == 302 and goes.startswith("/"):
        after = client.get(goes)
        wrong += [f"then status {after.status_code}"] if after.status_code >= 500 else []
        wrong += [] if after.streaming else [f"then {each}" for each in told(after)]
    return wrong


def run(cast, clients, forms, requests: int, seed: int) -> tuple[dict[str, str], Counter]:
    """So many hostile requests, each taken back after it was looked at; what was wrong, one line of each kind, and all statuses."""
    rival = Rival(cast)
    hostile = Hostile(seed, rival.ids)
    signed_in = {role: copy.copy(client.cookies) for role, client in clients.items()}
    wrong, statuses, followed = {}, Counter(), Counter()
    most_followed = requests if requests > REQUESTS else MOST_FOLLOWED
    by_view = defaultdict(list)
    for form in forms:
        by_view[form.view].append(form)
    views = sorted(by_view)
    gc.freeze()  # what was made so far stays: looked through at each collection it costs a tenth of the run
    logging.disable(logging.CRITICAL)  # every refusal is a line there
    try:
        for number in range(requests):
            # Each form once; then each address alike, else it were mostly the forms of D1 to D20.
            form = forms[number] if number < len(forms) else hostile.random.choice(by_view[hostile.random.choice(views)])
            servers.forget_jobs_and_cache()  # nor are limits what is tried here
            saved = transaction.savepoint()
            answer = attack(clients[form.role], form, hostile)
            followed[form.kind] += answer.status_code == 302
            found = judge(answer, clients[form.role], followed[form.kind] <= most_followed)
            if answer.status_code < 400 and form.method == "post" and rival.now() != rival.kept:
                found.append("the other company's rows changed")
            transaction.savepoint_rollback(saved)
            clients[form.role].cookies = copy.copy(signed_in[form.role])  # a session that was renewed is taken back as well
            statuses[answer.status_code] += 1
            kind = f"{form.view} {getattr(answer, 'exc_info', None) or ['']} {found[:1]}"[:300]
            if found and kind not in wrong:
                wrong[kind] = f"{number}: {form} {found}"[:600]
                print(kind, wrong[kind], flush=True)  # noqa: T201
    finally:
        logging.disable(logging.NOTSET)
        gc.unfreeze()
    return wrong, statuses


def plant(clients, forms) -> int:
    """Markup into every text that one may type, and kept wherever it is taken; how many forms took it."""
    taken = 0
    for form in forms:
        if form.method != "post" or form.view in ENDS or not form.texts:
            continue
        one_by_one = [[name] for name in form.texts] if len(form.texts) < 12 else []
        for names in [form.texts, *one_by_one]:
            with transaction.atomic():
                sent = form.values | {name: [PLANTED] for name in names}
                answer = clients[form.role].post(form.action, sent)
                transaction.set_rollback(answer.status_code >= 400)
            if answer.status_code < 400:
                taken += 1
                break
    return taken


def planted_pages(cast, company, clients, closed) -> tuple[dict[str, list[str]], int]:
    """Every page of every role after that: where it became markup, and how many pages show it as the text it is."""
    wrong, shown = {}, []

    def look(path, answer) -> None:
        if found := [] if answer.streaming else told(answer) + ([f"status {answer.status_code}"] if answer.status_code >= 500 else []):
            wrong[path] = found
        shown.extend([path] if not answer.streaming and MARK.encode() in answer.content else [])

    for role, many in ROLES.items():
        start = [path for path in starts(cast, company) if (role, path) not in closed]
        list(meet(clients[role], role, start, many, look))
    return wrong, len(shown)


@pytest.mark.long
@pytest.mark.parametrize(
    ("requests", "seed"), [(REQUESTS, SEED), pytest.param(MANY_REQUESTS, ANY_SEED, marks=pytest.mark.proof)], ids=["some", "many"]
)
def test_hostile_input_is_refused_and_harms_nobody(cast, company, clients, forms, closed, requests, seed):
    print(f"HOSTILE_SEED={seed} HOSTILE_REQUESTS={requests}, {len(forms)} forms", flush=True)  # noqa: T201
    wrong, statuses = run(cast, clients, forms, requests, seed)
    print(dict(statuses))  # noqa: T201
    assert wrong == {}
    assert statuses[422] > requests / 20 and statuses[302] > requests / 20  # it was forms that were tried, not closed doors

    taken = plant(clients, forms)
    wrong, shown = planted_pages(cast, company, clients, closed)
    print(f"{taken} forms took markup, {shown} pages show it")  # noqa: T201
    assert wrong == {}
    assert taken > 15 and shown > 15
