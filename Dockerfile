# syntax=docker/dockerfile:1
# Three stages: fonts and styles, Python libraries, and what runs (unprivileged, without compilers).

FROM node:24-slim AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev

FROM python:3.13-slim AS libraries
COPY requirements/uv.txt requirements/base.txt /build/requirements/
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r /build/requirements/uv.txt \
 && VIRTUAL_ENV=/opt/venv /opt/venv/bin/uv pip sync --no-cache --require-hashes /build/requirements/base.txt

FROM python:3.13-slim AS run
RUN useradd --system --uid 10001 --create-home --home-dir /srv/mitwirk mitwirk
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONPATH=/srv/mitwirk/app:/srv/mitwirk/app/site \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    MITWIRK_DATA_DIR=/srv/mitwirk/data \
    STATIC_ROOT=/srv/mitwirk/static
WORKDIR /srv/mitwirk/app
COPY --from=libraries /opt/venv /opt/venv
COPY --from=assets /build/node_modules ./node_modules
COPY . .
RUN python scripts/assets.py \
 && python scripts/messages.py compile \
 && rm -rf node_modules \
 && mkdir -p /srv/mitwirk/data /srv/mitwirk/static \
 && MITWIRK_PROFILE=embedded python manage.py collectstatic --noinput --verbosity 0 \
 && rm -f /srv/mitwirk/data/secret_key \
 && chown -R mitwirk:mitwirk /srv/mitwirk/data
USER mitwirk
VOLUME /srv/mitwirk/data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=40s --retries=4 \
    CMD ["python", "scripts/healthcheck.py"]
CMD ["gunicorn", "--config", "scripts/gunicorn.conf.py", "config.wsgi"]
