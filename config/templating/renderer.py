"""`{{ form }}` and `{{ field }}` draw the markup of the design: label, hint, error and the right class."""

from django.forms.renderers import BaseRenderer, DjangoTemplates
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.functional import cached_property

from config.templating import widgets


class TrellisRenderer(BaseRenderer):
    """Templates of the project first, Django's own for the widgets we leave as they are."""

    form_template_name = "components/form.html"
    formset_template_name = "components/formset.html"
    field_template_name = "components/field.html"

    @cached_property
    def _django(self) -> DjangoTemplates:
        return DjangoTemplates()

    def get_template(self, template_name: str):
        try:
            return get_template(widgets.TEMPLATES.get(template_name, template_name))
        except TemplateDoesNotExist:
            return self._django.get_template(template_name)

    def render(self, template_name: str, context: dict, request=None) -> str:
        if "widget" in context:
            widgets.dress(context["widget"])
        return super().render(template_name, context, request=request)
