"""What each role is answered where something is sent: "in" as far as the form goes, 403 with who can help, or 404 as if it were not there.

The other half of roles_table.py, of the same parts and the same company. Addresses without a sign-in are nobody's by role: a link's
token alone opens them (test_tenant_walk.py).
"""

from tests.everywhere.roles_table import PARTS, WORKSHEETS

Row = tuple[str | int, ...]

# Texts that most forms ask for: a form that is refused as a whole would not tell who may send it.
FILLED = dict.fromkeys(("name", "note", "reason", "reasons", "body", "words", "shown", "title"), "x")
# What an address must be told before it asks who is there; a name with `_id` is looked up in the company.
ASKED = {
    "assessments:appeal": {"step": "panel"},
    "mentorship:change_pairing": {"act": "pause"},
    "programs:add_deliverable": {"kind": "kind_id"},
    "programs:move_task": {"version": "number", "revision": "0", "to": "up"},
    "programs:publish_version": {"version": "number", "revision": "0"},
    "programs:remove_part": {"version": "number", "revision": "0"},
    "programs:start_draft": {"version": "number", "revision": "0"},
}

EVERYBODY = ("in",) * len(PARTS)
ADMIN = (403, 403, 403, 403, 403, 403, "in", 403, 403, 403, 403)
DIRECTOR = (403, 403, 403, 403, 403, "in", 403, 403, 403, 403, 403)
BEGINS = ("in", 403, 403, 403, 403, 403, 403, 403, 403, 403, 403)
# The trainee's own, in sight of those who read their work. Nobody acts for them, not even who runs the cohort.
TRAINEE = ("in", 403, 403, 403, 403, 403, 404, 404, 404, 404, 404)
READERS = ("in", "in", "in", "in", "in", "in", 404, 404, 404, 404, 404)
PRIVATE = ("in", 403, 404, 404, 404, 404, 404, 404, 404, 404, 404)  # the mentor is told whose it is, since an entry is shared
# A project is seen by its sponsor too, a session by whoever observes it: here the peer.
LEAD = ("in", 403, 403, 403, 403, 403, 404, 404, 403, 404, 404)
RUNS_SESSION = ("in", 403, 403, 403, 403, 403, 404, 404, 404, 404, 403)
GATE_REVIEWER = (403, "in", 403, "in", 403, 403, 404, 404, "in", 404, 404)
PROJECT_SPONSOR = (403, 403, 403, 403, 403, 403, 404, 404, "in", 404, 404)
# What mentor and trainee talk about is theirs; others who see the pairing are told so. An HRBP does not see it.
THE_TWO = ("in", "in", 403, 404, 403, 403, 404, 404, 404, 404, 404)
# The sponsor sees the cohort and is told who runs it; of one person's programme they see nothing.
RUNS_COHORT = (404, 404, 404, 404, "in", "in", 404, 404, 403, 404, 404)
RUNS_PROGRAM = (403, 403, 403, 403, "in", "in", 404, 404, 404, 404, 404)
RUNS_CYCLE = (404, 404, 404, 404, "in", "in", 404, 404, 404, 404, 404)
SPONSOR = (404, 404, 404, 404, 404, 404, 404, 404, "in", 404, 404)
# The reviewer is on the panel of the review, in the chair; on the one that was decided and appealed against they are not.
NAMES_PANEL = (403, 403, 403, 404, 403, "in", 404, 403, 404, 403, 404)
ISSUES_LINKS = (403, 403, 403, 404, "in", "in", 404, 403, 404, 403, 404)
APPROVES_RATERS = (403, 403, "in", 404, "in", "in", 404, 403, 404, 403, 404)
ANSWERS_DECISION = ("in", 403, 403, 404, 403, 403, 404, 404, 404, 403, 404)

