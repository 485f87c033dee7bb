# Each target makes .venv, installs what it needs and goes; a second run starts at once. GNU make 3.81 or newer.
#   make run [PORT=8501]   make test [ARGS="-k dates"]   make lint   make bench [ARGS="--sizes 100k"]
PORT ?= 8501
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11
VENV_PYTHON := .venv/bin/python
# Whole files to a process, in their order: what a file shares is made once, and the browser stories stay last.
PROCESSES := --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder
PIP := $(VENV_PYTHON) -m pip --disable-pip-version-check install --quiet

.PHONY: run test lint bench test-engines

run: .venv/installed-run
	$(VENV_PYTHON) -m streamlit run dashboard.py --server.port $(PORT)

test: .venv/installed-test
	$(VENV_PYTHON) tests/browser/find_chromium.py --install
	$(VENV_PYTHON) -m pytest $(PROCESSES) $(ARGS)

lint: .venv/installed-test
	$(VENV_PYTHON) -m ruff check .
	$(VENV_PYTHON) -m ruff format --check .
	$(VENV_PYTHON) -m tests.house_rules

bench: .venv/installed-bench
	$(VENV_PYTHON) -m tests.bench.together --write docs/benchmarks.md $(ARGS)

# Needs PostgreSQL and Java on the system (Debian: apt install postgresql default-jre-headless); not part of `make test`.
test-engines: .venv/installed-engines
	$(VENV_PYTHON) -m tests.engines $(ARGS)

.venv/installed-bench: tests/bench/requirements.txt .venv/installed-test
	$(PIP) -r requirements.txt -r tests/requirements.txt -r tests/bench/requirements.txt
	@touch $@

.venv/installed-engines: tests/engines/requirements.txt .venv/installed-test
	$(PIP) -r requirements.txt -r tests/engines/requirements.txt
	@touch $@

.venv/installed-run: requirements.txt | .venv/bin/pip
	@echo "Installing what the dashboard needs into .venv (once, a minute or two) ..."
	$(PIP) -r requirements.txt
	@touch $@

.venv/installed-test: tests/requirements.txt .venv/installed-run
	$(PIP) -r requirements.txt -r tests/requirements.txt
	@touch $@

.venv/bin/pip:
	@for python in $(PYTHON); do \
	  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	  $$python -m venv .venv && exit 0; \
	  echo "Cannot make .venv with $$python. On Debian and Ubuntu its venv module is a package of its own:" >&2; \
	  echo "  sudo apt install python3-venv      then run make again." >&2; exit 1; \
	done; \
	echo "Statement Tracker needs Python 3.11 or newer; none of these is: $(PYTHON)." >&2; \
	echo "Install one (Debian: apt install python3 python3-venv; macOS: brew install python)," >&2; \
	echo "or name yours: make PYTHON=/path/to/python3 ..." >&2; exit 1
