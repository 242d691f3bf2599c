"""What must never be true of reviews, asked of the whole database by `manage.py integrity`. Numbers: security reference, part 4."""

from organizations.integrity import Check

CHECKS = [
    Check(
        "review_link_to_raters_is_destroyed",
        "a cycle is closed, but an answer still hangs on its rater, or a link still opens",
        """
        SELECT r.organization_id, r.id
        FROM assessments_rater r
        JOIN assessments_certificationreview v ON v.organization_id = r.organization_id AND v.id = r.review_id
        JOIN assessments_reviewcycle c ON c.organization_id = v.organization_id AND c.id = v.cycle_id
        LEFT JOIN assessments_feedbackdraft d ON d.organization_id = r.organization_id AND d.rater_id = r.id
        WHERE (%(organization)s::bigint IS NULL OR r.organization_id = %(organization)s)
          AND c.state <> 'open' AND (d.id IS NOT NULL OR r.token_hash <> '')""",
    ),
    Check(
        "review_results_only_after_the_close",
        "a cycle is open, but a figure of its results stands",
        """
        SELECT s.organization_id, s.id
        FROM assessments_resultcell s
        JOIN assessments_certificationreview v ON v.organization_id = s.organization_id AND v.id = s.review_id
        JOIN assessments_reviewcycle c ON c.organization_id = v.organization_id AND c.id = v.cycle_id
        WHERE (%(organization)s::bigint IS NULL OR s.organization_id = %(organization)s) AND c.state = 'open'""",
    ),
    Check(
        "review_cells_follow_from_answers",
        "a group's figure is not of as many answers as are kept of it",
        """
        SELECT s.organization_id, s.id
        FROM assessments_resultcell s
        WHERE (%(organization)s::bigint IS NULL OR s.organization_id = %(organization)s)
          AND s.n IS NOT NULL AND s.unit <> 'overall' AND s.item LIKE 'F%%' AND s.n <> (
            SELECT count(*) FROM assessments_feedbackanswer a
            WHERE a.organization_id = s.organization_id AND a.review_id = s.review_id AND a.unit = s.unit
              AND coalesce((a.scores ->> s.item)::int, 0) > 0)""",
    ),
    Check(
        "review_votes_name_its_file",
        "a vote or a decision is on another file than the one that stands",
        """
        SELECT v.organization_id, v.id
        FROM assessments_certificationreview v
        WHERE (%(organization)s::bigint IS NULL OR v.organization_id = %(organization)s) AND (
            EXISTS (SELECT 1 FROM assessments_panelvote p
                    WHERE p.organization_id = v.organization_id AND p.review_id = v.id AND p.file_hash <> v.file_hash)
            OR EXISTS (SELECT 1 FROM assessments_decision d
                       WHERE d.organization_id = v.organization_id AND d.review_id = v.id AND d.file_hash <> v.file_hash))""",
    ),
    Check(
        "review_decided_after_all_voted",
        "a review's state does not follow from its panel's votes and its decision",
        """
        SELECT v.organization_id, v.id
        FROM assessments_certificationreview v
        WHERE (%(organization)s::bigint IS NULL OR v.organization_id = %(organization)s) AND (
            (v.state IN ('voted', 'decided') AND EXISTS (
                SELECT 1 FROM assessments_panelist p
                LEFT JOIN assessments_panelvote o
                    ON o.organization_id = p.organization_id AND o.review_id = p.review_id AND o.member_id = p.member_id
                WHERE p.organization_id = v.organization_id AND p.review_id = v.id AND o.id IS NULL))
            OR (v.state = 'decided') <> EXISTS (
                SELECT 1 FROM assessments_decision d WHERE d.organization_id = v.organization_id AND d.review_id = v.id))""",
    ),
    Check(
        "review_supporters_do_not_vote",
        "who is mentor or line manager of a trainee, or the trainee, has voted on their review since they became so",
        """
        SELECT o.organization_id, o.id
        FROM assessments_panelvote o
        JOIN assessments_certificationreview v ON v.organization_id = o.organization_id AND v.id = o.review_id
        JOIN programs_enrollment e ON e.organization_id = v.organization_id AND e.id = v.enrollment_id
        LEFT JOIN programs_supportrole s ON s.organization_id = e.organization_id AND s.enrollment_id = e.id
            AND s.member_id = o.member_id AND s.role IN ('mentor', 'line_manager') AND s.since <= o.at
            AND coalesce(s.ended_at, 'infinity') > o.at
        WHERE (%(organization)s::bigint IS NULL OR o.organization_id = %(organization)s)
          AND (s.id IS NOT NULL OR e.trainee_id = o.member_id)""",
    ),
]
