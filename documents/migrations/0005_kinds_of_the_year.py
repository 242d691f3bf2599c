from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0004_find_waiting_documents'),
    ]

    operations = [
        migrations.AlterField(
            model_name='job',
            name='kind',
            field=models.CharField(choices=[('enroll', 'Enrolling trainees'), ('print', 'Printing a document'), ('import_people', 'Importing people'), ('export', 'Exporting a report')], max_length=20),
        ),
        migrations.AlterField(
            model_name='rendereddocument',
            name='kind',
            field=models.CharField(choices=[('idp', 'Individual development plan'), ('deliverable', 'Deliverable'), ('agreement', 'Mentoring agreement'), ('certificate', 'Certificate'), ('report', 'Report')], max_length=20),
        ),
        migrations.AlterField(
            model_name='rendereddocument',
            name='subject_kind',
            field=models.CharField(choices=[('organization', 'Organization'), ('member', 'Person'), ('invitation', 'Invitation'), ('calendar', 'Working calendar'), ('delegation', 'Stand-in'), ('template', 'Template'), ('version', 'Template version'), ('cohort', 'Cohort'), ('enrollment', "Trainee's program"), ('task_work', 'Task'), ('deliverable', 'Deliverable'), ('submission', 'Submission'), ('step', 'Sign-off'), ('phase', 'Phase'), ('document', 'Document'), ('file', 'File'), ('job', 'Job'), ('check_in', "Sponsor's check-in"), ('mentor_profile', 'Mentor profile'), ('pairing', 'Pairing'), ('agreement', 'Mentoring agreement'), ('meeting', 'Meeting'), ('project', 'Practice project'), ('gate_review', 'Gate review'), ('session', 'Training session'), ('survey', 'Survey'), ('needs_analysis', 'Needs analysis'), ('budget', 'Training budget'), ('annual_plan', 'Annual training plan'), ('pilot', 'Pilot'), ('roi_study', 'Study of results'), ('cycle', 'Review cycle'), ('review', 'Certification review'), ('decision', 'Decision'), ('appeal', 'Appeal'), ('certificate', 'Certificate'), ('api_token', 'API token'), ('report', 'Report')], max_length=20),
        ),
        migrations.AlterField(
            model_name='storedfile',
            name='subject_kind',
            field=models.CharField(choices=[('organization', 'Organization'), ('member', 'Person'), ('invitation', 'Invitation'), ('calendar', 'Working calendar'), ('delegation', 'Stand-in'), ('template', 'Template'), ('version', 'Template version'), ('cohort', 'Cohort'), ('enrollment', "Trainee's program"), ('task_work', 'Task'), ('deliverable', 'Deliverable'), ('submission', 'Submission'), ('step', 'Sign-off'), ('phase', 'Phase'), ('document', 'Document'), ('file', 'File'), ('job', 'Job'), ('check_in', "Sponsor's check-in"), ('mentor_profile', 'Mentor profile'), ('pairing', 'Pairing'), ('agreement', 'Mentoring agreement'), ('meeting', 'Meeting'), ('project', 'Practice project'), ('gate_review', 'Gate review'), ('session', 'Training session'), ('survey', 'Survey'), ('needs_analysis', 'Needs analysis'), ('budget', 'Training budget'), ('annual_plan', 'Annual training plan'), ('pilot', 'Pilot'), ('roi_study', 'Study of results'), ('cycle', 'Review cycle'), ('review', 'Certification review'), ('decision', 'Decision'), ('appeal', 'Appeal'), ('certificate', 'Certificate'), ('api_token', 'API token'), ('report', 'Report')], max_length=20),
        ),
    ]
