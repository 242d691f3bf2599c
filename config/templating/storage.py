"""Static files under names that carry their content's hash, so a browser keeps them for good."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which here also gives the hashed name where one of our ES modules imports another."""

    support_js_module_import_aggregation = True
    # Only ours: scripts of packages mention imports in their comments.
    _js_module_import_aggregation_patterns = ("js/*.js", HashedFilesMixin._js_module_import_aggregation_patterns[1])
