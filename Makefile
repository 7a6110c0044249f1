# Needs Python 3.11 or later with venv, make and git; everything else goes into .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test coverage check lint types contracts site bench bench-hour docs man pictures wheel clean

run: .venv/run-ready
	ZNREADER_DATA=.run $(BIN)/znreader

test: .venv/test-ready
	$(BIN)/python -m pytest

# How much of the program the tests run, children included: lines and branches, by file.
coverage: .venv/test-ready
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage json --quiet -o .coverage.json
	$(BIN)/python -m tests.covered .coverage.json

check: lint types contracts test

lint: .venv/test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/test-ready
	$(BIN)/mypy

contracts: .venv/test-ready
	$(BIN)/lint-imports

# A stand-in for the news site, to try the reader live: see what it prints.
site: .venv/test-ready
	$(BIN)/python -m tests.site

# Figures of the real program and of others, on data that it makes itself: see BENCH.md.
bench: .venv/bench-ready
	$(BIN)/python -m tests.bench

# The memory of an hour of use.
bench-hour: .venv/bench-ready
	$(BIN)/python -m tests.bench --hour

# The manual page and the documents that come from the tables of settings and commands.
docs man: .venv/test-ready
	$(BIN)/python -m tests.docs

# Pictures of the program in each of its states; needs Chromium for the last step.
pictures: .venv/test-ready
	$(BIN)/python -m tests.screenshot docs/pictures

wheel: .venv/test-ready
	$(BIN)/pip wheel --no-deps --wheel-dir dist .

clean:
	rm -rf .venv .run .bench dist build

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run-ready: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	touch $@

.venv/test-ready: pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

# Without its rivals the bench runs as well, and prints them as missing. They need `lxml[html_clean]`,
# which the resolver of an older pip cannot take together with `lxml[html-clean]`.
.venv/bench-ready: .venv/test-ready
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=24.1'
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,bench]'
	touch $@
