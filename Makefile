# Mitwirk. `make` lists what it can do. Everything stays inside this folder: .venv, node_modules, var.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
PYTEST := PYTHONPATH=.:site $(BIN)/python -m pytest

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

.PHONY: setup
setup: $(VENV)/.runtime var/assets/.done var/.messages ## install what running needs (done by the others)

.PHONY: demo
demo: setup ## fill a town and serve it (PORT=8000)
	@MITWIRK_PROFILE=demo SITE_URL=$${SITE_URL:-http://127.0.0.1:$(PORT)} $(BIN)/python scripts/demo.py $(PORT)

.PHONY: run
run: setup ## serve what is there, without filling anything
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@PYTHONPATH=.:site $(BIN)/gunicorn --config scripts/gunicorn.conf.py --bind 127.0.0.1:$(PORT) config.wsgi

.PHONY: test
test: setup $(VENV)/.dev ## the plain tests, on SQLite, without any server
	@echo "── plain tests (SQLite)"
	@$(PYTEST) -n 2 --dist loadfile -m "not browser and not server" -q --junitxml=var/test-results/sqlite.xml

.PHONY: test-all
test-all: setup $(VENV)/.dev ## everything CI does; wants the servers (see docs/testing.md)
	@scripts/test-all

.PHONY: check
check: setup $(VENV)/.dev ## linters, types, contracts, catalogues, migrations
	@scripts/check

.PHONY: soak
soak: setup $(VENV)/.dev ## the long protocols at full size (wants PostgreSQL; about an hour)
	@SOAK=1 $(PYTEST) -q -s tests/voting/test_protocols.py tests/voting/test_database_killed.py tests/voting/test_vote_machine.py tests/voting/test_merge_machine.py tests/voting/test_*_races.py tests/search/test_simulation.py tests/search/test_killed.py tests/moderation/test_races.py

.PHONY: bench
bench: setup $(VENV)/.dev ## figures against docs/speed.md (wants PostgreSQL)
	@export PYTHONPATH=.:site; status=0; \
	 $(BIN)/python -m tests.benchmarks || status=1; \
	 $(BIN)/python -m tests.benchmarks.search || status=1; \
	 $(BIN)/python -m tests.benchmarks.visit || status=1; exit $$status

.PHONY: messages
messages: setup $(VENV)/.dev ## new source texts into the catalogues
	@$(BIN)/python scripts/messages.py extract
	@$(BIN)/python scripts/messages.py check

.PHONY: lock
lock: $(VENV)/.uv ## pin every version anew
	@for name in uv node; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --upgrade requirements/$$name.in -o requirements/$$name.txt; done
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --upgrade pyproject.toml -o requirements/base.txt
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --upgrade --extra dev -c requirements/base.txt pyproject.toml -o requirements/dev.txt
	@npm update --package-lock-only

.PHONY: clean
clean: ## throw away everything that was made here (the filled town too)
	@rm -rf $(VENV) node_modules var

# ── how it is made ────────────────────────────────────────────────────────────────────────────────────────────────────
$(VENV)/.uv: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	@echo "── making $(VENV)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

$(VENV)/.runtime: $(VENV)/.uv requirements/base.txt requirements/dev.txt
	@echo "── installing the libraries that are pinned in requirements/"
	@if test -e $(VENV)/.dev; then $(BIN)/uv pip sync --quiet --require-hashes requirements/dev.txt; \
	 else $(BIN)/uv pip sync --quiet --require-hashes requirements/base.txt; fi
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	@echo "── installing the tools for tests and checks"
	@$(BIN)/uv pip sync --quiet --require-hashes requirements/dev.txt
	@touch $@ $(VENV)/.runtime

var/assets/.done: $(VENV)/.runtime package-lock.json scripts/assets.py $(shell find site/theme/static -type f 2>/dev/null | sed 's/ /\\ /g')
	@echo "── fetching fonts and styles"
	@scripts/npm-ci
	@$(BIN)/python scripts/assets.py
	@touch $@

var/.messages: $(VENV)/.runtime scripts/messages.py $(shell find . -path ./node_modules -prune -o -path ./.venv -prune -o -name '*.po' -print 2>/dev/null)
	@$(BIN)/python scripts/messages.py compile
	@mkdir -p var && touch $@
