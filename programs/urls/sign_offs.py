from django.urls import path

from programs.views import check, checkpoint, sign_off, sign_offs

urlpatterns = [
    path("signoffs/", sign_offs.page, name="sign_offs"),
    path("signoffs/pass/", sign_offs.pass_together, name="pass_checks"),
    path("signoffs/<int:step_id>/", sign_off.page, name="sign_off"),
    path("signoffs/checks/<int:work_id>/<int:check_id>/", check.page, name="check"),
    path("signoffs/checkpoints/<int:checkpoint_id>/", checkpoint.page, name="checkpoint"),
]
