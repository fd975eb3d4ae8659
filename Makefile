# `make clean` is the main job here: corpora/raw -> corpora/clean. To delete derived files say `make reset`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RAW ?= corpora/raw
CLEAN ?= corpora/clean
INSTALLED := $(VENV)/.installed
# words first: what the dictionary holds is no unknown word, of whose letters shapes is made
TABLES := words-en.txt compounds-en.tsv bigrams-en.tsv.gz punctuation-en.tsv.gz names-en.tsv shapes-en.tsv.gz

.DEFAULT_GOAL := help
.PHONY: help clean report diff review test quick install browser lint types format samples channel confusions tables reset lock bench

help: ## what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

clean: $(INSTALLED) ## clean corpora/raw into corpora/clean (RAW=, CLEAN=, ARGS= to change that)
	$(BIN)/cleaner clean $(RAW) --out $(CLEAN) $(ARGS)

report: $(INSTALLED) ## pages that show what was done to corpora/clean, in reports/ (CLEAN=, ARGS= to change that)
	$(BIN)/cleaner report $(CLEAN) $(ARGS)

diff: $(INSTALLED) ## what `make clean` would change
	$(BIN)/cleaner diff --would --out $(CLEAN) $(RAW) $(ARGS)

review: $(INSTALLED) ## decide about what waits for you, one change after the other (ARGS=)
	$(BIN)/cleaner review --out $(CLEAN) $(ARGS)

test: $(INSTALLED) browser lint types ## everything that checks the project
	$(BIN)/python -m pytest $(ARGS)

quick: $(INSTALLED) ## the tests without the slow ones
	$(BIN)/python -m pytest -m "not slow" -n auto $(ARGS)

install: $(INSTALLED) ## make .venv with the locked dependencies; afterwards .venv/bin/cleaner works

browser: ## Debian's Chromium for the tests in a browser, where it is missing and apt may install it
	@command -v chromium >/dev/null && command -v chromedriver >/dev/null || { \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null \
		&& apt-get update --quiet=2 && DEBIAN_FRONTEND=noninteractive apt-get install --quiet=2 --yes --no-install-recommends chromium chromium-driver fonts-dejavu-core >/dev/null \
		|| echo "no chromium and chromedriver: the tests in a browser are left out (Debian: chromium, chromium-driver)"; }

$(INSTALLED): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

lint: $(INSTALLED) ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(INSTALLED) ## mypy, strict
	$(BIN)/mypy

format: $(INSTALLED) ## format the code, apply the safe fixes
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

samples: $(INSTALLED) ## rebuild the sample scans (needs groff, ghostscript, poppler-utils, tesseract-ocr)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pillow numpy
	$(BIN)/python tests/samples/build.py
	$(BIN)/cleaner clean corpora/raw/samples --force

channel: $(INSTALLED) ## learn how print is misread from scans made of clean texts (TEXTS=files; needs tesseract-ocr, fontconfig, fonts)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pillow numpy
	$(BIN)/python tools/scans.py $(ARGS) $(TEXTS) > $(VENV)/scans.jsonl
	$(BIN)/python tools/channel.py $(VENV)/scans.jsonl > $(VENV)/channel-en.tsv
	mv $(VENV)/channel-en.tsv cleaner/data/channel-en.tsv

confusions: $(INSTALLED) ## make the tables of misread words in rules/words again (TEXTS=files, clean and free to use; after make channel)
	$(BIN)/python tools/confusions.py --head rules/words/confusions.tsv --scans $(VENV)/scans.jsonl $(TEXTS) > $(VENV)/confusions.tsv
	$(BIN)/python tools/confusions.py --head rules/words/long-s-en.tsv --scans $(VENV)/scans.jsonl --long-s $(TEXTS) > $(VENV)/long-s-en.tsv
	$(BIN)/python tools/confusions.py --head rules/words/confusions-fr.tsv --lang fr > $(VENV)/confusions-fr.tsv
	$(BIN)/python tools/confusions.py --head rules/words/confusions-de.tsv --lang de > $(VENV)/confusions-de.tsv
	mv $(VENV)/confusions.tsv $(VENV)/long-s-en.tsv $(VENV)/confusions-fr.tsv $(VENV)/confusions-de.tsv rules/words/
	$(BIN)/cleaner rules index

tables: $(INSTALLED) ## count the other tables of cleaner/data again (TEXTS=files, clean and free to use)
	for table in $(TABLES); do \
		$(BIN)/python tools/$${table%%-*}.py $(ARGS) $(TEXTS) > $(VENV)/$$table && mv $(VENV)/$$table cleaner/data/$$table || exit 1; \
	done

bench: $(INSTALLED) ## measure speed against ftfy alone
	$(BIN)/python benchmarks/speed.py $(ARGS)

reset: $(INSTALLED) ## delete derived files in corpora/clean, but not the samples' and nothing that was edited by hand
	$(BIN)/cleaner reset $(CLEAN) --keep 'samples/*'

lock: $(INSTALLED) ## choose the newest versions again and pin them
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/python -m piptools compile --quiet --strip-extras --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --extra dev --build-deps-for wheel --build-deps-for editable --output-file requirements.lock pyproject.toml
