# Two commands set everything up on a fresh machine: `make run` and `make test`.
# Set-up happens once, in .venv; a stamp file remembers it until pyproject.toml changes.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PY     := $(BIN)/python
PIP    := $(PY) -m pip --disable-pip-version-check
# An environment that uv made has no pip.
PIP_THERE := @$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip >/dev/null
# How many processes the tests use; `make test WORKERS=0` runs them in one.
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help run setup test test-long check format-check lint types floors docs games installed \
        bench format clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- set-up -----------------------------------------------------------------------------

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "alliance-games needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) -V 2>&1)." >&2; \
	  echo "Name another one: make PYTHON=/path/to/python3.12 ..." >&2; exit 1; }
	@echo "Setting up $(VENV) (once) ..."
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

# Three sizes of the same environment: to run, to test, to check. The larger one serves the
# smaller targets too, hence the extra stamps.
$(VENV)/.for-run: pyproject.toml | $(PY)
	$(PIP_THERE)
	$(PIP) install --quiet --editable .
	@$(PY) -m compileall -q alliance_games
	@touch $@

$(VENV)/.for-test: pyproject.toml | $(PY)
	$(PIP_THERE)
	$(PIP) install --quiet --editable '.[dev]'
	@$(PY) -m compileall -q alliance_games
	@touch $(VENV)/.for-run $@

$(VENV)/.for-check: pyproject.toml | $(PY)
	$(PIP_THERE)
	$(PIP) install --quiet --editable '.[dev,docs,bench,parquet,pictures]'
	@$(PY) -m compileall -q alliance_games
	@touch $(VENV)/.for-run $(VENV)/.for-test $@

# --- what a user wants --------------------------------------------------------------------

run: $(VENV)/.for-run ## set up if needed and solve games/stag_hunt.yaml
	@$(BIN)/alliance-games solve games/stag_hunt.yaml

setup: $(VENV)/.for-check ## everything a developer needs, without running anything

test: $(VENV)/.for-test ## set up if needed and run the tests
	$(PY) -m pytest -n $(WORKERS)

test-long: $(VENV)/.for-check ## the tests that take minutes, with fresh random examples
	HYPOTHESIS_PROFILE=long $(PY) -m pytest -m long

bench: $(VENV)/.for-check ## timings side by side with other solvers
	$(PY) -m benchmarks

docs: $(VENV)/.for-check ## the documentation, in docs/_build/html
	$(PY) -m sphinx -W --keep-going -q -b html docs docs/_build/html

# --- what .ci/run wants ---------------------------------------------------------------------

# One after the other, even under `make -j`: the first failure is then the last thing printed.
check: $(VENV)/.for-check ## everything that must hold before a change is merged
	@for step in format-check lint types floors docs games test installed; do \
	  echo "== $$step"; $(MAKE) --no-print-directory $$step || exit 1; \
	done; echo "== all good"

format-check: $(VENV)/.for-check
	$(PY) -m ruff format --check .

lint: $(VENV)/.for-check
	$(PY) -m ruff check .

types: $(VENV)/.for-check
	$(PY) -m mypy

floors: $(VENV)/.for-check
	$(BIN)/lint-imports

games: $(VENV)/.for-run ## run every `expect:` line of the library
	$(BIN)/alliance-games check games/

installed: $(VENV)/.for-test ## build the wheel and use it from an empty environment
	$(PY) -m pytest -m long tests/test_install.py

format: $(VENV)/.for-check ## let ruff put the code in order
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

clean: ## remove everything that was built, the environment included
	rm -rf $(VENV) build dist docs/_build .mypy_cache .ruff_cache .pytest_cache .hypothesis \
	  .import_linter_cache
