from django.urls import path

from mentorship.views import development_plan

app_name = "mentorship"
urlpatterns = [
    path("my/idp/", development_plan.mine, name="my_plan"),
    path("plans/<int:enrollment_id>/", development_plan.page, name="plan"),
    path("plans/<int:enrollment_id>/print/", development_plan.print_plan, name="print_plan"),
    path("plans/<int:enrollment_id>/documents/<int:document_id>/", development_plan.document, name="plan_document"),
]
