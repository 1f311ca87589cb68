# Everything runs in .venv, made here; what is installed already is not installed again.
# PYTHON=… chooses the interpreter that makes it; TESTS=… and PYTEST_ARGS=… what `make test` runs.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.SUFFIXES:
unexport PYTHONHOME PYTHONPATH

BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$each -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$each && break; done)
METADATA := pyproject.toml src/outcome_bees/__init__.py

PLAN := examples/hertfordshire-2024-25.yaml
FIGURES := examples/hertfordshire.csv
EPOCH := $(shell git log -1 --format=%ct 2>/dev/null || echo 315532800)
TESTS :=
PYTEST_ARGS :=

.PHONY: help demo test lint format types docs site wheel api bench dev clean

help:  ## list what can be made
	@sed -n 's/^\([a-z]*\):.*##/make \1\t/p' Makefile | expand -t 14

demo: .venv/.demo  ## evaluate a published plan on published figures, and write its report as a page
	@echo "The 2024-25 strategic priorities for Hertfordshire, as known on 31 December 2025:"
	@$(BIN)/outcome-bees evaluate $(PLAN) $(FIGURES) --as-of 2025-12-31 --area E10000015
	@$(BIN)/outcome-bees report $(PLAN) $(FIGURES) --as-of 2025-12-31 --area E10000015 -o report.html
	@echo "The same with charts, for a browser: $(CURDIR)/report.html"

test: .venv/.test  ## pass the tests
	@echo "Testing; the cases that Hypothesis draws are the same each time."
	@$(BIN)/python -m pytest -q -n auto --hypothesis-profile=ci $(PYTEST_ARGS) $(TESTS)

dev: .venv/.dev  ## everything that working on the library takes

lint: .venv/.dev  ## ruff: faults and layout
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: .venv/.dev  ## ruff: mend both
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

types: .venv/.dev  ## mypy strict and pyright, over src and tests; the public names as written down
	$(BIN)/mypy
	$(BIN)/pyright
	$(BIN)/python .ci/api.py

docs: .venv/.dev  ## run every example of README.md, docs/ and the docstrings, and those of examples/
	$(BIN)/python -m pytest -q tests/docs
	.ci/examples $(BIN)

site: .venv/.dev  ## the pages and the reference as HTML, in build/site; a warning is an error
	@rm -rf build/site
	$(BIN)/python -m sphinx -q -E -W --keep-going -n -b html docs build/site

wheel: .venv/.dev  ## build dist/ twice, see that both are the same bytes and hold what they should; a bill of materials
	@rm -rf dist build/again
	SOURCE_DATE_EPOCH=$(EPOCH) $(BIN)/python -m build --no-isolation --outdir dist .
	SOURCE_DATE_EPOCH=$(EPOCH) $(BIN)/python -m build --no-isolation --outdir build/again . >/dev/null
	@for each in dist/*; do cmp "$$each" "build/again/$${each#dist/}" || exit 1; done; echo "built twice, to the same bytes"
	$(BIN)/python .ci/contents.py dist
	$(BIN)/python .ci/sbom.py dist

api: .venv/.dev  ## write down the public names again, in tests/typing/public-api.txt
	$(BIN)/python .ci/api.py --write

bench: .venv/.dev  ## run every benchmark, one after the other
	@for each in benchmarks/*.py; do echo "== $$each"; $(BIN)/python "$$each" || exit 1; done

clean:  ## take away all that was made here
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .coverage .coverage.* htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.made:
	@test -n "$(PYTHON)" || { echo "outcome-bees needs Python 3.11 or newer, and there is none here:" \
		"sudo apt-get install python3 python3-venv, or make PYTHON=/path/to/python"; exit 1; } >&2
	@$(PYTHON) -c '$(NEW_ENOUGH)' || { echo "outcome-bees needs Python 3.11 or newer; $(PYTHON) is" \
		"$$($(PYTHON) --version 2>&1)"; exit 1; } >&2
	@echo "Making a virtual environment in .venv with $$($(PYTHON) --version)."
	@rm -rf .venv
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 \
		|| { $(PYTHON) -m venv --clear --without-pip .venv \
			&& $(PYTHON) -m pip -qq --python $(BIN)/python install pip; } >/dev/null 2>&1 \
		|| { rm -rf .venv; echo "This Python cannot make a virtual environment:" \
			"sudo apt-get install python3-venv, then again."; exit 1; } >&2
	@$(PIP) install --upgrade 'pip>=25.1'  # the first that reads dependency groups
	@touch $@

.venv/.demo: .venv/.made $(METADATA)
	@echo "Installing outcome-bees in .venv, with what draws and writes reports."
	@$(PIP) install --editable '.[report]'
	@touch $@

.venv/.test: .venv/.made $(METADATA)
	@echo "Installing outcome-bees in .venv, with what its tests need (a minute or two)."
	@$(PIP) install --editable . --group test
	@touch $@ .venv/.demo

.venv/.dev: .venv/.made $(METADATA)
	@echo "Installing outcome-bees in .venv, with all that working on it needs (a minute or two)."
	@$(PIP) install --editable . --group dev
	@touch $@ .venv/.test .venv/.demo
