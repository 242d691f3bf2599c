from django.urls import path

from projects.views import changes, choose, gate, lessons, plan, project, projects

app_name = "projects"
urlpatterns = [
    path("projects/", projects.page, name="projects"),
    path("projects/lessons/", lessons.page, name="lessons"),
    path("projects/choose/<int:pk>/", choose.page, name="choose"),
    path("projects/<int:pk>/", project.page, name="project"),
    path("projects/<int:pk>/kind/", choose.change, name="change_kind"),
    path("projects/<int:pk>/edit/", project.edit, name="edit_project"),
    path("projects/<int:pk>/sponsor/", project.answer, name="answer_sponsor"),
    path("projects/<int:pk>/close/", project.close, name="close_project"),
    path("projects/<int:pk>/milestones/new/", plan.milestone, name="new_milestone"),
    path("projects/<int:pk>/milestones/<int:milestone_id>/", plan.milestone, name="milestone"),
    path("projects/<int:pk>/measures/new/", plan.measure, name="new_measure"),
    path("projects/<int:pk>/measures/<int:measure_id>/", plan.measure, name="measure"),
    path("projects/<int:pk>/measures/<int:measure_id>/values/", plan.value, name="measure_value"),
    path("projects/<int:pk>/measures/<int:measure_id>/baseline/", changes.baseline, name="baseline"),
    path("projects/<int:pk>/risks/new/", plan.risk, name="new_risk"),
    path("projects/<int:pk>/risks/<int:risk_id>/", plan.risk, name="risk"),
    path("gates/<int:pk>/", gate.page, name="gate"),
    path("gates/<int:pk>/date/", changes.gate_date, name="gate_date"),
    path("gates/<int:pk>/evidence/", gate.evidence, name="gate_evidence"),
    path("gates/<int:pk>/verdict/", gate.verdict, name="gate_verdict"),
    path("gates/<int:pk>/record/", gate.record, name="gate_record"),
    path("gates/<int:pk>/conditions/<int:condition_id>/settle/", gate.settle, name="settle_condition"),
]
