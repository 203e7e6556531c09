# `make` alone lists the commands. `make run` and `make test` do all their own set-up.

PYTHON ?= python3
BIN := .venv/bin
# Hundreds of programs are started by the tests: none compiles the sources anew.
unexport PYTHONDONTWRITEBYTECODE
SAMPLE := build/sample
CMDESK_VERAPDF ?= $(wildcard ../shared/harness/verapdf/verapdf.sh)
COVERED := rules casework store exchange reports

.DEFAULT_GOAL := help
.PHONY: help run test torture check check-pdf fix screens bench package lock ready-run ready-test

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ready-run ## make a sample practice with its letter, and open the window on it
	@rm -rf $(SAMPLE) && mkdir -p build
	@$(BIN)/cmdesk demo $(SAMPLE)
	@echo "The family update: $$(ls $(SAMPLE)/*.pdf)"
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || { [ "$$(uname)" = Darwin ] && [ -z "$$SSH_CONNECTION" ]; }; \
	then $(BIN)/cmdesk --vault $(SAMPLE)/*.cmdesk; \
	else echo "There is no screen here, so no window was opened."; fi

test: ready-test ## every test, with branch coverage; the rules are held to all of it
	@rm -rf build/coverage && mkdir -p build/coverage
	@COVERAGE_FILE='$(CURDIR)/build/coverage/data' $(BIN)/python -m pytest --numprocesses 2 --dist loadgroup \
	  $(COVERED:%='--cov=$(CURDIR)/src/cmdesk/%') --cov-branch --cov-report=term --cov-report=json:build/coverage/report.json
	@$(BIN)/python packaging/coverage_report.py build/coverage/report.json

torture: ready-test ## faults and hostile input in their large numbers; about two hours
	@$(BIN)/python -m pip install -qq --require-hashes -r packaging/requirements-torture.txt
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest tests/faults tests/hostile tests/migrations tests/reports tests/leaks \
	  tests/window --torture --fuzz-seconds 120 --numprocesses 2 --dist loadgroup -q

check: ready-test ## style, types, layers, spelling
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/taplo lint --no-schema pyproject.toml
	$(BIN)/codespell
	$(BIN)/lint-imports
	$(BIN)/pyright

check-pdf: ready-test ## every paper, and 300 by chance, through veraPDF, qpdf and a walk of our own
	@CMDESK_VERAPDF='$(CMDESK_VERAPDF)' $(BIN)/python packaging/check_pdf.py

fix: ready-test ## put right what a machine can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

screens: ready-test ## a picture of every screen into build/screens
	@$(BIN)/python packaging/screens.py

bench: ready-test ## how fast the slow things are
	@$(BIN)/python -m pip install -qq --require-hashes -r packaging/requirements-bench.txt \
	  || echo "WeasyPrint and fpdf2 could not be installed; nothing is compared with them." >&2
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest tests/bench --benchmark-only -p no:randomly -q \
	  --benchmark-columns=median,max,rounds --benchmark-sort=name

package: ready-test ## the wheel, into dist
	@$(BIN)/python -m hatchling build --target wheel

lock: ready-test ## choose the newest packages allowed, and write their hashes down
	@$(BIN)/python -m pip install -qq "uv>=0.9"
	@unset PIP_FIND_LINKS UV_FIND_LINKS; for pair in requirements:build requirements-dev:dev; do \
	  $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	    --no-annotate --group $${pair#*:} pyproject.toml --output-file packaging/$${pair%:*}.txt || exit 1; done
	@unset PIP_FIND_LINKS UV_FIND_LINKS; $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --group torture --output-file packaging/requirements-torture.txt
	@unset PIP_FIND_LINKS UV_FIND_LINKS; $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate --group bench --constraint packaging/requirements-dev.txt \
	  --output-file packaging/requirements-bench.txt
	@! grep -n '://' packaging/*.txt

ready-run:
	@$(PYTHON) packaging/bootstrap.py run

ready-test:
	@$(PYTHON) packaging/bootstrap.py test
