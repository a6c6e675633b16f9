# `make run` and `make test` do all the set-up on a fresh machine; see README.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DATA ?= ../shared/data

.PHONY: run test bench bench-pages bench-review bench-projects screenshots samples setup setup-dev clean

run: setup
	@sh scripts/run.sh $(BIN)/python

test:
	@bash .ci/run

bench: setup-dev
	@sh scripts/bench.sh $(BIN)/python $(DATA)

bench-pages: setup-dev
	@sh scripts/bench_pages.sh $(BIN)/python $(DATA)

bench-review: setup-dev
	@$(BIN)/python benchmarks/review.py
	@$(BIN)/python benchmarks/latency.py

bench-projects: setup-dev
	@$(BIN)/python benchmarks/projects.py
	@$(BIN)/python benchmarks/long_steps.py

screenshots: setup-dev
	@sh scripts/screenshots.sh $(BIN)/python docs/screenshots

samples: setup-dev
	@$(BIN)/python -m desktop_ocr.training.samples --fonts $(DATA)/fonts --output resources/samples

setup:
	@sh scripts/setup.sh $(PYTHON) $(VENV) .

setup-dev:
	@sh scripts/setup.sh $(PYTHON) $(VENV) ".[dev]"

clean:
	rm -rf $(VENV) build dist out
