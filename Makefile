# Channel Simulator. `make` shows what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PORT ?= 8080
WORKERS ?= auto

.DEFAULT_GOAL := help
.PHONY: help setup run demo test bench lint format lock reset

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: $(STAMP) ## Make .venv with everything that is needed; quick when repeated

$(STAMP): requirements.lock requirements-pymagento.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $(VENV)/pymagento -r requirements-pymagento.txt
	@touch $@

run: setup ## Play all scenarios and write the report to report/index.html
	$(BIN)/channelsim run fixtures/scenarios --report report

demo: setup ## Open the live world with sample data: console on PORT (8080), Amazon, Commerce and the connector on the next ports
	$(BIN)/channelsim up --port $(PORT) --play fixtures/demo.yaml --cron --speed 60

test: setup ## Run all tests
	$(BIN)/python -m pytest -n $(WORKERS) -q

bench: setup ## Measure against the budgets and compare with the recorded run
	$(BIN)/python tests/bench/run.py

lint: setup ## Check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: setup ## Format the code
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .

lock: setup ## Pin the newest versions that fit pyproject.toml (needs pip-tools)
	pip-compile --quiet --upgrade --strip-extras --extra dev --no-emit-index-url --no-emit-find-links --output-file requirements.lock pyproject.toml

reset: ## Remove .venv, reports, caches and local databases
	rm -rf $(VENV) report .data .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
