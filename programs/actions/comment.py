"""Say something about a deliverable to all who read it."""

from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from notifications.actions.notify import notify
from organizations.models import Member
from programs import paths
from programs.models import Comment, Deliverable
from programs.policies.running import may_comment
from programs.queries.relations import relations_of
from programs.vocabulary import Notice, Role

LONGEST = 4000


@transaction.atomic
def say(deliverable: Deliverable, body: str, *, by: Member, today: date, form_id: UUID | None = None) -> Comment:
    """Add a comment; the trainee and those who spoke before are told, the mentor too.

    A form that is sent again, because its answer was lost or a button was pressed twice, adds nothing and tells nobody: its
    first comment is answered. `form_id` names the form.

    Raises:
        PermissionDenied: `by` has nothing to do with this trainee.
        ValidationError: "empty", "too_long".
    """
    deliverable = Deliverable.objects.select_related("kind", "work__enrollment__cohort", "work__enrollment__trainee", "work__task").get(
        pk=deliverable.pk
    )
    enrollment = deliverable.work.enrollment
    relations = relations_of([enrollment], today)[enrollment.pk]
    if not may_comment(by, relations):
        raise PermissionDenied(_("Only the trainee and those who support them comment here."))
    body = body.strip()
    if not body:
        raise ValidationError({"body": ValidationError(_("Write something first."), code="empty")})
    if len(body) > LONGEST:
        raise ValidationError({"body": ValidationError(_("At most %(limit)s characters."), code="too_long", params={"limit": LONGEST})})
    try:
        with transaction.atomic():
            comment = Comment.objects.create(deliverable=deliverable, author=by, body=body, form_id=form_id)
    except IntegrityError:
        return Comment.objects.get(author=by, form_id=form_id)
    spoke = set(Comment.objects.filter(deliverable=deliverable).values_list("author_id", flat=True))
    told = (spoke | {enrollment.trainee_id} | relations.people.get(Role.MENTOR, frozenset())) - {by.pk}
    words = {"deliverable": deliverable.asked.name.data, "key": deliverable.kind.key, "by": by.name, "note": body[:200]}
    for member in Member.objects.active().filter(pk__in=told):
        notify(member, Notice.COMMENT, about=deliverable, path=paths.task(deliverable.work_id), words=words, key=str(comment.pk))
    return comment