SAME: dict[Row, tuple[str, ...]] = {
    # One's own queue, list, profile, session or upload: for all, whatever they are.
    EVERYBODY: (
        *("documents:upload", "effectiveness:plan_session", "mentorship:my_profile", "notifications:preference", "notifications:read_all"),
        *("organizations:stand_ins", "programs:pass_checks"),
    ),
    ADMIN: (
        *("organizations:add_person", "organizations:api_tokens", "organizations:calendar", "organizations:change_roles"),
        *("organizations:edit_person", "organizations:end_membership", "organizations:invite", "organizations:issue_code"),
        *("organizations:remove_day", "organizations:restore_membership", "organizations:settings"),
    ),
    DIRECTOR: (
        *("assessments:issue_certificate", "mentorship:approve_mentor", "mentorship:mentors", "mentorship:profile"),
        *("programs:copy_template", "programs:move_task", "programs:open_cohort", "programs:publish_version", "programs:remove_part"),
        *("programs:rename_template", "programs:start_draft", "programs:template"),
    ),
    TRAINEE: (
        *("effectiveness:carry_dashboard", "programs:add_deliverable", "programs:add_row", "programs:answer_checkpoint"),
        *("programs:complete_task", "programs:draft", "programs:note_hours", "programs:remove_file", "programs:submit"),
        *("programs:upload_file", "projects:choose"),
    ),
    READERS: ("mentorship:print_plan", "programs:comment", "programs:print_submission"),
    LEAD: (
        *("projects:change_kind", "projects:edit_project", "projects:gate_date", "projects:gate_evidence", "projects:gate_record"),
        *("projects:measure", "projects:measure_value", "projects:milestone", "projects:new_measure", "projects:new_milestone"),
        *("projects:new_risk", "projects:risk"),
    ),
    GATE_REVIEWER: ("projects:gate_verdict", "projects:settle_condition"),
    PROJECT_SPONSOR: ("projects:answer_sponsor", "projects:baseline"),
    RUNS_SESSION: (
        *("effectiveness:attendance", "effectiveness:cancel_session", "effectiveness:carry", "effectiveness:close_survey"),
        *("effectiveness:edit_session", "effectiveness:invite", "effectiveness:personal_links", "effectiveness:scores"),
        *("effectiveness:survey", "effectiveness:test", "effectiveness:test_phase", "effectiveness:uninvite"),
    ),
    THE_TWO: (
        *("mentorship:agreement", "mentorship:cancel_meeting", "mentorship:meeting_feedback", "mentorship:meeting_notes"),
        *("mentorship:move_meeting", "mentorship:plan_meeting", "mentorship:private_note", "mentorship:settle_item"),
        "mentorship:sign_agreement",
    ),
    RUNS_COHORT: ("mentorship:propose", "programs:cohort_budget", "programs:cohort_deputies", "programs:enroll"),
    RUNS_PROGRAM: ("programs:change_relations", "programs:invite_trainee", "programs:issue_trainee_code", "programs:move_date"),
    RUNS_CYCLE: ("assessments:close_cycle", "assessments:cycle", "assessments:finish_cycle"),
    SPONSOR: ("programs:accept_sponsorship", "programs:decide_budget", "programs:sponsor_check_in"),
    NAMES_PANEL: ("assessments:freeze", "assessments:panel", "assessments:reopen"),
    ISSUES_LINKS: ("assessments:mail_link", "assessments:rater_link"),
    APPROVES_RATERS: ("assessments:approve_raters",),
    ANSWERS_DECISION: ("assessments:acknowledge", "assessments:make_appeal"),
}
ACTIONS: dict[str, Row] = {name: row for row, names in SAME.items() for name in names} | {
    "assessments:appeal": (403, 403, 403, 404, 403, "in", 404, 404, 404, 403, 404),
    "assessments:certificate_name": ("in", 404, 404, 404, 404, 403, 403, 404, 404, 404, 404),  # the holder alone shows their name
    "assessments:confirm_kpi": (403, 403, 403, 404, 403, 403, 404, 403, 404, "in", 404),
    "assessments:decision": (403, 403, 403, 404, 403, "in", 404, "in", 404, 403, 404),
    "assessments:kpi": ("in", 403, "in", 404, "in", "in", 404, 403, 404, 403, 404),
    "assessments:my_feedback": (404, 404, "in", 404, 404, 404, 404, 404, 404, 404, 404),  # it is the line manager who is asked
    "assessments:open_cycle": (403, 403, 403, 403, "in", "in", 403, 403, 403, 403, 403),
    "assessments:print_certificate": ("in", 404, 404, 404, 404, "in", "in", 404, 404, 404, 404),
    "assessments:raters": ("in", 403, 403, 404, "in", "in", 404, 403, 404, 403, 404),
    "assessments:remove_rater": ("in", 403, "in", 404, "in", "in", 404, 403, 404, 403, 404),
    "assessments:results": (403, "in", 403, 404, 403, "in", 404, 403, 404, 403, 404),
    "assessments:review": (403, 403, 403, 404, 403, 403, 404, "in", 404, 403, 404),  # a vote: the panel's alone
    "assessments:revoke_certificate": (403, 404, 404, 404, 404, "in", "in", 404, 404, 404, 404),
    "assessments:statement": (403, "in", "in", 404, 403, 403, 404, 403, 404, 403, 404),
    "documents:document_again": ("in", 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),  # who asked for it
    "documents:job_cancel": (404, 404, 404, 404, 404, "in", 404, 404, 404, 404, 404),  # who started it
    "mentorship:answer_pairing": ("in", "in", 403, 404, "in", "in", 404, 404, 404, 404, 404),
    "mentorship:change_pairing": ("in", "in", 403, 404, "in", "in", 404, 404, 404, 404, 404),
    "mentorship:print_agreement": ("in", "in", "in", 404, "in", "in", 404, 404, 404, 404, 404),
    "notifications:notice": ("in", 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "organizations:end_stand_in": (404, "in", 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "organizations:revoke_token": (404, 404, 404, 404, 404, "in", "in", 404, 404, 404, 404),  # it speaks as the director
    "programs:answer_pulse": ("in", 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),  # whoever is in a programme
    "programs:check": (403, "in", 403, 403, 403, 403, 404, 404, 404, 404, 404),
    "programs:checkpoint": (403, "in", 403, 403, 403, 403, 404, 404, 404, "in", 404),
    "programs:cohort_settings": (404, 404, 404, 404, 403, "in", 404, 404, 403, 404, 404),  # the manager names deputies alone
    "programs:confirm_hours": (403, 403, "in", 403, 403, 403, 404, 404, 404, 404, 404),
    "programs:plan_point": ("in", "in", 403, 403, 403, 403, 404, 404, 404, 404, 404),
    "programs:sign_off": (403, "in", 403, 403, 403, 403, 404, 404, 404, 404, 404),
    "programs:waive_task": (403, 403, 403, 403, 403, "in", 404, 404, 404, 404, 404),
    "projects:close_project": ("in", "in", 403, 403, "in", "in", 404, 404, 403, 404, 404),
}
for key, parts in WORKSHEETS.items():
    keeps = PRIVATE if key == "influence" else TRAINEE
    ACTIONS |= {f"effectiveness:new_{key}": BEGINS, f"effectiveness:edit_{key}": keeps, f"effectiveness:carry_{key}": keeps}
    ACTIONS |= {f"effectiveness:{key}_{part}": keeps for part in parts}
