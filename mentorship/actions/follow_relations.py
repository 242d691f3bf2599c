"""Keep pairings in step with SupportRole, which alone says who the mentor is.

HR may name a mentor without proposing anything: at enrolling, or on the page of the trainee's people. That is a proposal
which HR accepts for both, so an active pairing comes of it (`named`), with agreement, meetings and C3 like any other; from
the moment the mentor was named its rhythm counts. Where HR names someone else instead, the old pairing is over. programs
cannot call up here, so the sweep does this for everybody, and a page does it for those whom it shows.
"""

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from mentorship.actions.end_pairing import close
from mentorship.actions.running_pairing import label, locked
from mentorship.models import Pairing
from mentorship.rules.pairing_states import RUNNING, WAITING
from mentorship.vocabulary import PairingState
from organizations.actions.record_audit import record, record_many
from organizations.models import Member
from organizations.vocabulary import AuditAction, SubjectKind
from programs.models import Enrollment, SupportRole
from programs.vocabulary import EnrollmentState, Role

GOES_ON = [EnrollmentState.ACTIVE, EnrollmentState.PAUSED, EnrollmentState.COMPLETED]


def of_person(member: Member) -> QuerySet[Enrollment]:
    """The enrollments in which this person is trainee or mentor, or was until someone else was named."""
    named = SupportRole.objects.filter(enrollment=OuterRef("pk"), role=Role.MENTOR, member=member, ended_at__isnull=True)
    paired = Pairing.objects.live().filter(enrollment=OuterRef("pk"), mentor=member)
    return Enrollment.objects.filter(Q(trainee=member) | Exists(named) | Exists(paired))


def keep_in_step(enrollments: QuerySet[Enrollment]) -> int:
    """Bring the pairings of these enrollments up to who is named as mentor; how many were not. One query where all is well."""
    found = list(_out_of_step(enrollments))
    if not found:
        return 0
    new = [enrollment for enrollment in found if enrollment.live_state is None]
    changed = _pair_all(new)
    return changed + sum(_follow(enrollment) for enrollment in found if enrollment.live_state is not None)


def _pair_all(enrollments: list[Enrollment]) -> int:
    """A pairing for each, in few statements however many they are: the first sweep after a whole company was enrolled."""
    named: dict[int, SupportRole] = {}
    holders = SupportRole.objects.filter(enrollment__in=enrollments, role=Role.MENTOR, ended_at__isnull=True)
    for support in holders.select_related("member", "enrollment__trainee").order_by("since", "pk"):
        named.setdefault(support.enrollment_id, support)
    try:
        with transaction.atomic():
            pairings = Pairing.objects.bulk_create([_of(support) for support in named.values()], batch_size=2000)
    except IntegrityError:
        return sum(_follow(enrollment) for enrollment in enrollments)  # another page is doing some of them just now
    labels = [(pairing.pk, f"{named[pairing.enrollment_id].enrollment.trainee.name} · {pairing.mentor.name}") for pairing in pairings]
    record_many(AuditAction.PAIRING_CHANGED, SubjectKind.PAIRING, labels, by=None)
    return len(pairings)


def _of(support: SupportRole) -> Pairing:
    return Pairing(
        enrollment_id=support.enrollment_id,
        mentor=support.member,
        state=PairingState.ACTIVE,
        named=True,
        proposed_at=support.since,
        started_at=support.since,
    )


def _out_of_step(enrollments: QuerySet[Enrollment]) -> QuerySet[Enrollment]:
    mentors = SupportRole.objects.filter(role=Role.MENTOR, ended_at__isnull=True)
    live = Pairing.objects.live().filter(enrollment=OuterRef("pk"))
    agreeing = live.filter(Exists(mentors.filter(enrollment=OuterRef("enrollment_id"), member=OuterRef("mentor_id"))))
    is_running, is_waiting = Q(live_state__in=sorted(RUNNING)), Q(live_state__in=sorted(WAITING))
    goes_on, named = Q(state__in=GOES_ON), Q(is_named=True)
    return (
        enrollments.annotate(
            live_state=Subquery(live.values("state")[:1]),
            is_named=Exists(mentors.filter(enrollment=OuterRef("pk"))),
            agrees=Exists(agreeing),
        )
        .filter(
            (is_running & (Q(agrees=False) | ~goes_on)) | (is_waiting & (named | ~goes_on)) | (Q(live_state__isnull=True) & named & goes_on)
        )
        .order_by("pk")
    )


@transaction.atomic
def _follow(enrollment: Enrollment) -> bool:
    """Settle one enrollment; False where another page was faster."""
    goes_on = enrollment.state in GOES_ON
    mentors = _mentors(enrollment) if goes_on else []
    pairing = Pairing.objects.live().filter(enrollment=enrollment).first()
    if pairing is not None:
        pairing = locked(pairing)
        if pairing.is_running and any(named.member_id == pairing.mentor_id for named in mentors):
            return False
        own = next((named for named in mentors if named.member_id == pairing.mentor_id), None)
        if pairing.state in WAITING and own is not None:
            _begin(pairing, own)
            return True
        if not pairing.is_live or (pairing.state in WAITING and goes_on and not mentors):
            return False
        close(pairing, "", by=None)
    made = bool(mentors) and _pair(mentors[0])
    return made or pairing is not None


def _mentors(enrollment: Enrollment) -> list[SupportRole]:
    """Who is named as mentor, the longest first: with several, the pairing is with the first."""
    named = SupportRole.objects.filter(enrollment=enrollment, role=Role.MENTOR, ended_at__isnull=True)
    return list(named.select_related("member").order_by("since", "pk"))


def _begin(pairing: Pairing, named: SupportRole) -> None:
    """HR has named the very mentor who was proposed."""
    before = pairing.state
    pairing.state, pairing.started_at, pairing.named = PairingState.ACTIVE, named.since, True
    pairing.save(update_fields=["state", "started_at", "named"])
    record(AuditAction.PAIRING_CHANGED, pairing, by=None, label=label(pairing), before={"state": before}, after={"state": pairing.state})


def _pair(named: SupportRole) -> bool:
    try:
        with transaction.atomic():
            pairing = _of(named)
            pairing.save()
    except IntegrityError:
        return False  # another page has just done it
    record(AuditAction.PAIRING_CHANGED, pairing, by=None, label=label(pairing), after={"state": pairing.state})
    return True
