# The only doors. Each is one line over a tool; `make demo` and `make test` set up what they need first.
.DEFAULT_GOAL := help
PYTHON ?= python3
RUN := .venv/bin/python
MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))
.PHONY: help demo demo-reset stop test proof lint format messages screens bench

help: ## say what each of these does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: .venv/run.stamp $(MESSAGES) ## run the whole product here: DEMO_PORT=8000, Ctrl-C ends it
	@deploy/libraries.sh pdf
	@exec $(RUN) manage.py demo

demo-reset: .venv/run.stamp ## delete the demo's data
	@$(RUN) manage.py demo_reset

stop: .venv/run.stamp ## end the demo and all embedded servers of this checkout
	@$(RUN) manage.py stop

test: .venv/dev.stamp $(MESSAGES) lint ## everything that must be true before a change is in
	@deploy/libraries.sh pdf browser
	$(RUN) -m pytest -n 3 --dist worksteal -m "not proof"

# Every process that a test starts would compile the whole product again.
test proof: export PYTHONDONTWRITEBYTECODE :=

proof: .venv/dev.stamp $(MESSAGES) lint ## what takes too long for every change: before each release
	@deploy/libraries.sh pdf browser
	$(RUN) -m pytest -n 3 --dist worksteal --hypothesis-profile=proof

lint: .venv/dev.stamp ## style, directions of imports, templates, long files
	$(RUN) -m ruff check . && $(RUN) -m ruff format --check .
	$(RUN) -m djlint --lint --quiet templates
	.venv/bin/lint-imports
	@git ls-files '*.py' '*.html' '*.css' '*.js' ':!*/migrations/*' | xargs wc -l | awk '$$1 > 400 && $$2 != "total" { print "over 400 lines:", $$1, $$2 }'

format: .venv/dev.stamp ## write code in the one style
	$(RUN) -m ruff check --fix . && $(RUN) -m ruff format .

messages: .venv/run.stamp ## bring the lists of texts up to date with code and templates
	$(RUN) manage.py update_messages

screens: .venv/dev.stamp $(MESSAGES) ## take every screen, for every role, into screens/
	@deploy/libraries.sh pdf browser
	$(RUN) -m tests.screens

bench: .venv/dev.stamp $(MESSAGES) ## measure beside the bare reference
	@deploy/libraries.sh pdf load
	$(RUN) bench/run.py

%.mo: %.po | .venv/run.stamp
	@$(RUN) -m babel.messages.frontend --quiet compile -i $< -o $@ -l $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<)))

.venv/run.stamp: requirements.lock
	@test -x $(RUN) || $(PYTHON) -m venv .venv
	@test .venv/dev.stamp -nt $< || $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

.venv/dev.stamp: requirements-dev.lock | .venv/run.stamp
	@$(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
