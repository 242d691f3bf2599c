"""All settings of Trellis, in the order of Django's own reference. Every outside value comes through config/env.py."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import embedded, env

BASE_DIR = Path(__file__).resolve().parent.parent
PRODUCTION = embedded.in_production()
DEBUG = env.flag("TRELLIS_DEBUG", default=False)
SECRET_KEY = env.text("TRELLIS_SECRET_KEY") or embedded.local_secret()
SECRET_KEY_FALLBACKS = env.names("TRELLIS_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.names("TRELLIS_ALLOWED_HOSTS", [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"])
PUBLIC_URL = env.text("TRELLIS_PUBLIC_URL", "http://localhost:8000").rstrip("/")

if PRODUCTION and (len(SECRET_KEY) < 50 or "*" in ALLOWED_HOSTS or not ALLOWED_HOSTS):
    raise ImproperlyConfigured("Set TRELLIS_SECRET_KEY (50 characters or more) and TRELLIS_ALLOWED_HOSTS; see docs/operations.md")

# Apps and middleware
INSTALLED_APPS = [
    "config",
    "home",
    "assessments",
    "projects",
    "effectiveness",
    "mentorship",
    "programs",
    "documents",
    "notifications",
    "organizations",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "csp",
    "django_structlog",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organizations.middleware.PersonalLocaleMiddleware",
    "organizations.middleware.SignInRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.templating.messages.FragmentMessagesMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "organizations.middleware.NoStoreMiddleware",
    "organizations.middleware.TenantMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True

# Templates and forms
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "config.templating.tags.trellis"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.templating.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "config.templating.renderer.TrellisRenderer"

# Database: trellis_app signs in, row security decides what it sees. A statement that comes again is planned once for each
# connection: planning a question with many joins takes several times as long as answering it.
DATABASES = {
    "default": env.database(
        env.text("DATABASE_URL") or embedded.address("app"),
        pool={"min_size": 1, "max_size": env.number("TRELLIS_DATABASE_POOL", 8), "timeout": 5},
        server_side_binding=True,
        prepare_threshold=3,
        options="-c statement_timeout=15s -c idle_in_transaction_session_timeout=15s",
    )
    | {"ATOMIC_REQUESTS": True, "CONN_HEALTH_CHECKS": True}
}
OWNER_DATABASE_URL = env.text("TRELLIS_OWNER_DATABASE_URL") or embedded.address("owner")
MAINTENANCE_DATABASE_URL = env.text("TRELLIS_MAINTENANCE_DATABASE_URL") or embedded.address("maintenance")
ADMIN_DATABASE_URL = env.text("TRELLIS_ADMIN_DATABASE_URL")  # for prepare_database alone
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Cache, sessions, jobs
REDIS_URL = env.text("REDIS_URL") or embedded.address("redis")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL, "KEY_PREFIX": "trellis"}}
SESSION_COOKIE_NAME = "__Host-sessionid" if PRODUCTION else "trellis_sessionid"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_NAME = "__Host-csrftoken" if PRODUCTION else "trellis_csrftoken"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
CSRF_TRUSTED_ORIGINS = env.names("TRELLIS_TRUSTED_ORIGINS")
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# Sign-in
AUTH_USER_MODEL = "organizations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "organizations:switch"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["email", "name"]}},
    {"NAME": "organizations.validators.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "organizations.validators.MaximumLengthValidator"},
    {"NAME": "organizations.validators.OwnWordsValidator"},
]
ACCOUNT_ADAPTER = "organizations.sign_in.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_FORMS = {
    "login": "organizations.forms.sign_in.LoginForm",
    "reset_password": "organizations.forms.sign_in.ResetPasswordForm",
    "reset_password_from_key": "organizations.forms.sign_in.ResetPasswordKeyForm",
    "change_password": "organizations.forms.sign_in.ChangePasswordForm",
    "set_password": "organizations.forms.sign_in.SetPasswordForm",
    "add_email": "organizations.forms.sign_in.AddEmailForm",
    "reauthenticate": "organizations.forms.sign_in.ReauthenticateForm",
}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_ADAPTER = "organizations.sign_in.FactorAdapter"
MFA_FORMS = {
    "authenticate": "organizations.forms.second_factor.AuthenticateForm",
    "reauthenticate": "organizations.forms.second_factor.ReauthenticateForm",
    "activate_totp": "organizations.forms.second_factor.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Trellis"
MFA_TOTP_TOLERANCE = 1  # step of 30 s, for a code typed at its end (RFC 6238, 5.2)

# Languages and time
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "__Host-language" if PRODUCTION else "trellis_language"
LANGUAGE_COOKIE_SECURE = PRODUCTION
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# API (config/api.py): what a view needs stands on the view, see organizations/api/base.py
REST_FRAMEWORK = {
    "EXCEPTION_HANDLER": "organizations.api.problems.answer",
    "DEFAULT_SCHEMA_CLASS": "organizations.api.schema.ResourceSchema",
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Trellis API",
    "VERSION": "1",
    "DESCRIPTION": "What a program of an organization may read and do, as one of its people. See docs/api.md.",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "organizations.api.schema.with_refusals"],
    "ENUM_NAME_OVERRIDES": {
        f"{name.rpartition('.')[2]}Word": name
        for name in (
            "organizations.vocabulary.CalendarKind",
            "programs.vocabulary.VersionState",
            "programs.vocabulary.CohortState",
            "programs.vocabulary.EnrollmentState",
            "programs.vocabulary.PhaseState",
            "programs.vocabulary.TaskState",
            "programs.vocabulary.DeliverableState",
            "programs.vocabulary.StepState",
            "programs.vocabulary.StepKind",
            "programs.vocabulary.Outcome",
            "programs.vocabulary.Role",
            "mentorship.vocabulary.PairingState",
            "projects.vocabulary.ProjectState",
            "projects.vocabulary.GateState",
            "projects.vocabulary.Verdict",
        )
    },
}

# Files
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "config.templating.storage.HashedStaticFiles" if not DEBUG else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
MEDIA_ROOT = Path(env.text("TRELLIS_MEDIA_ROOT") or embedded.folder("media"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler", "documents.upload_handler.BoundedUploadHandler"]

# Mail
EMAIL_CONFIG = env.mail(env.text("TRELLIS_EMAIL_URL") or embedded.mail_address())
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("TRELLIS_FROM_EMAIL", "Trellis <noreply@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Security headers
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("TRELLIS_BEHIND_PROXY", PRODUCTION) else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^api/v1/"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRELLIS_TRUSTED_PROXIES", 1 if PRODUCTION else 0)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# E-mail is unique where it is given, by a constraint of its own; without one people sign in by employee number.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

# Celery: at-least-once jobs, each of which may safely run again
CELERY_BROKER_URL = env.broker(REDIS_URL)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# No retries: a page does not wait for a broker that is gone, the regular sweep finds what it wrote.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 1800, "max_retries": 0, "socket_connect_timeout": 2}
CELERY_TIMEZONE = "UTC"

# Certificates hold for so many years from the day of issue; 0: without end
CERTIFICATE_YEARS = 2

# Logging: JSON lines on standard output
DJANGO_STRUCTLOG_CELERY_ENABLED = False
from config.logging import LOGGING  # noqa: E402, F401

# What waits for whom besides sign-offs: modules with `waits`, one for each app above programs that asks people for something
WAITS = ["mentorship.queries.waits", "projects.queries.waits", "assessments.queries.waits"]

# What `manage.py integrity` asks: modules with CHECKS, one for each app that has rules between rows
INTEGRITY_CHECKS = [
    "organizations.integrity.catalog",
    "organizations.integrity.rows",
    "programs.integrity",
    "mentorship.integrity",
    "assessments.integrity",
    "assessments.certificate_integrity",
]

env.refuse_unknown()
