"""Django's settings, from the environment, with defaults that are safe in production.

Every variable is described in docs/operations/settings.md.
"""

from __future__ import annotations

import sys
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from . import environment as env
from .house import PACKAGES

VAR = env.var_folder()
PUBLIC_URL = env.text("TENFOLD_URL", "http://127.0.0.1:8000")
_address = urlsplit(PUBLIC_URL)
_https = _address.scheme == "https"
_loopback = _address.hostname in ("127.0.0.1", "localhost", "::1")
if not (_https or _loopback or env.flag("TENFOLD_INSECURE")):
    sys.exit("TENFOLD_URL: plain http is only for this machine itself; use https, or set TENFOLD_INSECURE=1")

DEBUG = False
_secrets = env.key_file(VAR / "secret.key")
SECRET_KEY, SECRET_KEY_FALLBACKS = _secrets[0], _secrets[1:]
ALLOWED_HOSTS = [h for h in env.text("TENFOLD_HOSTS").split(",") if h] or list(
    {_address.hostname or "127.0.0.1", "127.0.0.1", "localhost", "[::1]"}
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if _https else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    *PACKAGES,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "tenfold.site.apps.SiteConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tenfold.foundation.access.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tenfold.foundation.access.middleware.AccessMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tenfold.site.standard_fault.StandardFaultMiddleware",
]
ROOT_URLCONF = "tenfold.site.urls"
WSGI_APPLICATION = "tenfold.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tenfold.foundation.ui.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "tenfold.foundation.ui.templatetags.tf",
            ],
        },
    }
]

DATABASES = {"default": env.database(env.text("DATABASE_URL"), VAR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(VAR / "cache"),
    }
}

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["tenfold.foundation.access.backends.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_ADAPTER = "tenfold.foundation.access.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/10m/key",
    "reset_password": "5/h/ip,3/h/key",
}
MFA_ADAPTER = "tenfold.foundation.access.adapter.FactorAdapter"
MFA_TOTP_TOLERANCE = 1

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "tenfold.foundation.access.sessions"
SESSION_COOKIE_NAME = "tenfold_session"
CSRF_COOKIE_NAME = "tenfold_csrf"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600
SECURE_HSTS_SECONDS = 31536000 if _https else 0
SECURE_SSL_REDIRECT = _https and not env.flag("TENFOLD_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("TENFOLD_BEHIND_PROXY") else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
FORMAT_MODULE_PATH = None

STATIC_URL = "static/"
STATIC_ROOT = env.ROOT / "build" / "collected"
STATICFILES_DIRS = [p for p in (env.ROOT / "build" / "static",) if p.exists()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

EMAIL_BACKEND = "tenfold.engines.notices.mail.OutboxBackend"
DEFAULT_FROM_EMAIL = env.text("TENFOLD_MAIL_FROM", "tenfold@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("TENFOLD_LOG", "WARNING")},
    "loggers": {"waitress.queue": {"level": "ERROR"}},  # a request that waits a moment is no news
}

TENFOLD: dict[str, Any] = {
    "VAR": VAR,
    "DEMO": env.flag("TENFOLD_DEMO"),
    "TODAY": env.text("TENFOLD_TODAY"),
    "PUPILS": env.flag("TENFOLD_PUPILS"),
    "TITLE": env.text("TENFOLD_TITLE", "咸宁市教育“十大行动”工作平台"),
    "SEAL": env.text("TENFOLD_SEAL", "咸宁教育"),
    "ICP": env.text("TENFOLD_ICP"),
    "APP_FILING": env.text("TENFOLD_APP_FILING"),
    "PROGRAMME": env.text("TENFOLD_PROGRAMME", "xianning-2023"),
    "PROGRAMMES": env.ROOT / "programmes",
    "STANDARDS": env.ROOT / "standards",
    "DATA_KEYS": env.key_file(VAR / "data.keys", 32),
    "CIPHER": env.one_of("TENFOLD_CIPHER", "aesgcm1", "sm4gcm1"),
    "AUDIT_ROOTS": env.text("TENFOLD_AUDIT_ROOTS"),
    "MAIL": env.text("TENFOLD_MAIL", "console"),
    "CHANNELS": env.text("TENFOLD_CHANNELS"),
    "UPLOAD_LIMIT": int(env.text("TENFOLD_UPLOAD_MB", "100")) * 1024 * 1024,
    "UNDO_DAYS": int(env.text("TENFOLD_UNDO_DAYS", "365")),
    "IDLE_MINUTES": int(env.text("TENFOLD_IDLE_MINUTES", "60")),
    "LEASE_SECONDS": float(env.text("TENFOLD_LEASE_SECONDS", "60")),
    "SESSIONS": int(env.text("TENFOLD_SESSIONS", "5")),
    "ON_TOUCHED": "tenfold.engines.indicators.services.ask_for_sync",
    "CONTEXT_OF_POST": "tenfold.foundation.access.queries.context_of_post",
    "PAGE_PARTS": {
        "todo_count": "tenfold.foundation.desk.queries.count",
        "posts": "tenfold.foundation.access.queries.posts_of",
        "places": "tenfold.foundation.access.queries.place_choices",
        "actions": "tenfold.engines.programme.queries.rail.actions",
    },
}
