"""What must never be true of pairings, asked of the whole database by `manage.py integrity`. Numbers: security reference, part 4."""

from organizations.integrity import Check

OF = "(%(organization)s::bigint IS NULL OR {0}.organization_id = %(organization)s)"

CHECKS = [
    Check(
        "mentorship_15_signatures_name_what_was_signed",
        "a signature names other content than its agreement has, or is by someone who is not that one of the two",
        f"""
        SELECT s.organization_id, s.id, a.id
        FROM mentorship_agreementsignature s
        JOIN mentorship_agreement a ON a.organization_id = s.organization_id AND a.id = s.agreement_id
        JOIN mentorship_pairing p ON p.organization_id = a.organization_id AND p.id = a.pairing_id
        JOIN programs_enrollment e ON e.organization_id = p.organization_id AND e.id = p.enrollment_id
        WHERE {OF.format("s")} AND (s.content_hash <> a.content_hash
            OR s.member_id <> CASE s.role WHEN 'mentor' THEN p.mentor_id ELSE e.trainee_id END)""",
    ),
    Check(
        "mentorship_15_no_appointment_without_meeting",
        "a trainee's home shows a meeting that is not planned",
        f"""
        SELECT a.organization_id, a.id, a.subject_id
        FROM programs_appointment a
        LEFT JOIN mentorship_meeting m ON m.organization_id = a.organization_id AND m.id = a.subject_id
        WHERE {OF.format("a")} AND a.subject_kind = 'meeting' AND m.state IS DISTINCT FROM 'planned'""",
    ),
    Check(
        "mentorship_private_notes_are_by_one_of_the_two",
        "a private note is by someone who is neither mentor nor trainee of the meeting",
        f"""
        SELECT n.organization_id, n.id, m.id
        FROM mentorship_privatenote n
        JOIN mentorship_meeting m ON m.organization_id = n.organization_id AND m.id = n.meeting_id
        JOIN mentorship_pairing p ON p.organization_id = m.organization_id AND p.id = m.pairing_id
        JOIN programs_enrollment e ON e.organization_id = p.organization_id AND e.id = p.enrollment_id
        WHERE {OF.format("n")} AND n.author_id NOT IN (p.mentor_id, e.trainee_id)""",
    ),
]
