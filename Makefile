# `make demo` and `make test` need nothing but Python 3.11 or newer and make: they build their own environment in .venv.
# All paths are relative, so that the checkout may lie in a directory with spaces in its name.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
READY := $(VENV)/.ready

DEMO_DAY := 2021-03-01
DEMO_BATCH := $(BIN)/eligibility batch examples/companies.csv -o build/demo/verdicts.csv --report build/demo/portfolio.html --as-of $(DEMO_DAY)
DEMO_CHECK := $(BIN)/eligibility check --no-input --answers examples/company.yaml --as-of $(DEMO_DAY)
DEMO_CLIENT := $(DEMO_CHECK) --name 'Schreinerei Huber GmbH' --lang de --format html -o build/demo/client.html
# The README's figures: make bench BENCH_ROWS=1000000 BENCH_PEAK_ROWS=10000000 BENCH_PROFILES=2000 (hours where the machine is busy).
BENCH_ROWS ?= 200000
BENCH_PEAK_ROWS ?= 1000000
BENCH_PROFILES ?= 200

.NOTPARALLEL:
.PHONY: help demo pictures test lint types arrows rules pytest slow bench build format clean

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

demo: $(READY)  ## assess the example companies, then explain the result of one
	@mkdir -p build/demo
	@echo '$$ $(DEMO_BATCH)'
	@$(DEMO_BATCH) || test $$? -eq 5  # 5: done, some rows rejected
	@echo
	@echo '$$ $(DEMO_CHECK)'
	@$(DEMO_CHECK)
	@echo
	@echo "$$ $(DEMO_CLIENT)"
	@$(DEMO_CLIENT)

pictures: demo  ## take the README's pictures of the demo's reports; needs Chromium
	$(PY) -m docs.pictures.make build/demo

test: lint types arrows rules pytest  ## run every check

lint: $(READY)  ## style and layout
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

types: $(READY)  ## static types
	$(PY) -m mypy --strict eligibility

arrows: $(READY)  ## which room may import which
	$(BIN)/lint-imports --no-logo

rules: $(READY)  ## the rule files: every problem, then their own cases
	$(PY) -m eligibility rules check
	$(PY) -m eligibility rules test

pytest: $(READY)  ## the tests
	$(PY) -m pytest -n 2 --dist loadgroup -m "not slow"

slow: $(READY)  ## the tests that take minutes: the whole catalogue through every engine
	$(PY) -m pytest -n 2 --dist loadgroup -m slow

bench: $(READY)  ## measure what the README states
	$(PY) -m benchmarks.start
	$(PY) -m benchmarks.batch $(BENCH_ROWS)
	$(PY) -m benchmarks.rivals $(BENCH_ROWS)
	$(PY) -m benchmarks.questions $(BENCH_PROFILES)
	$(PY) -m benchmarks.report $(BENCH_ROWS)
	$(PY) -m benchmarks.compare $(BENCH_ROWS)
	$(PY) -m benchmarks.group --firms $(BENCH_ROWS)
	$(PY) -m benchmarks.scale --rows $(BENCH_ROWS) --peak-rows $(BENCH_PEAK_ROWS)

build: $(READY)  ## the wheel, in dist/
	@rm -rf dist
	$(PY) -m build --wheel --outdir dist .

format: $(READY)  ## put the code into its layout
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

clean:  ## remove the environment and everything built
	rm -rf $(VENV) build dist .coverage htmlcov .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find eligibility tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is written last: an interrupted installation starts afresh, and so does one whose versions changed.
$(READY): pyproject.toml constraints.txt
	@command -v "$(PYTHON)" >/dev/null || { \
	  echo "$(PYTHON) was not found: install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is older than Python 3.11: name a newer one, such as make PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make virtual environments: install its venv module (Debian, Ubuntu: python3-venv)" >&2; exit 1; }
	@echo "Installing into $(VENV) (once; about a minute)"
	@"$(PYTHON)" -m venv --clear $(VENV)
	@$(PY) -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@$(PY) -m compileall -q eligibility  # as pip does with all but editable packages
	@touch $@
