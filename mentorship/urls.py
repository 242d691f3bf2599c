from django.urls import path

from mentorship.views import agreement, cohort, development_plan, meeting, meetings, pairing, profile

app_name = "mentorship"
urlpatterns = [
    path("my/idp/", development_plan.mine, name="my_plan"),
    path("plans/<int:enrollment_id>/", development_plan.page, name="plan"),
    path("plans/<int:enrollment_id>/print/", development_plan.print_plan, name="print_plan"),
    path("plans/<int:enrollment_id>/documents/<int:document_id>/", development_plan.document, name="plan_document"),
    path("mentoring/", meetings.page, name="meetings"),
    path("mentoring/profile/", profile.mine, name="my_profile"),
    path("mentoring/mentors/", profile.mentors, name="mentors"),
    path("mentoring/mentors/<int:member_id>/", profile.page, name="profile"),
    path("mentoring/mentors/<int:member_id>/approve/", profile.approve, name="approve_mentor"),
    path("mentoring/cohorts/<int:cohort_id>/", cohort.page, name="cohort_mentoring"),
    path("mentoring/cohorts/<int:cohort_id>/<int:enrollment_id>/propose/", cohort.propose, name="propose"),
    path("mentoring/pairings/<int:pairing_id>/", pairing.page, name="pairing"),
    path("mentoring/pairings/<int:pairing_id>/answer/", pairing.answer, name="answer_pairing"),
    path("mentoring/pairings/<int:pairing_id>/change/", pairing.change, name="change_pairing"),
    path("mentoring/pairings/<int:pairing_id>/agreement/", agreement.page, name="agreement"),
    path("mentoring/pairings/<int:pairing_id>/agreement/sign/", agreement.sign, name="sign_agreement"),
    path("mentoring/pairings/<int:pairing_id>/agreement/print/", agreement.print_agreement, name="print_agreement"),
    path("mentoring/pairings/<int:pairing_id>/agreement/documents/<int:document_id>/", agreement.document, name="agreement_document"),
    path("mentoring/pairings/<int:pairing_id>/meetings/new/", meeting.plan, name="plan_meeting"),
    path("mentoring/meetings/<int:meeting_id>/", meeting.page, name="meeting"),
    path("mentoring/meetings/<int:meeting_id>/move/", meeting.move, name="move_meeting"),
    path("mentoring/meetings/<int:meeting_id>/cancel/", meeting.cancel, name="cancel_meeting"),
    path("mentoring/meetings/<int:meeting_id>/notes/", meeting.notes, name="meeting_notes"),
    path("mentoring/meetings/<int:meeting_id>/private/", meeting.private_note, name="private_note"),
    path("mentoring/meetings/<int:meeting_id>/feedback/", meeting.feedback, name="meeting_feedback"),
    path("mentoring/meetings/<int:meeting_id>/meeting.ics", meeting.calendar, name="meeting_calendar"),
    path("mentoring/items/<int:item_id>/", meeting.item, name="settle_item"),
]
