# Two commands on a fresh machine with Python 3.11 and make: `make demo` does the main job, `make test` passes the tests.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test test-all lint browser gallery docs exports bench clean
.DELETE_ON_ERROR:

demo: $(VENV)/.installed
	$(BIN)/kinchain path "right hamstring" "left humerus"
	@mkdir -p build
	@$(BIN)/kinchain path "right hamstring" "left humerus" --html build/founding_question.html
	@echo "Open this page in a browser: $(CURDIR)/build/founding_question.html"

test: lint browser
	$(BIN)/kinchain build
	$(BIN)/kinchain sparql "ASK {}" > /dev/null
	$(BIN)/pytest -n 2 -m "not slow"

test-all: test
	$(BIN)/pip install --quiet --disable-pip-version-check -e ".[slow]"
	$(BIN)/pytest -n 2 -m slow

lint: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

gallery: browser
	$(BIN)/python tests/tools/gallery.py

# The documentation as pages that open from a disk; any warning ends it.
docs: $(VENV)/.dev
	$(BIN)/kinchain build
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict
	@echo "Open this page in a browser: $(CURDIR)/build/docs/index.html"

# What a release attaches: every export, made anew, packed; the repository keeps none.
exports: $(VENV)/.dev
	@rm -rf build/exports && mkdir -p build/exports
	@$(BIN)/kinchain export --list | tail -n +2 | cut -f 1,2 | while read -r format suffix; do \
		case $$suffix in \
			folder) $(BIN)/kinchain export $$format -o build/exports/$$format && \
				tar -C build/exports -czf build/exports/kinchain-$$format.tar.gz $$format && rm -r build/exports/$$format ;; \
			.apkg) $(BIN)/kinchain export $$format -o build/exports/kinchain-$$format$$suffix ;; \
			*) $(BIN)/kinchain export $$format -o build/exports/kinchain-$$format$$suffix && \
				gzip -n build/exports/kinchain-$$format$$suffix ;; \
		esac || exit 1; \
	done
	@ls -l build/exports

bench: browser
	$(BIN)/python bench/pages.py
	$(BIN)/python bench/cold.py
	$(BIN)/python bench/search.py
	$(BIN)/python bench/scale.py
	$(BIN)/pip install --quiet --disable-pip-version-check -e ".[benchmark]"
	$(BIN)/python bench/serve.py
	$(BIN)/python bench/load.py
	$(BIN)/python bench/spark.py

# Real browsers, axe-core and a Java OWL checker, brought where that may be done; the tests say when one is missing.
browser: $(VENV)/.dev
	@sh tests/tools/install-system-packages.sh
	@$(BIN)/python tests/tools/axe.py

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check -e ".[dev]"
	@touch $@

clean:
	rm -rf $(VENV) build graphs/body.*
