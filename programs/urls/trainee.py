from django.urls import path

from programs.views import checkpoint, deliverable, draft, file, my_program, plan_point, pulse, submission, task

urlpatterns = [
    path("my/program/", my_program.page, name="my_program"),
    path("my/program/pulse/", pulse.answer, name="answer_pulse"),
    path("my/program/tasks/", my_program.tasks, name="my_tasks"),
    path("tasks/<int:pk>/", task.page, name="task"),
    path("tasks/<int:pk>/done/", task.complete, name="complete_task"),
    path("tasks/<int:pk>/answers/", checkpoint.answer, name="answer_checkpoint"),
    path("tasks/<int:pk>/deliverables/", deliverable.add, name="add_deliverable"),
    path("deliverables/<int:pk>/submit/", deliverable.submit, name="submit"),
    path("deliverables/<int:pk>/comments/", deliverable.say, name="comment"),
    path("deliverables/<int:pk>/compare/", submission.compare, name="compare"),
    path("deliverables/<int:pk>/draft/", draft.save, name="draft"),
    path("deliverables/<int:pk>/draft/rows/", draft.add_row, name="add_row"),
    path("deliverables/<int:pk>/files/", file.upload, name="upload_file"),
    path("deliverables/<int:pk>/files/remove/", file.remove, name="remove_file"),
    path("points/<int:point_id>/", plan_point.page, name="plan_point"),
    path("submissions/<int:pk>/", submission.page, name="submission"),
    path("work-files/<str:code>/", file.download, name="work_file"),
]
