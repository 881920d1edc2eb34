# The two commands of the project: `make run` and `make test`. Everything CI does is here, for people to do too.

HOME_DIR ?= var
PORT ?= 7860
HOST ?= 127.0.0.1

BOOKREC := .build/release/bookrec
VENV := .venv
export BOOKREC_COMMIT := $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)

.PHONY: run test lint format build model engine-test app-test end-to-end-test clean

## Sets everything up, trains on the starter shelf and serves on http://127.0.0.1:7860/
run: model
	$(BOOKREC) ingest books data/starter/books.csv --home $(HOME_DIR)
	$(BOOKREC) train --home $(HOME_DIR)
	exec $(BOOKREC) serve --home $(HOME_DIR) --host $(HOST) --port $(PORT)

## Runs every test; installs what they need.
test: engine-test app-test end-to-end-test

build:
	scripts/require-packages.sh build
	swift build -c release --product bookrec

## Fetches the text model, checked by sha256. Does nothing when it is there.
model: build
	$(BOOKREC) model fetch --home $(HOME_DIR)

engine-test: model
	BOOKREC_TEST_MODEL=$(abspath $(HOME_DIR))/models/all-MiniLM-L6-v2 swift test --package-path Engine -c release

app-test: model
	BOOKREC_TEST_MODEL=$(abspath $(HOME_DIR))/models/all-MiniLM-L6-v2 swift test

end-to-end-test: model $(VENV)/ready
	scripts/require-packages.sh browser
	BOOKREC_TEST_MODEL=$(abspath $(HOME_DIR))/models/all-MiniLM-L6-v2 $(VENV)/bin/pytest Tests/EndToEnd

$(VENV)/ready: Tests/EndToEnd/requirements.txt
	scripts/require-packages.sh python
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r $<
	touch $@

## Formatting and static checks; changes nothing.
lint: $(VENV)/ready
	scripts/require-packages.sh lint
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Engine
	shellcheck scripts/*.sh .ci/run
	$(VENV)/bin/ruff check --quiet Tests bench Engine/Tests/Golden

format:
	swift format --in-place --parallel --recursive Package.swift Sources Tests Engine

clean:
	rm -rf .build Engine/.build $(VENV)
