"""`make demo-reset`: the demo begins again."""

from django.core.management.base import BaseCommand

from config import embedded
from config.supervisor import stop_remembered


class Command(BaseCommand):
    help = "Ends the demo and deletes its data: database, queue, files and mails. The next make demo makes new data."
    requires_system_checks = []

    def handle(self, *args, **options):
        stop_remembered()
        embedded.stop("demo")
        embedded.forget("demo")
        self.stdout.write("The demo's data is deleted.")
