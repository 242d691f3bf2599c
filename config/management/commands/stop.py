"""`make stop`: ends what this checkout started."""

from django.core.management.base import BaseCommand

from config import embedded
from config.embedded.places import CLUSTERS
from config.supervisor import stop_remembered


class Command(BaseCommand):
    help = "Ends the demo and every embedded server of this checkout: the demo's, the tests' and the bench's."
    requires_system_checks = []

    def handle(self, *args, **options):
        stop_remembered()
        for name in CLUSTERS:
            embedded.stop(name)
        self.stdout.write("Everything this checkout started has ended.")
