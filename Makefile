# `make run` and `make test` do all the set-up on a fresh machine; see README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ../shared/data

.PHONY: run test bench screenshots setup setup-dev clean

run: setup
	@sh scripts/run.sh $(BIN)/python

test:
	@bash .ci/run

bench: setup-dev
	@sh scripts/bench.sh $(BIN)/python $(DATA)

setup:
	@sh scripts/setup.sh $(PYTHON) $(VENV) .

setup-dev:
	@sh scripts/setup.sh $(PYTHON) $(VENV) ".[dev]"

clean:
	rm -rf $(VENV) build dist out
