# The commands of this project. `make run` and `make test` need only Python 3.11 or later and make.

PYTHON ?=
UV = uv==0.13.9
LOCK = .venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --group build

.PHONY: help run test test-quick test-15 check fmt bench frontend lock
.DEFAULT_GOAL := help

help:  ## List the commands.
	@sed -n 's/^\([a-z0-9-]*\):.*## /make \1	/p' Makefile

run: .venv/run  ## Serve the register on http://127.0.0.1:8000/graphql.
	@.venv/bin/gipfelbuch serve

# in parallel: whole groups of tests, in the order set by tests/conftest.py
PYTEST = .venv/bin/pytest --numprocesses=$(or $(JOBS),logical) --dist=loadfile --no-loadscope-reorder

test: .venv/dev  ## Run all tests, on a database that is deleted afterwards; JOBS= sets the number of processes.
	@$(PYTEST)

test-quick: .venv/dev  ## Run the tests that together take a minute: all but those marked slow.
	@.venv/bin/pytest -m "not slow"

# of the tests that query a database (tests/conftest.py): all quick ones, the slow modules marked `sql`, and some random operations
POSTGRES = /usr/lib/postgresql/15/bin

test-15: .venv/dev  ## Run the tests that query a database on PostgreSQL 15; POSTGRES= is the folder of its programs.
	@GENERATED_OPERATIONS=50 LOADS=1 $(PYTEST) --postgres=$(POSTGRES) -m "not slow or sql"

check: .venv/dev  ## Check formatting, lint, types, imports, schema and migrations.
	.venv/bin/ruff format --check --quiet
	.venv/bin/ruff check --quiet
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	.venv/bin/gipfelbuch schema --check
	.venv/bin/gipfelbuch migrate --check

fmt: .venv/dev  ## Format the code.
	.venv/bin/ruff check --fix --quiet
	.venv/bin/ruff format --quiet

bench: .venv/dev  ## Benchmark the service against its peers; needs npm.
	.venv/bin/python -m bench

frontend:  ## Build what browsers load: the playground and the modules of the pages; needs Node and npm.
	npm ci --prefix frontend
	npm run build --prefix frontend

lock: .venv/dev  ## Update the lock files; UPGRADE=--upgrade takes newer versions.
	.venv/bin/python -m pip install -qq $(UV)
	$(LOCK) $(UPGRADE) --output-file requirements.lock
	$(LOCK) $(UPGRADE) --group dev --constraint requirements.lock --output-file requirements-dev.lock

# The date of an empty file is the date of the installation, so that only a changed lock file causes another one.
.venv/run: requirements.lock pyproject.toml | .venv/bin/pip
	@$(call install,requirements.lock)
	@touch $@

.venv/dev: requirements-dev.lock .venv/run
	@$(call install,requirements-dev.lock)
	@touch $@

.venv/bin/pip:
	@for each in $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11); do \
		if $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making .venv with $$($$each --version)"; exec $$each -m venv --clear .venv; \
		fi; \
	done; \
	echo "Gipfelbuch needs Python 3.11 or later; set PYTHON=/path/to/python3." >&2; exit 2

# pip prints nothing unless something fails, so a dot every two seconds shows progress
PIP = .venv/bin/python -m pip install -qq --disable-pip-version-check
define install
printf 'Installing the packages in $(1) '; \
$(PIP) --require-hashes -r $(1) & pip=$$!; \
trap 'kill $$pip; exit 130' INT TERM; \
while kill -0 $$pip 2>/dev/null; do printf .; sleep 2; done; \
echo; wait $$pip && $(PIP) --no-deps --no-build-isolation -e .
endef
