"""Many of one: a company's trainees copied to a hundred, the company to two hundred, by set-based SQL with moved ids.

As the superuser of the bench's own cluster, without triggers and key checks: what is copied was made by the actions,
and every key moves with what it points at.
"""

import psycopg
from django.apps import apps
from django.db.models import ForeignKey

from documents.models import StoredFile
from organizations.models import Member, Organization, User
from organizations.vocabulary import SubjectKind
from programs.models import Cohort

CLONE, TENANT = 10_000, 1_000_000  # how far ids move from clone to clone, and from tenant to tenant
PERSONAL = (
    "programs.Enrollment",
    "programs.SupportRole",
    "programs.PhaseProgress",
    "programs.TaskWork",
    "programs.CheckResult",
    "programs.Deliverable",
    "programs.Submission",
    "programs.SignOffStep",
    "programs.StepSigner",
    "programs.SignOff",
    "programs.Comment",
    "assessments.CertificationReview",
    "assessments.Rater",
    "notifications.Notification",
    "organizations.AuditEvent",
)
PERSONAL_KINDS = (
    SubjectKind.ENROLLMENT,
    SubjectKind.TASK_WORK,
    SubjectKind.DELIVERABLE,
    SubjectKind.SUBMISSION,
    SubjectKind.STEP,
    SubjectKind.PHASE,
    SubjectKind.REVIEW,
)
# What the other tenants go without: their history of notices and audit, and the words of what was handed in.
NOT_COPIED = {"organizations.AuditEvent", "organizations.AuditPayload", "notifications.Notification", "notifications.Delivery"}
EMPTY = {"programs.Submission": {"data": "'{}'::jsonb"}, "programs.SignOff": {"note": "''"}}


def _insert(model, values: dict[str, str], source: str) -> str:
    table = model._meta.db_table
    columns = [column.column for column in model._meta.local_concrete_fields]
    chosen = ", ".join(values.get(name, f't."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    return f'INSERT INTO "{table}" ({names}) OVERRIDING SYSTEM VALUE SELECT {chosen} FROM "{table}" t {source}'


def clone_trainees(db: psycopg.Connection, trainees: list[int], times: int) -> None:
    """Copy the trainees of the one tenant with all that is theirs, until there are `times` of each."""
    personal = {apps.get_model(name) for name in PERSONAL}
    first, last = min(trainees), max(trainees)
    moved = f"(c * {CLONE})"
    copies = f"CROSS JOIN generate_series(1, {times - 1}) c"
    db.execute(
        _insert(
            User,
            {"id": f"t.id + {moved}", "email": "c || '.' || t.email", "name": "t.name || c"},
            f"{copies} WHERE t.id IN (SELECT user_id FROM organizations_member WHERE id BETWEEN {first} AND {last}) ORDER BY c, t.id",
        )
    )
    own = {"id": f"t.id + {moved}", "user_id": f"t.user_id + {moved}", "email": "c || '.' || t.email", "name": "t.name || c"}
    own["sort_name"] = "t.sort_name || '.' || c"
    db.execute(_insert(Member, own, f"{copies} WHERE t.id BETWEEN {first} AND {last} ORDER BY c, t.id"))
    kinds = ", ".join(f"'{kind}'" for kind in PERSONAL_KINDS)
    for name in PERSONAL:
        model = apps.get_model(name)
        values, source = {"id": f"t.id + {moved}"}, copies
        for key in model._meta.local_concrete_fields:
            target = key.related_model if isinstance(key, ForeignKey) else None
            if target in personal:
                values[key.column] = f't."{key.column}" + {moved}'
            elif target is Member:
                values[key.column] = f't."{key.column}" + CASE WHEN t."{key.column}" BETWEEN {first} AND {last} THEN {moved} ELSE 0 END'
        if any(key.column == "subject_id" for key in model._meta.local_concrete_fields):
            values["subject_id"] = f"t.subject_id + {moved}"
            source += f" WHERE t.subject_kind IN ({kinds})"
        if name == "notifications.Notification":
            values["dedup_key"] = "t.dedup_key || '.' || c"
        db.execute(_insert(model, values, f"{source} ORDER BY c, t.id"))


def clone_tenants(db: psycopg.Connection, organization: int, count: int) -> None:
    """Copy the one tenant until there are `count`: people, programs and work; not what NOT_COPIED names."""
    others = f"generate_series({organization + 1}, {organization + count - 1})"
    db.execute(_insert(Organization, {"id": "k", "slug": "t.slug || '-' || k"}, f"CROSS JOIN {others} k"))
    by = f"((k - {organization}) * {TENANT}::bigint)"
    for model in _tenant_models():
        if model._meta.label in NOT_COPIED or model is StoredFile:
            continue
        values = {"id": f"t.id + {by}", "organization_id": "k"} | EMPTY.get(model._meta.label, {})
        for key in model._meta.local_concrete_fields:
            if isinstance(key, ForeignKey) and key.name != "organization":
                values[key.column] = f't."{key.column}" + {by}'
        if model is Member:
            values["user_id"] = "NULL::bigint"  # they never sign in
        db.execute(_insert(model, values, f"CROSS JOIN {others} k ORDER BY k, t.id"))


def _tenant_models() -> list:
    tenants = [model for model in apps.get_models() if any(key.name == "organization" for key in model._meta.local_concrete_fields)]
    return sorted(tenants, key=lambda model: (model is not Member, model is not Cohort))


def move_sequences(db: psycopg.Connection) -> None:
    """New rows come after all copies."""
    for model in (*_tenant_models(), User, Organization):
        table = model._meta.db_table
        db.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), greatest((SELECT max(id) FROM \"{table}\"), 1))")
