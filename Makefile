# `make help` lists what there is.
.DEFAULT_GOAL := help
.PHONY: help run start stop reset build test check format bench bench-growth bench-console fuzz chaos soak images compose-test compatibility

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-20s %s\n", $$1, $$2 }'

run: ## build, start everything under .local/, follow one pass from link to phone, stay up until Ctrl-C
	@Scripts/bootstrap
	@Scripts/sandbox run

start: ## the same in the background: returns when every service is ready
	@Scripts/bootstrap
	@Scripts/sandbox start

stop: ## stop all that `make run` or `make start` started; data, ports, tokens and keys stay
	@Scripts/sandbox stop

reset: ## stop all and delete .local/
	@Scripts/sandbox reset

build: ## compile everything
	@Scripts/bootstrap
	@Scripts/build

test: ## every test: unit, contract, integration, end-to-end
	@Scripts/bootstrap
	@Scripts/test Unit Contract Integration EndToEnd

check: ## format, structure, documents, unit tests
	@Scripts/bootstrap
	@Scripts/checks
	@Scripts/test Unit

format: ## rewrite every Swift file in the project's format
	@Scripts/checks --format

fuzz: ## hand changed inputs to every reader of what strangers send and to every service, FUZZ_SECONDS=60 each
	@Scripts/bootstrap
	@Scripts/fuzz

compatibility: ## each service of the previous release (PREVIOUS=<ref>) beside new ones, and an update under load
	@Scripts/bootstrap
	@Scripts/compatibility

chaos: ## break what everything stands on, under load, CHAOS_SECONDS=600; show that nothing is lost or doubled
	@Scripts/bootstrap
	@Scripts/chaos

soak: ## hold 70 % of the most load, SOAK_SECONDS=1200; show that no service holds ever more
	@Scripts/bootstrap
	@Scripts/soak

bench: ## measure against the goals, write Benchmarks/results.md
	@Scripts/bootstrap
	@Benchmarks/run

bench-growth: ## the figures with 1, 10 and 100 times the data, see Benchmarks/growth --help (half an hour, 35 GB)
	@Scripts/bootstrap
	@Benchmarks/growth

bench-console: ## open each page of the console with 1,000,000 passes behind it, first paint within 200 ms
	@Scripts/bootstrap
	@Benchmarks/console

images: ## build the images of compose.yaml, show their sizes (needs docker)
	@Scripts/images

compose-test: ## run compose.yaml with simulators and show that it does what it promises (needs docker)
	@Scripts/compose-test
