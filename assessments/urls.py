from django.urls import path

from assessments.views import certificates, reports

app_name = "assessments"
urlpatterns = [
    path("my/certificates/", certificates.mine, name="my_certificates"),
    path("certificates/", certificates.everybodys, name="certificates"),
    path("certificates/<int:certificate_id>/", certificates.certificate, name="certificate"),
    path("certificates/<int:certificate_id>/print/", certificates.print_again, name="print_certificate"),
    path("certificates/<int:certificate_id>/name/", certificates.name_shown, name="certificate_name"),
    path("certificates/<int:certificate_id>/revoke/", certificates.revoke, name="revoke_certificate"),
    path("certificates/<int:certificate_id>/documents/<int:paper_id>/", certificates.paper, name="certificate_paper"),
    path("decisions/<int:decision_id>/certificate/", certificates.issue, name="issue_certificate"),
    path("reports/", reports.reports, name="reports"),
    path("reports/certifications.csv", reports.csv, name="report_csv"),
    path("reports/certifications.xlsx", reports.xlsx, name="report_xlsx"),
    path("reports/certifications.pdf", reports.pdf, name="report_pdf"),
    path("reports/exports/<int:export_id>/", reports.export_file, name="export_file"),
]
