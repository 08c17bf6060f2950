# The habits of this house, by name. The README's commands do not need make.
PYTHON ?= .venv/bin/python

.PHONY: install demo check test slow lint types contracts catalogue docs bench pictures

install:
	python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt -e '.[dev]'

demo:
	.venv/bin/shuke --demo

check:
	$(PYTHON) tests/all.py

test:
	$(PYTHON) -m pytest -q -n auto

slow:
	$(PYTHON) tests/all.py --only-slow

lint:
	$(PYTHON) -m ruff check --fix . && $(PYTHON) -m ruff format .

types:
	$(PYTHON) -m mypy

contracts:
	.venv/bin/lint-imports

catalogue:
	$(PYTHON) -m bench.catalogue merge

docs:
	$(PYTHON) -m bench.command_reference && $(PYTHON) -m bench.key_table

bench:
	$(PYTHON) -m bench

pictures:
	$(PYTHON) -m bench.pictures
