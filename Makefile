# Every target sets itself up first: Python 3.11+ and make are all it takes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Bytecode is kept even where a container would not: the tests start a hundred processes.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup run test bench check lock

setup: $(VENV)/.installed

# Of the 25,000 modules that pip brings, only the two thousand that are used are compiled.
$(VENV)/.installed: requirements-dev.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --require-hashes --requirement requirements-dev.lock
	$(BIN)/python -W ignore -c 'import bot.demo'
	touch $@

run: setup
	$(BIN)/python app.py demo

test: check
	$(BIN)/python -m pytest --numprocesses 2

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup
	$(BIN)/python -m tests.bench

# Needs uv; the lock holds hashes and no address of any package index.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --group dev --constraint requirements.lock --output-file requirements-dev.lock
