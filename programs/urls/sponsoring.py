from django.urls import path

from programs.views import business, sponsoring

urlpatterns = [
    path("sponsoring/", sponsoring.page, name="sponsoring"),
    path("sponsoring/<int:cohort_id>/accept/", sponsoring.accept, name="accept_sponsorship"),
    path("sponsoring/<int:cohort_id>/check-ins/", sponsoring.check_in, name="sponsor_check_in"),
    path("sponsoring/<int:cohort_id>/budget/<int:request_id>/", sponsoring.decide_budget, name="decide_budget"),
    path("business/", business.page, name="business"),
]
