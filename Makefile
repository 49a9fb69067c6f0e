# The house's commands. `make help` lists them; the README says what they need beforehand.
PYTHON ?= python3
BIN := .venv/bin
ROOMS := talentsvc worker deploy tests wsgi.py

export PYTEST_DISABLE_PLUGIN_AUTOLOAD := 1
PYTEST := $(BIN)/python -m pytest -p xdist -p pytest_timeout -p time_machine
TESTS ?= tests

.PHONY: help run test lint bench catalogues pictures locks vendor bootstrap environment
.DEFAULT_GOAL := help

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  make %-12s %s\n", $$1, $$2}'

bootstrap: ## only make .venv ready (run, test and lint do it themselves)
	@$(PYTHON) deploy/bootstrap.py local

environment:
	@$(PYTHON) deploy/bootstrap.py dev

run: bootstrap ## the whole service with invented data; PORT=8100 chooses the port, FRESH=1 begins anew
	@exec $(BIN)/python -m deploy.local

test: environment ## all tests, on real servers and in a real browser; TESTS= chooses some
	@$(BIN)/python -m deploy.checks.test_needs
	@$(PYTEST) -n 2 --dist loadfile --ignore=tests/bench $(TESTS) $(ARGS)

lint: environment ## every law that a tool checks
	@$(BIN)/python -m deploy.checks.everything

bench: environment ## measure against the budgets; writes var/bench.json
	@$(BIN)/python -m tests.bench

catalogues: environment ## bring both message catalogues up to the code
	@$(BIN)/python -m deploy.catalogues update

pictures: environment ## screenshots for the README into docs/pictures/
	@$(BIN)/python -m deploy.checks.test_needs
	@$(BIN)/python -m deploy.pictures $(ARGS)

locks: environment ## resolve the dependencies anew into the lock files
	@$(BIN)/python -m deploy.locks $(ARGS)

vendor: environment ## fetch the browser files listed in deploy/vendor.json
	@$(BIN)/python -m deploy.vendor
