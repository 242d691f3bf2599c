"""What must never be true of programmes, asked of the whole database by `manage.py integrity`. Numbers: security reference, part 4."""

from organizations.integrity import Check

OF = "(%(organization)s::bigint IS NULL OR {0}.organization_id = %(organization)s)"

CHECKS = [
    Check(
        "program_8_every_task_is_there",
        "an enrollment lacks work on a task of its version",
        f"""
        SELECT e.organization_id, e.id, t.key
        FROM programs_enrollment e
        JOIN programs_cohort c ON c.organization_id = e.organization_id AND c.id = e.cohort_id
        JOIN programs_taskdefinition t ON t.organization_id = c.organization_id AND t.version_id = c.version_id
        WHERE {OF.format("e")} AND NOT EXISTS (
            SELECT 1 FROM programs_taskwork w
            WHERE w.organization_id = e.organization_id AND w.enrollment_id = e.id AND w.task_id = t.id AND w.occurrence = 1)""",
    ),
    Check(
        "program_9_approved_means_signed",
        "a deliverable is approved, but a step of its newest submission is not signed",
        f"""
        SELECT d.organization_id, d.id, s.id
        FROM programs_deliverable d
        JOIN programs_submission b ON b.organization_id = d.organization_id AND b.deliverable_id = d.id AND b.number = d.last_number
        JOIN programs_signoffstep s ON s.organization_id = b.organization_id AND s.submission_id = b.id
        WHERE {OF.format("d")} AND d.state = 'approved' AND NOT EXISTS (
            SELECT 1 FROM programs_signoff o
            WHERE o.organization_id = s.organization_id AND o.step_id = s.id AND o.outcome IN ('approved', 'agreed'))""",
    ),
    Check(
        "program_9_task_follows_its_deliverables",
        "a task is approved, but too few of a required deliverable are",
        f"""
        SELECT w.organization_id, w.id, k.key
        FROM programs_taskwork w
        JOIN programs_deliverablekind k ON k.organization_id = w.organization_id AND k.required AND (k.task_id = w.task_id
            OR k.task_id IS NULL AND EXISTS (SELECT 1 FROM programs_deliverable p
                WHERE p.organization_id = w.organization_id AND p.work_id = w.id AND p.kind_id = k.id AND p.ended_at IS NULL))
        WHERE {OF.format("w")} AND w.state = 'approved'
            AND CASE WHEN k.repeats THEN k.minimum ELSE greatest(jsonb_array_length(k.stages), 1) END > (
            SELECT count(*) FROM programs_deliverable d
            JOIN programs_submission b ON b.organization_id = d.organization_id AND b.deliverable_id = d.id
            WHERE d.organization_id = w.organization_id AND d.work_id = w.id AND d.kind_id = k.id AND d.ended_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM programs_signoffstep s
                  LEFT JOIN programs_signoff o ON o.organization_id = s.organization_id AND o.step_id = s.id AND o.outcome <> 'returned'
                  WHERE s.organization_id = b.organization_id AND s.submission_id = b.id AND o.id IS NULL))""",
    ),
    Check(
        "program_10_open_means_unlocked",
        "a task is open, but what it waits for is neither approved nor waived",
        f"""
        SELECT w.organization_id, w.id, n.id
        FROM programs_taskwork w
        JOIN programs_prerequisite p ON p.organization_id = w.organization_id AND p.task_id = w.task_id
        JOIN programs_taskwork n ON n.organization_id = w.organization_id AND n.enrollment_id = w.enrollment_id
            AND n.task_id = p.requires_id
        JOIN programs_taskdefinition t ON t.organization_id = n.organization_id AND t.id = n.task_id
        WHERE {OF.format("w")} AND n.occurrence = CASE t.recurrence WHEN 'per_cycle' THEN w.occurrence ELSE 1 END
          AND w.state NOT IN ('locked', 'waived') AND n.state NOT IN ('approved', 'waived')""",
    ),
    Check(
        "program_11_versions_without_gaps",
        "the numbers of a deliverable's submissions are not 1 to n",
        f"""
        SELECT d.organization_id, d.id, d.last_number
        FROM programs_deliverable d
        LEFT JOIN programs_submission b ON b.organization_id = d.organization_id AND b.deliverable_id = d.id
        WHERE {OF.format("d")}
        GROUP BY d.organization_id, d.id, d.last_number
        HAVING count(b.id) <> d.last_number OR coalesce(max(b.number), 0) <> d.last_number""",
    ),
    Check(
        "program_12_nobody_approves_their_own_work",
        "an approval is by the author, for the author, or of other content than was handed in",
        f"""
        SELECT o.organization_id, o.id
        FROM programs_signoff o
        JOIN programs_signoffstep s ON s.organization_id = o.organization_id AND s.id = o.step_id
        JOIN programs_submission b ON b.organization_id = s.organization_id AND b.id = s.submission_id
        WHERE {OF.format("o")} AND (o.content_hash <> b.content_hash
            OR (s.kind = 'approve' AND b.author_id IN (o.by_id, coalesce(o.instead_of_id, 0))))""",
    ),
    Check(
        "program_14_phases_follow_their_tasks",
        "a phase that needs all its tasks is complete, but a required one is neither approved nor waived",
        f"""
        SELECT p.organization_id, p.id, w.id
        FROM programs_phaseprogress p
        JOIN programs_phase f ON f.organization_id = p.organization_id AND f.id = p.phase_id AND f.exit = 'all_required'
        JOIN programs_taskdefinition t ON t.organization_id = f.organization_id AND t.phase_id = f.id AND t.required AND t.fiscal = ''
        JOIN programs_taskwork w ON w.organization_id = p.organization_id AND w.enrollment_id = p.enrollment_id
            AND w.task_id = t.id AND w.occurrence = 1
        WHERE {OF.format("p")} AND p.state = 'complete' AND w.state NOT IN ('approved', 'waived')""",
    ),
]
