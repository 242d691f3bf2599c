"""Change what a draft says, one part at a time."""

from collections.abc import Mapping
from hashlib import sha256

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, ForeignKey, JSONField
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from organizations import clock
from organizations.actions.record_audit import record
from organizations.localized import LocalizedCharField, LocalizedTextField
from organizations.models import Member
from organizations.vocabulary import AuditAction
from programs.models import Prerequisite, ProgramTemplate, TaskDefinition, TemplateVersion
from programs.policies.design import may_design
from programs.queries.version_content import MODELS, load_content
from programs.rules import pillar_weights, prerequisites, version_states
from programs.rules.content_hash import canonical
from programs.rules.version_content import KINDS, Content, Part
from programs.vocabulary import Anchor

# Their content is checked by rules, and a draft may leave them empty.
UNCHECKED = (LocalizedCharField, LocalizedTextField, JSONField, ForeignKey)
LONGEST_NAME = 200
LONGEST_TEXT = 10_000


@transaction.atomic
def edit_part(
    version: TemplateVersion, kind: str, key: str, values: Mapping[str, object], *, by: Member, revision: int, seen: str = ""
) -> TemplateVersion:
    """Write new values into one part of a draft; `kind` "version" and no key: into the draft itself.

    Texts are {"zh-hans": …, "en": …}; `requires` and `anchor_task` name tasks by key. `revision` and `seen`
    (a fingerprint of the values edited) say what the person had before them. Writing what is there already changes
    nothing, so a form may be sent twice.

    Raises:
        PermissionDenied: `by` is no HR director.
        ValidationError: "is_final", it was published meanwhile; "part_gone", someone removed it; "stale", someone else
            changed the same values; a dictionary by column where a value cannot be.
    """
    version, content = open_draft(version, by=by)
    part = content if kind == "version" else content.find(kind, key)
    if part is None:
        raise ValidationError(_("Someone removed %(key)s while you were editing it."), code="part_gone", params={"key": key})
    before = {name: getattr(part, name) for name in values}
    changed = {name: value for name, value in values.items() if value != before[name]}
    if not changed:
        return version
    if revision != version.revision and seen != fingerprint(before):
        raise ValidationError(_("Someone else changed this after you opened it."), code="stale")
    _check_texts(changed)
    if kind == "task":
        _check_task(content, part, changed)
    row = version if kind == "version" else MODELS[KINDS[kind]][0].objects.get(version=version, key=key)
    _write(row, version, changed)
    return touch(
        version, by=by, label=f"{version.template} · {key or version.number}", before={n: before[n] for n in changed}, after=changed
    )


@transaction.atomic
def rename_template(template: ProgramTemplate, name: Mapping[str, str], *, by: Member) -> None:
    """Give a template another name. It belongs to all its versions.

    Raises:
        PermissionDenied: `by` is no HR director.
        ValidationError: "name_missing"; "too_long".
    """
    _must_design(by)
    check_name(name)
    before = template.name.data
    if before == dict(name):
        return
    template.name = LazyI18nString(dict(name))
    template.save(update_fields=["name"])
    record(AuditAction.TEMPLATE_EDITED, template, by=by, before={"name": before}, after={"name": dict(name)})


def open_draft(version: TemplateVersion, *, by: Member, revision: int | None = None) -> tuple[TemplateVersion, Content]:
    """Lock a draft for a change and read it; with `revision`, only as the person saw it.

    Raises:
        PermissionDenied: `by` is no HR director.
        ValidationError: "is_final"; "stale".
    """
    _must_design(by)
    # Locked before the check: two directors may save at the same moment, and nobody may publish in between.
    version = TemplateVersion.objects.select_for_update(of=["self"]).select_related("template").get(pk=version.pk)
    if not version_states.may_be_edited(version.state):
        message = _("Version %(number)s is published and final. Start the next draft to change it.")
        raise ValidationError(message, code="is_final", params={"number": version.number})
    if revision is not None and revision != version.revision:
        raise ValidationError(_("The draft was changed after you opened this page. Look at it again."), code="stale")
    return version, load_content([version.pk])[version.pk]


