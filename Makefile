# `make report` writes a first PDF; `make test` passes the whole suite. Each sets up all it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready

.PHONY: report test check lint types contracts suite system-packages wheel benchmarks clean

# Your own data where there is some, else the made-up year; YES=1 agrees that browser
# histories are read, DEMO=1 takes the made-up year in any case.
report: $(STAMP)
	@$(BIN)/disconnect welcome $(if $(YES),--yes) $(if $(DEMO),--demo) $(if $(OUT),-o $(OUT))

test: system-packages $(STAMP)
	@$(MAKE) --no-print-directory check suite

check: lint types contracts

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

contracts: $(STAMP)
	$(BIN)/lint-imports

suite: $(STAMP)
	$(BIN)/pytest -n 2 --dist loadgroup

system-packages:
	@sh tests/system-packages.sh

wheel: $(STAMP)
	$(BIN)/python -m build --no-isolation --outdir dist .

benchmarks: $(STAMP)
	$(BIN)/python -m benchmarks

clean:
	rm -rf $(VENV) dist .reports .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(STAMP): pyproject.toml requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name it with make PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up $(VENV) …" >&2
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
