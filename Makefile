SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

# Any Python from 3.11 on: make run PYTHON=python3.13
PYTHON ?= python3
# How many tests run side by side
JOBS ?= 2
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --progress-bar off --require-hashes --no-deps

TEST_PACKAGES := caddy chromium espeak-ng flac fonts-liberation2 libreoffice-writer-nogui nginx poppler-utils \
  postgresql redis-server gcc libc6-dev systemd zbar-tools
FAST := not vosk and not slow and not browser and not faults

# A start without compiled bytecode takes twice as long, and each test that starts a process would wait for it.
unexport PYTHONDONTWRITEBYTECODE
COMPILE := $(BIN)/python -m compileall -q live server transcription

.PHONY: help run test check bench crowd lock clean test-packages

help: ## this list
	@echo "Đối Thoại. make ..."
	@sed -En 's/^([a-z]+):.*## (.*)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 10

run: .venv/.run .venv/.project ## set up, then a demo dialogue on 127.0.0.1:8000 (HALL=1: open to the hall's network, plain HTTP)
	@echo "== Starting the demo dialogue; stop it with Ctrl-C"
	@$(COMPILE)
	@exec $(BIN)/doithoai demo $(if $(HALL),--hall)

test: test-packages .venv/.dev .venv/.project ## set up, then every test: lint, types, speech, browser and faults too
	@echo "== All tests, $(JOBS) at a time: some minutes, the line at the end counts them"
	@$(BIN)/pytest -n $(JOBS) --dist loadfile

check: .venv/.dev .venv/.project ## formatting, lint, types and the fast tests: under a minute
	@echo "== Formatting" && $(BIN)/ruff format --check .
	@echo "== Lint" && $(BIN)/ruff check .
	@echo "== Types" && $(BIN)/mypy
	@echo "== Fast tests" && HYPOTHESIS_PROFILE=few $(BIN)/pytest -q -n $(JOBS) --dist loadfile -m "$(FAST)"

bench: test-packages .venv/.dev .venv/.bench .venv/.project bench/peers/node_modules/.made ## print the measurements, beside peers and floor: two hours on an idle machine (QUICK=1: minutes, no figures)
	@for script in bench/[a-z]*.py; do echo "== $$script"; BENCH_QUICK=$(QUICK) $(BIN)/python "$$script"; done

crowd: .venv/.run .venv/.project ## a made-up crowd for the running server (ARGS="--help" lists the options)
	@$(BIN)/doithoai crowd $(ARGS)

lock: ## choose the versions anew from requirements/*.in (needs uv and a network)
	@for name in run demo dev bench; do \
	  echo "== requirements/$$name.lock"; \
	  uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    --no-annotate -o requirements/$$name.lock requirements/$$name.in; \
	done

clean: ## remove what make and the tools made; dialogues in data/ stay
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Clean. The next make sets everything up again; data/ was not touched."

test-packages:
	@.ci/apt "the tests of papers, speech, browsers, load and several servers" $(TEST_PACKAGES)

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "!! $(PYTHON) is older than 3.11. Name a newer one: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || .ci/apt "a Python environment of our own" python3-venv
	@echo "== Making .venv with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv .venv && touch $@

.venv/.run: requirements/demo.lock .venv/.made
	@echo "== Installing the locked parts and the model for speech (about 650 MB on disk, a minute or two the first time)"
	@$(INSTALL) -r $< | .ci/counted "$$(grep -c '^[a-z].*==' $<)" && touch $@

.venv/.dev: requirements/dev.lock .venv/.made
	@echo "== Installing the locked parts and the tools (about 850 MB on disk, a minute or two the first time)"
	@$(INSTALL) -r $< | .ci/counted "$$(grep -c '^[a-z].*==' $<)" && touch $@

.venv/.bench: requirements/bench.lock .venv/.made
	@$(INSTALL) -r $< | .ci/counted "$$(grep -c '^[a-z].*==' $<)" && touch $@

bench/peers/node_modules/.made: bench/peers/package-lock.json
	@command -v npm >/dev/null || .ci/apt "the peers that run on Node" nodejs npm
	@cd bench/peers && npm ci --silent --no-audit --no-fund && touch node_modules/.made

# The stamp waits for the build tool, whichever lock brought it: run and test need not both be installed.
.venv/.project: pyproject.toml | .venv/.made
	@echo "== Installing doithoai itself, in place"
	@$(PIP) install -qq --no-index --no-deps --no-build-isolation -e . && $(COMPILE) && touch $@
