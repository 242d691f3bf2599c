"""Addresses of the template list and the template builder."""

from django.urls import path

from programs.views import template_builder, template_changes, template_list, template_preview

urlpatterns = [
    path("templates/", template_list.page, name="templates"),
    path("templates/copy/", template_list.copy, name="copy_template"),
    path("templates/<int:pk>/", template_builder.page, name="template"),
    path("templates/<int:pk>/name/", template_changes.rename, name="rename_template"),
    path("templates/<int:pk>/publish/", template_changes.publish, name="publish_version"),
    path("templates/<int:pk>/draft/", template_changes.draft, name="start_draft"),
    path("templates/<int:pk>/tasks/<str:key>/preview/", template_preview.page, name="preview_task"),
    path("templates/<int:pk>/tasks/<str:key>/move/", template_changes.move, name="move_task"),
    path("templates/<int:pk>/<str:kind>/<str:key>/remove/", template_changes.remove, name="remove_part"),
]
