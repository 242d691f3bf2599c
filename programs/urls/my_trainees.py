from django.urls import path

from programs.views import my_trainees

urlpatterns = [path("my/trainees/", my_trainees.page, name="my_trainees")]
