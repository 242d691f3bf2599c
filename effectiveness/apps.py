from django.apps import AppConfig


class EffectivenessConfig(AppConfig):
    name = "effectiveness"
