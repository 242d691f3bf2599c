"""What must never be true of certificates, asked of the whole database by `manage.py integrity`."""

from organizations.integrity import Check

OF = "(%(organization)s::bigint IS NULL OR {0}.organization_id = %(organization)s)"

CHECKS = [
    Check(
        "certificate_says_what_was_decided",
        "a certificate names another level or trainee than the decision it stands on",
        f"""
        SELECT c.organization_id, c.id
        FROM assessments_certificate c
        JOIN assessments_decision d ON d.organization_id = c.organization_id AND d.id = c.decision_id
        JOIN programs_enrollment e ON e.organization_id = c.organization_id AND e.id = c.enrollment_id
        WHERE {OF.format("c")} AND (d.outcome NOT IN ('certified', 'kept') OR d.level <> c.level
            OR d.enrollment_id <> c.enrollment_id OR e.trainee_id <> c.holder_id)""",
    ),
    Check(
        "certificate_one_stands",
        "two certificates of one trainee's program stand: neither is revoked or replaced",
        f"""
        SELECT c.organization_id, c.enrollment_id
        FROM assessments_certificate c
        WHERE {OF.format("c")}
            AND NOT EXISTS (SELECT FROM assessments_certificaterevocation r
                WHERE r.organization_id = c.organization_id AND r.certificate_id = c.id)
            AND NOT EXISTS (SELECT FROM assessments_certificate n WHERE n.organization_id = c.organization_id AND n.replaces_id = c.id)
        GROUP BY c.organization_id, c.enrollment_id HAVING count(*) > 1""",
    ),
    Check(
        "certificate_public_word_is_true",
        "what the public check says of a certificate differs from its rows",
        f"""
        SELECT c.organization_id, c.id
        FROM assessments_certificate c
        LEFT JOIN documents_publicproof p
            ON p.organization_id = c.organization_id AND p.subject_kind = 'certificate' AND p.subject_id = c.id
        WHERE {OF.format("c")} AND (p.id IS NULL OR p.number <> c.number OR p.valid_until IS DISTINCT FROM c.expires_on
            OR (p.revoked_on IS NOT NULL) <> EXISTS (SELECT FROM assessments_certificaterevocation r
                WHERE r.organization_id = c.organization_id AND r.certificate_id = c.id))""",
    ),
]
