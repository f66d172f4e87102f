# Everything one does with the book, each in one command; `make` alone lists them.
# Needs Python 3.11 or later and git; the rest is fetched into .venv and js/node_modules.

# The first of these that is recent enough makes .venv. Another one: make book PYTHON=/opt/python3.13/bin/python3
PYTHON ?= python3 python3.13 python3.12 python3.11
BIN := .venv/bin
INSTALLED := .venv/installed
PAGE := _build/html/index.html

.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*\#\# .*/\1/p' Makefile) # every command that is explained below
.DEFAULT_GOAL := help

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F'|' '{ printf "make %-12s %s\n", $$1, $$2 }'

book: $(INSTALLED) ## run the chapters and build the HTML book
	$(BIN)/jupyter-book build . -W -n --keep-going
	@echo
	@echo "The book:    $(CURDIR)/$(PAGE)"
	@echo "Or serve it: $(BIN)/python -m http.server --directory _build/html   and open http://localhost:8000"

live: $(INSTALLED) ## open the chapters in JupyterLab
	cd chapters && ../$(BIN)/jupyter lab

test: $(INSTALLED) ## run the tests
	$(BIN)/python -m tools.provide
	$(BIN)/pytest

test-all: $(INSTALLED) ## run the tests that take longer: other engines, other hosts, other versions
	$(BIN)/python -m tools.provide
	$(BIN)/python -m tools.provide engines
	$(BIN)/pytest -m everywhere

notebooks: $(INSTALLED) ## run the chapters and store their outputs, clean
	$(BIN)/python -m tools.notebooks

class: $(INSTALLED) ## write the students' and the teacher's edition into _build/class
	$(BIN)/python -m tools.handout

sheet: $(INSTALLED) ## write all losses on one page to print
	$(BIN)/python -m tools.sheet

pdf: book ## print the whole book as one PDF
	$(BIN)/python -m tools.provide browser
	$(BIN)/python -m tools.paper

zip: book ## put the built book into one zip that needs no network
	$(BIN)/python -m tools.offline

bundle: $(INSTALLED) ## build lossviz/static/lossviz.js from js/
	$(BIN)/python -m tools.provide node
	$(BIN)/python -m tools.node npm run build

look: book ## photograph every page and figure into _build/look
	$(BIN)/python -m tools.provide browser
	$(BIN)/python -m tools.look

bench-frame: $(INSTALLED) ## measure how much of a frame each figure takes while it moves
	$(BIN)/python -m tools.provide browser
	$(BIN)/python -m benchmarks.frame

bench-page: book ## measure what a page costs its reader, beside the stock embedding
	$(BIN)/python -m tools.provide node
	$(BIN)/python -m tools.provide browser
	$(BIN)/python -m benchmarks.page

bench-build: $(INSTALLED) ## measure a cold and a warm build, and the notebooks' share
	$(BIN)/python -m benchmarks.build

bench-slice: _build/bench/installed ## measure slices of a network beside other packages
	_build/bench/bin/python -m benchmarks.slice

bench-growth: $(INSTALLED) ## measure how the time of a slice grows
	$(BIN)/python -m benchmarks.growth

lock: $(INSTALLED) ## pin the dependencies anew (UPGRADE=1: their newest versions)
	$(BIN)/python -m tools.lock $(if $(UPGRADE),--upgrade)

lint: $(INSTALLED) ## check style and types, Python and JavaScript
	$(BIN)/python -m tools.provide node
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tools.notebooks --check
	$(BIN)/python -m tools.node npm run check

audit: $(INSTALLED) ## ask the registries for known weaknesses of the dependencies
	$(BIN)/python -m tools.provide node
	$(BIN)/python -m tools.audit

clean: ## remove what was built, and .venv
	rm -rf _build .venv js/node_modules

# Made again when what it depends on changes. The stamp comes last, so that a broken-off run is taken up again.
$(INSTALLED): requirements.txt pyproject.toml
	@test -x $(BIN)/pip || for python in $(PYTHON); do \
	    if $$python -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	        echo "$$python -m venv .venv"; \
	        exec $$python -m venv .venv; \
	    fi; \
	done; \
	test -x $(BIN)/pip || { \
	    echo "Python 3.11 or later with its venv module is needed, and none of these is: $(PYTHON)." >&2; \
	    echo "Debian and Ubuntu: apt-get install python3-venv. Elsewhere: make PYTHON=/path/to/python3" >&2; \
	    exit 1; }
	@echo "Installing requirements.txt into .venv (some minutes the first time)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

# The packages to measure beside need PyTorch, which is large: an environment of their own.
_build/bench/installed: $(INSTALLED)
	@echo "Installing PyTorch and the packages to measure beside into _build/bench (some minutes the first time)"
	@test -x _build/bench/bin/pip || $(BIN)/python -m venv _build/bench
	@_build/bench/bin/pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@
