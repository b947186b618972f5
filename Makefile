# Chronicle. `make site` builds the site, `make test` tests the program; each makes what it needs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH := .venv-bench
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: site test serve lint bench browser schema lock vulnerabilities clean help

site: $(VENV)/.site-ready ## build the site into site/
	@echo "==> building the site"
	@$(BIN)/chronicle build

serve: $(VENV)/.site-ready ## live preview on http://127.0.0.1:8000/
	@$(BIN)/chronicle serve

test: $(VENV)/.test-ready browser ## run all tests
	@echo "==> running the tests"
	@$(BIN)/python -m pytest -n 2
	@echo "==> all tests passed; how they work: docs/contributing/developing.md"

lint: $(VENV)/.test-ready ## ruff and mypy --strict
	@echo "==> ruff"
	@$(BIN)/ruff check benchmarks generator tests photos
	@$(BIN)/ruff format --check benchmarks generator tests photos
	@echo "==> mypy"
	@$(BIN)/mypy
	@echo "==> generated files are up to date"
	@$(BIN)/chronicle schema --check
	@$(BIN)/chronicle reference --check

bench: $(BENCH)/.ready browser ## measure beside other programs: make bench SIZES="100 1000"
	@$(BENCH)/bin/python -m benchmarks $(if $(SIZES),--sizes $(SIZES)) $(BENCH_OPTIONS)

schema: $(VENV)/.test-ready ## write the JSON Schemas and the reference pages anew
	@$(BIN)/chronicle schema
	@$(BIN)/chronicle reference
	@$(BIN)/python -m tests.examples_table

browser: $(VENV)/.test-ready
	@$(BIN)/python tests/browser.py

lock: ## renew the lock files from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --upgrade --extra build --output-file requirements.lock pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --constraint requirements.lock --extra build --extra test --output-file requirements-test.lock pyproject.toml
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --constraint requirements-test.lock --extra build --extra bench --output-file requirements-bench.lock pyproject.toml

vulnerabilities: ## look up known vulnerabilities of the locked packages (asks the network)
	@$(PYTHON) -m venv .venv-audit
	@.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.9.0
	@.venv-audit/bin/pip-audit --disable-pip --require-hashes --requirement requirements.lock
	@.venv-audit/bin/pip-audit --disable-pip --require-hashes --requirement requirements-test.lock
	@.venv-audit/bin/pip-audit --disable-pip --require-hashes --requirement requirements-bench.lock

clean: ## remove everything that can be made again
	rm -rf $(VENV) $(BENCH) .venv-audit site .cache

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST)

$(VENV)/bin/python:
	@echo "==> making the environment $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Chronicle needs Python 3.11 or newer: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv $(VENV) || { echo "python3-venv is missing: apt install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/.site-ready: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "==> installing locked dependencies"
	@$(PIP) --require-hashes --requirement requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test-ready: requirements-test.lock $(VENV)/.site-ready
	@echo "==> installing what the tests need"
	@$(PIP) --require-hashes --requirement requirements-test.lock
	@touch $@

$(BENCH)/.ready: requirements-bench.lock pyproject.toml | $(VENV)/bin/python
	@echo "==> making the environment $(BENCH)"
	@$(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-bench.lock
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
