"""Addresses of what a person sees first."""

from django.urls import path

from home.views import desk, search

app_name = "home"

urlpatterns = [
    path("", desk.page, name="home"),
    path("search/", search.page, name="search"),
]