def touch(version: TemplateVersion, *, by: Member, label: str, before: dict, after: dict) -> TemplateVersion:
    """Count the edit and leave its entry in the audit trail."""
    TemplateVersion.objects.filter(pk=version.pk).update(revision=F("revision") + 1, edited_at=clock.now())
    version.refresh_from_db(fields=["revision", "edited_at"])
    record(AuditAction.TEMPLATE_EDITED, version, by=by, label=label, before=before, after=after)
    return version


def fingerprint(values: Mapping[str, object]) -> str:
    """A short mark of values, to see whether they are still as someone saw them."""
    return sha256(canonical({name: values[name] for name in sorted(values)})).hexdigest()[:16]


def _must_design(by: Member) -> None:
    if not may_design(by):
        raise PermissionDenied(_("Only the HR director shapes programs. Ask them for the change."))


def check_name(name: Mapping[str, str]) -> None:
    """Whether something can be called so.

    Raises:
        ValidationError: "name_missing"; "too_long".
    """
    _check_texts({"name": name})


def _check_texts(values: Mapping[str, object]) -> None:
    for name, value in values.items():
        texts = value.values() if isinstance(value, Mapping) else ()
        longest = LONGEST_NAME if name == "name" else LONGEST_TEXT
        if name == "name" and not any(str(text).strip() for text in texts):
            raise ValidationError({name: ValidationError(_("Write the name in at least one language."), code="name_missing")})
        if any(len(text) > longest for text in texts if isinstance(text, str)):
            message = _("Shorten this to %(limit)s characters.")
            raise ValidationError({name: ValidationError(message, code="too_long", params={"limit": longest})})


def _check_task(content: Content, task: Part, changed: Mapping[str, object]) -> None:
    after = vars(task) | dict(changed)
    if not pillar_weights.is_whole([after["weight_1"], after["weight_2"], after["weight_3"]]):
        raise ValidationError({"weight_1": ValidationError(_("The three weights must add up to 100."), code="weights_not_whole")})
    known = {one.key for one in content.tasks} - {task.key}
    requires = {one.key: one.requires for one in content.tasks} | {task.key: after["requires"]}
    if not known.issuperset(after["requires"]):
        raise ValidationError({"requires": ValidationError(_("Choose tasks of this draft, and not this one."), code="unknown_task")})
    if "requires" in changed and (circle := prerequisites.find_circle(requires)):
        raise ValidationError({"requires": ValidationError(_circle(circle), code="circle")})
    begins = {one.key: [one.anchor_task] for one in content.tasks if one.anchor == Anchor.TASK} | {
        task.key: [after["anchor_task"]] if after["anchor"] == Anchor.TASK else []
    }
    if after["anchor"] == Anchor.TASK and after["anchor_task"] not in known:
        raise ValidationError({"anchor_task": ValidationError(_("Choose the task it begins from."), code="unknown_anchor")})
    if circle := prerequisites.find_circle(begins):
        raise ValidationError({"anchor_task": ValidationError(_circle(circle), code="circle")})


def _circle(keys: list[str]) -> str:
    return _("These would wait for each other for ever: %(way)s.") % {"way": " → ".join([*keys, keys[0]])}


def _write(row, version: TemplateVersion, changed: Mapping[str, object]) -> None:
    columns = []
    for name, value in changed.items():
        if name == "requires":
            _write_requires(row, version, value)
            continue
        columns.append(name)
        if name == "anchor_task":
            value = TaskDefinition.objects.get(version=version, key=value) if value else None
        elif isinstance(row._meta.get_field(name), LocalizedCharField | LocalizedTextField):
            value = LazyI18nString({language: text for language, text in value.items() if text})
        setattr(row, name, value)
    # Choices, ranges and types, as the columns hold them; a text may be empty in a draft.
    checked = {name for name in columns if not isinstance(row._meta.get_field(name), UNCHECKED)}
    row.clean_fields(exclude={field.name for field in row._meta.fields} - checked)
    if columns:
        row.save(update_fields=columns)


def _write_requires(row: TaskDefinition, version: TemplateVersion, keys: list[str]) -> None:
    Prerequisite.objects.filter(task=row).exclude(requires__key__in=keys).delete()
    there = set(Prerequisite.objects.filter(task=row).values_list("requires__key", flat=True))
    needed = TaskDefinition.objects.filter(version=version, key__in=set(keys) - there)
    Prerequisite.objects.bulk_create(Prerequisite(version=version, task=row, requires=one) for one in needed)
