# make run    set up once, build the graph from DOCUMENTS, serve it on this machine
# make test   set up once, then lint, format, types, tests
# make equivalence   the queries made of the shapes against a SHACL engine, at length
# make bench  what it costs: scores, times and throughput, as ratios against named peers in the same run
# Variables: DOCUMENTS (files or folders), DATA (folder of releases), PORT, PYTHON (3.11 or newer).

DOCUMENTS ?= tests/samples
DATA ?= data
PORT ?= 8000

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PINS := requirements/runtime.txt requirements/dev.txt

.PHONY: run test equivalence bench format clean
.DELETE_ON_ERROR:

# Exit code 3 of build: some documents were left out, and said so; the others are served.
run: $(READY)
	$(BIN)/yusuan build $(DOCUMENTS) --out $(DATA) || [ $$? -eq 3 ]
	$(BIN)/yusuan serve --data $(DATA) --host 127.0.0.1 --port $(PORT)

test: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

# Our queries against stock pyshacl over 10,000 mutants and more: hours.
equivalence: $(READY)
	$(BIN)/python -m tests.equivalence.run

bench: $(READY)
	$(BIN)/python tests/bench/run.py
	$(BIN)/python -m tests.bench.citations
	$(BIN)/python -m tests.bench.validation
	$(BIN)/python -m tests.protocol.control
	$(BIN)/python -m tests.bench.serving
	$(BIN)/python -m tests.hostile.report

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .venv-peers data .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The environment, made once for these pins: every download is checked against its hash, and the project itself is
# installed in place from what is there, without network.
$(READY): $(PINS) pyproject.toml
	@found=; for candidate in $(or $(PYTHON),python3.11 python3.12 python3.13 python3); do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	  then found=$$candidate; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo "yusuan needs Python 3.11 or newer; found: $$($(or $(PYTHON),python3) --version 2>&1)." >&2; \
	  echo "Install one, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "$$found cannot make a virtual environment: it has no venv or ensurepip." >&2; \
	  echo "Install them (Debian, Ubuntu: the package python3-venv), or name another: make PYTHON=..." >&2; exit 1; \
	fi; \
	"$$found" -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes $(PINS:%=-r %)
	$(BIN)/python -m pip install --quiet --no-index --no-build-isolation --no-deps --editable .
	@touch $@
