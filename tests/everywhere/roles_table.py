"""What each role is answered on each page of their own organization: 200, 403 with who can help, or 404 as if it were not there.

The company is the one of tests/everywhere/company.py: the trainee's programme, with mentor, line manager, HRBP and business head named.
"""

PARTS = ("trainee", "mentor", "line_manager", "hrbp", "manager", "director", "admin", "reviewer", "sponsor", "business_head", "peer")
# Addresses that only take a POST are tried by the tests of their actions.
STATUS = {
    "documents:document": (404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "documents:document_file": (404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "documents:document_state": (404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "documents:file": (404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "documents:job": (404, 404, 404, 404, 404, 200, 404, 404, 404, 404, 404),
    "home:home": (302, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "home:search": (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "mentorship:agreement": (200, 200, 200, 404, 200, 200, 404, 404, 404, 404, 404),
    "mentorship:agreement_document": (404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "mentorship:cohort_mentoring": (404, 404, 404, 404, 200, 200, 404, 404, 404, 404, 404),
    "mentorship:meeting": (200, 200, 403, 404, 403, 403, 404, 404, 404, 404, 404),
    "mentorship:meeting_calendar": (200, 200, 403, 404, 403, 403, 404, 404, 404, 404, 404),
    "mentorship:meetings": (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "mentorship:mentors": (403, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403),
    "mentorship:move_meeting": (200, 200, 403, 404, 403, 403, 404, 404, 404, 404, 404),
    "mentorship:my_plan": (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "mentorship:my_profile": (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "mentorship:pairing": (200, 200, 200, 404, 200, 200, 404, 404, 404, 404, 404),
    "mentorship:plan": (200, 200, 200, 200, 200, 200, 404, 404, 404, 404, 404),
    "mentorship:plan_document": (404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "mentorship:plan_meeting": (200, 200, 403, 404, 403, 403, 404, 404, 404, 404, 404),
    "mentorship:profile": (403, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403),
    "mentorship:propose": (404, 404, 404, 404, 200, 200, 404, 404, 404, 404, 404),
    "notifications:notices": (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "notifications:preference": (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "organizations:add_person": (403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403),
    "organizations:audit": (403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403),
    "organizations:calendar": (403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403),
    "organizations:edit_person": (403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403),
    "organizations:people": (403, 403, 403, 403, 403, 200, 200, 403, 403, 403, 403),
    "organizations:person": (403, 403, 403, 403, 403, 200, 200, 403, 403, 403, 403),
    "organizations:settings": (403, 403, 403, 403, 403, 403, 200, 403, 403, 403, 403),
    "organizations:stand_ins": (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "programs:change_relations": (403, 403, 403, 403, 200, 200, 404, 404, 404, 404, 404),
    "programs:check": (404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "programs:cohort": (404, 404, 404, 404, 200, 200, 404, 404, 404, 404, 404),
    "programs:cohort_settings": (404, 404, 404, 404, 200, 200, 404, 404, 404, 404, 404),
    "programs:cohort_signers": (404, 404, 404, 404, 200, 200, 404, 404, 404, 404, 404),
    "programs:cohorts": (403, 403, 403, 403, 200, 200, 403, 403, 403, 403, 403),
    "programs:compare": (404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "programs:enroll": (404, 404, 404, 404, 200, 200, 404, 404, 404, 404, 404),
    "programs:enrollment": (200, 200, 200, 200, 200, 200, 404, 404, 404, 404, 404),
    "programs:move_date": (403, 403, 403, 403, 200, 200, 404, 404, 404, 404, 404),
    "programs:my_program": (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "programs:my_tasks": (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "programs:my_trainees": (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "programs:open_cohort": (403, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403),
    "programs:preview_task": (403, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403),
    "programs:print_submission": (200, 200, 200, 200, 200, 200, 404, 404, 404, 404, 404),
    "programs:sign_off": (200, 200, 200, 200, 200, 200, 404, 404, 404, 404, 404),
    "programs:sign_offs": (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "programs:submission": (200, 200, 200, 200, 200, 200, 404, 404, 404, 404, 404),
    "programs:submission_document": (404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "programs:task": (200, 200, 200, 200, 200, 200, 404, 404, 404, 404, 404),
    "programs:template": (403, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403),
    "programs:templates": (403, 403, 403, 403, 403, 200, 403, 403, 403, 403, 403),
    "programs:waive_task": (403, 403, 403, 403, 403, 200, 404, 404, 404, 404, 404),
    "programs:work_file": (404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "projects:change_kind": (200, 403, 403, 403, 403, 403, 404, 404, 403, 404, 404),
    "projects:choose": (302, 302, 302, 302, 302, 302, 404, 404, 404, 404, 404),
    "projects:edit_project": (200, 403, 403, 403, 403, 403, 404, 404, 403, 404, 404),
    "projects:gate": (200, 200, 200, 200, 200, 200, 404, 404, 200, 404, 404),
    "projects:gate_evidence": (200, 403, 403, 403, 403, 403, 404, 404, 403, 404, 404),
    "projects:measure": (200, 403, 403, 403, 403, 403, 404, 404, 403, 404, 404),
    "projects:milestone": (200, 403, 403, 403, 403, 403, 404, 404, 403, 404, 404),
    "projects:new_measure": (200, 403, 403, 403, 403, 403, 404, 404, 403, 404, 404),
    "projects:new_milestone": (200, 403, 403, 403, 403, 403, 404, 404, 403, 404, 404),
    "projects:new_risk": (200, 403, 403, 403, 403, 403, 404, 404, 403, 404, 404),
    "projects:project": (200, 200, 200, 200, 200, 200, 404, 404, 200, 404, 404),
    "projects:projects": (200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200),
    "projects:risk": (200, 403, 403, 403, 403, 403, 404, 404, 403, 404, 404),
}
READ = (200, 200, 200, 200, 200, 200, 404, 404, 404, 404, 404)
KEEP = (200, 403, 403, 403, 403, 403, 404, 404, 404, 404, 404)
BEGIN = (200, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403)
PRIVATE = (200, 403, 404, 404, 404, 404, 404, 404, 404, 404, 404)  # the mentor is told who writes, since an entry is shared
WORKSHEETS = {
    "needs": ("tasks", "gaps", "needs"),
    "budget": ("lines", "last_year", "internal_hours"),
    "plan": ("key_results", "items", "not_doing"),
    "pilot": ("measures",),
    "study": ("behaviors", "series", "benefits", "costs"),
    "influence": ("stakeholders", "entries"),
}
for key, parts in WORKSHEETS.items():
    write = PRIVATE if key == "influence" else KEEP
    STATUS |= {f"effectiveness:new_{key}": BEGIN, f"effectiveness:{key}": READ, f"effectiveness:edit_{key}": write}
    STATUS |= {f"effectiveness:carry_{key}": write} | {f"effectiveness:{key}_{part}": write for part in parts}
STATUS |= {
    "effectiveness:carry_dashboard": KEEP,
    "effectiveness:dashboard": READ,
    "effectiveness:influence": (200, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404),
    "effectiveness:planning": (200,) * len(PARTS),
}
