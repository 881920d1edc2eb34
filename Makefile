# The commands of the project: `make run`, `make test`, `make image`. Everything CI does is here, for people to do too.

HOME_DIR ?= var
PORT ?= 7860
HOST ?= 127.0.0.1

BOOKREC := .build/release/bookrec
# The program and its tests, built in one go: optimised as the program is, but with internal names that tests can reach.
TEST_BUILD := .build/testing
TESTED := $(TEST_BUILD)/release/bookrec
VENV := .venv
export BOOKREC_COMMIT := $(shell git rev-parse --short=12 HEAD 2>/dev/null || echo unknown)

SECONDS_EACH ?= 600
DATA ?= ../shared/data

.PHONY: fuzz sanitize bench bench-micro bench-peers run test lint format build model image test-build test-model engine-test emulation-test app-test end-to-end-test deployment-test rehearse-deploy clean

## Sets everything up, trains on the starter shelf and serves on http://127.0.0.1:7860/
run: model
	$(BOOKREC) ingest books data/starter/books.csv --home $(HOME_DIR)
	$(BOOKREC) train --home $(HOME_DIR)
	exec $(BOOKREC) serve --home $(HOME_DIR) --host $(HOST) --port $(PORT)

## Runs every test; installs what they need.
test: engine-test emulation-test app-test end-to-end-test deployment-test

build:
	scripts/require-packages.sh build
	swift build -c release --product bookrec

## Fetches the text model, checked by sha256. Does nothing when it is there.
model: build
	$(BOOKREC) model fetch --home $(HOME_DIR)

test-build:
	scripts/require-packages.sh build
	swift test -c release --scratch-path $(TEST_BUILD) list >/dev/null

test-model: test-build
	$(TESTED) model fetch --home $(HOME_DIR)

engine-test: test-model
	BOOKREC_TEST_MODEL=$(abspath $(HOME_DIR))/models/all-MiniLM-L6-v2 swift test --package-path Engine -c release

## The kernels of processors that are not here, emulated; see Engine/Tests/Emulation/README.md.
emulation-test:
	scripts/require-packages.sh emulation
	scripts/test-emulated-kernels.sh

app-test: test-model
	BOOKREC_TEST_MODEL=$(abspath $(HOME_DIR))/models/all-MiniLM-L6-v2 \
		swift test -c release --scratch-path $(TEST_BUILD) --skip-build

end-to-end-test: test-model $(VENV)/ready
	scripts/require-packages.sh browser
	BOOKREC_BINARY=$(abspath $(TESTED)) BOOKREC_TEST_MODEL=$(abspath $(HOME_DIR))/models/all-MiniLM-L6-v2 \
		$(VENV)/bin/pytest Tests/EndToEnd

## The workflow and the infrastructure, read and tried without a host.
deployment-test: $(VENV)/ready
	scripts/require-packages.sh deployment-test
	PATH=$(abspath $(VENV))/bin:$$PATH $(VENV)/bin/pytest Tests/Deployment --ignore=Tests/Deployment/rehearsal

## The whole deployment on this machine: real engine, registry, SSH host, firewall, proxy, readers. Needs root and apt.
rehearse-deploy: $(VENV)/ready
	scripts/require-packages.sh rehearsal
	PATH=$(abspath $(VENV))/bin:$$PATH $(VENV)/bin/pytest Tests/Deployment/rehearsal

image:
	DOCKER_BUILDKIT=1 docker build --build-arg COMMIT=$(BOOKREC_COMMIT) --tag bookrec .

$(VENV)/ready: Tests/EndToEnd/requirements.txt Tests/Deployment/requirements.txt
	scripts/require-packages.sh python
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check $(addprefix -r ,$^)
	touch $@

## Everything that is measured, and the tables of docs/performance.md from it. Takes an hour and a half on an idle machine.
bench: bench-micro bench-peers
	python3 bench/write_performance_doc.py

## The hot paths of engine and ingestion, each alone.
bench-micro: model
	BOOKREC_TEST_MODEL=$(abspath $(HOME_DIR))/models/all-MiniLM-L6-v2 swift package --package-path Benchmarks \
		benchmark --target EngineBenchmarks --format jmh --path stdout | python3 bench/collect_micro.py
	swift package --package-path Benchmarks benchmark --target IngestionBenchmarks

## Us beside what one could use instead, each peer in an environment of its own. Needs the real data in DATA.
bench-peers: model bench/embedding/.venv/ready bench/search/.venv/ready bench/serving/.venv/ready \
		bench/finding/.venv/ready
	scripts/require-packages.sh bench
	bench/embedding/.venv/bin/python bench/embedding/compare.py --data $(DATA) --home $(HOME_DIR)
	bench/search/.venv/bin/python bench/search/make_vectors.py --data $(DATA) --home $(HOME_DIR)
	bench/search/.venv/bin/python bench/search/compare.py
	bench/serving/.venv/bin/python bench/serving/compare.py --data $(DATA) --home $(HOME_DIR)
	bench/finding/.venv/bin/python bench/finding/compare.py --data $(DATA) --models $(HOME_DIR)/models

bench/%/.venv/ready: bench/%/requirements.txt
	scripts/require-packages.sh python
	python3 -m venv $(@D)
	$(@D)/bin/pip install --quiet --disable-pip-version-check -r $<
	touch $@

## The engine's tests under the address and the thread sanitizer. Left out is what takes longest there and shares its code with
## the rest: every golden text at every level, and under the thread sanitizer the kernels, which know no threads.
sanitize: model
	BOOKREC_TEST_MODEL=$(abspath $(HOME_DIR))/models/all-MiniLM-L6-v2 ASAN_OPTIONS=detect_leaks=0 \
		swift test --package-path Engine --sanitize=address --scratch-path Engine/.build-asan \
		--skip 'everyTextHasItsVector|bytesComeNear|thePlainEncoder'
	BOOKREC_TEST_MODEL=$(abspath $(HOME_DIR))/models/all-MiniLM-L6-v2 \
		swift test --package-path Engine --sanitize=thread --scratch-path Engine/.build-tsan \
		--skip 'everyTextHasItsVector|bytesComeNear|thePlainEncoder|Kernel'

## Feeds every parser whatever libFuzzer thinks of, SECONDS_EACH each; see Fuzz/README.md.
fuzz:
	scripts/require-packages.sh build
	swift build --package-path Fuzz -c release --sanitize fuzzer
	for target in Records Archives Rows Values Settings Weights Tokenizer Indexes; do \
		mkdir -p Fuzz/.build/corpus/$$target && \
		Fuzz/.build/release/Fuzz$$target Fuzz/.build/corpus/$$target -max_total_time=$(SECONDS_EACH) -rss_limit_mb=2048 -timeout=20 || exit 1; \
	done

## Formatting and static checks; changes nothing.
lint: $(VENV)/ready
	scripts/require-packages.sh lint
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Engine Benchmarks Fuzz
	shellcheck scripts/*.sh Tests/Deployment/rehearsal/*.sh .ci/run
	$(VENV)/bin/ruff check --quiet Tests bench Engine/Tests/Golden
	python3 bench/write_performance_doc.py --check
	PATH=$(abspath $(VENV))/bin:$$PATH scripts/lint-deployment.sh

format:
	swift format --in-place --parallel --recursive Package.swift Sources Tests Engine Benchmarks Fuzz

clean:
	rm -rf .build Engine/.build $(VENV)
