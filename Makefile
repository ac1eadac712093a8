# Glyphpad, from a checkout. `make run` and `make test` need Python 3.11 to 3.13 and nothing else.
#
#   make run ARGS=page.png        open the pad, with files if named
#   make test ARGS="-k undo"      run the tests; ARGS goes to pytest
#   make PYTHON=python3.12 run    choose the Python that the environment is made with
#
# Paths are relative throughout, so that a checkout may stand in a folder with spaces in its name.

ARGS ?=
PYTHON ?=
export PYTHON

python := .venv/bin/python
bundle_python := .venv-bundle/bin/python
setup := scripts/environment.sh scripts/find-python.sh scripts/system_packages.py \
	scripts/system-packages.txt

.DEFAULT_GOAL := help
.PHONY: help run test lint format translations bench train bundle check-bundle package package-light check-package screenshots lock clean distclean

help:
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 22

run: .venv/.ready-app ## open the pad
	@sh scripts/check-display.sh
	@$(python) -m desktop $(ARGS)

test: .venv/.ready-dev ## run the tests, without a display
	QT_QPA_PLATFORM=offscreen $(python) -m pytest $(ARGS)

lint: .venv/.ready-dev ## check style, types, import rules, lock files and translations
	$(python) -m ruff check
	$(python) -m ruff format --check
	$(python) -m mypy
	PYTHONPATH=. .venv/bin/lint-imports
	$(python) scripts/lock.py --check
	$(python) -m scripts.translate --check

format: .venv/.ready-dev ## lay the code out as `make lint` wants it
	$(python) -m ruff format

translations: .venv/.ready-app ## bring assets/translations up to date with the texts in the code
	@$(python) -m scripts.translate

bench: .venv/.ready-dev ## measure, and print a table
	$(python) -m bench $(ARGS)

train: .venv/.ready-app ## train the model that ships, glyphnet
	$(python) -m core train glyphnet $(ARGS)

bundle: .venv-bundle/.ready ## build the frozen program, dist/glyphpad
	$(bundle_python) -m PyInstaller build.spec --noconfirm --log-level WARN
	@du -sh dist/glyphpad

check-bundle: .venv-bundle/.ready ## check that the frozen program works and opens its window
	$(bundle_python) scripts/system_packages.py run display
	$(bundle_python) -m scripts.check_bundle dist/glyphpad

package: bundle .venv-bundle/.ready ## make packages of the complete program, dist/glyphpad_*.deb and .tar.zst
	$(bundle_python) scripts/system_packages.py bundle package
	$(bundle_python) -m scripts.packages dist/glyphpad

package-light: bundle-light .venv-bundle/.ready ## the same of the small program, dist/glyphpad-light_*.deb and .tar.zst
	$(bundle_python) scripts/system_packages.py bundle package
	$(bundle_python) -m scripts.packages dist/glyphpad-light

check-package: .venv-bundle/.ready ## install the package of the small program on a fresh Debian and use it
	$(bundle_python) scripts/system_packages.py run bundle package display system
	$(bundle_python) -m scripts.check_package dist/glyphpad-light $(ARGS)

screenshots: .venv/.ready-app ## take the pictures in the README anew
	$(python) scripts/system_packages.py run display
	$(python) -m scripts.screenshots

lock: .venv/.ready-dev ## bring requirements/*.lock up to date; ARGS=--upgrade takes newer versions
	$(python) scripts/lock.py $(ARGS)

clean: ## remove what was built, and keep the environments
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	find . -name .venv\* -prune -o -name __pycache__ -exec rm -rf {} +

distclean: clean ## remove the environments too
	rm -rf .venv .venv-bundle

# The stamps: made when an environment holds what its lock names, so that a second `make run` asks
# neither pip nor apt. A dangling link to a Python that is gone counts as missing.

.venv/bin/python .venv-bundle/bin/python:
	sh scripts/environment.sh create $(@:/bin/python=)

.venv/.ready-app: requirements/app.lock .venv/bin/python $(setup)
	$(python) scripts/system_packages.py run
	sh scripts/environment.sh install .venv requirements/app.lock
	@touch $@

.venv/.ready-dev: requirements/dev.lock .venv/.ready-app
	sh scripts/environment.sh install .venv requirements/dev.lock
	@touch $@

.venv-bundle/.ready: requirements/bundle.lock .venv-bundle/bin/python $(setup)
	$(bundle_python) scripts/system_packages.py run bundle
	sh scripts/environment.sh install .venv-bundle requirements/bundle.lock
	@touch $@
