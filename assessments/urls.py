from django.urls import path

from assessments.views import appeal, decision, feedback, kpis, raters, review, reviews

app_name = "assessments"
urlpatterns = [
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/successors/", reviews.pool, name="successors"),
    path("reviews/cycles/new/", reviews.open_one, name="open_cycle"),
    path("reviews/cycles/<int:cycle_id>/", reviews.cycle, name="cycle"),
    path("reviews/cycles/<int:cycle_id>/close/", reviews.close, name="close_cycle"),
    path("reviews/cycles/<int:cycle_id>/finish/", reviews.finish, name="finish_cycle"),
    path("reviews/<int:review_id>/", review.review, name="review"),
    path("reviews/<int:review_id>/kpis/", kpis.kpis, name="kpis"),
    path("reviews/<int:review_id>/kpis/<str:kpi_key>/", kpis.kpi, name="kpi"),
    path("reviews/<int:review_id>/kpis/<str:kpi_key>/confirm/", kpis.confirm, name="confirm_kpi"),
    path("reviews/<int:review_id>/raters/", raters.raters, name="raters"),
    path("reviews/<int:review_id>/raters/approve/", raters.approve, name="approve_raters"),
    path("reviews/<int:review_id>/raters/<int:rater_id>/remove/", raters.remove, name="remove_rater"),
    path("reviews/<int:review_id>/raters/<int:rater_id>/link/", raters.link, name="rater_link"),
    path("reviews/<int:review_id>/results/", raters.results, name="results"),
    path("reviews/<int:review_id>/statement/", review.statement, name="statement"),
    path("reviews/<int:review_id>/panel/", review.panel, name="panel"),
    path("reviews/<int:review_id>/freeze/", review.freeze, name="freeze"),
    path("reviews/<int:review_id>/reopen/", review.reopen, name="reopen"),
    path("reviews/<int:review_id>/decision/", decision.decision, name="decision"),
    path("reviews/<int:review_id>/decision/acknowledge/", decision.acknowledge, name="acknowledge"),
    path("reviews/<int:review_id>/decision/appeal/", decision.appeal, name="make_appeal"),
    path("reviews/<int:review_id>/appeal/", appeal.appeal, name="appeal"),
    path("my/feedback/", feedback.requests, name="feedback_requests"),
    path("my/feedback/<int:rater_id>/", feedback.mine, name="my_feedback"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("feedback/<str:token>/", feedback.by_link, name="feedback_link"),
]
