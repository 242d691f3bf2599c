from django.urls import URLPattern

app_name = "effectiveness"
urlpatterns: list[URLPattern] = []
