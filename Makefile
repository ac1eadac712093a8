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
light_python := .venv-light/bin/python
setup := scripts/environment.sh scripts/find-python.sh scripts/system_packages.py \
	scripts/system-packages.txt

.DEFAULT_GOAL := help
.PHONY: help run test lint format translations bench train bundle bundle-light check-bundle \
	check-bundle-light opencv-slim package package-light release check-package screenshots lock \
	clean distclean

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

bundle: .venv-bundle/.ready ## build the complete frozen program, dist/glyphpad
	$(bundle_python) -m PyInstaller build.spec --noconfirm --log-level WARN \
		--workpath build/complete -- complete
	@du -s --apparent-size -BM dist/glyphpad

bundle-light: .venv-light/.ready ## build the frozen program without Keras, dist/glyphpad-light
	$(light_python) -m PyInstaller build.spec --noconfirm --log-level WARN \
		--workpath build/light -- light
	@du -s --apparent-size -BM dist/glyphpad-light

check-bundle: .venv-bundle/.ready ## check what the complete frozen program holds, and that it works
	$(bundle_python) scripts/system_packages.py run display
	$(bundle_python) -m scripts.check_bundle dist/glyphpad complete

check-bundle-light: .venv-light/.ready ## check the light one
	$(light_python) scripts/system_packages.py run display
	$(light_python) -m scripts.check_bundle dist/glyphpad-light light

opencv-slim: .venv-light/.ready ## build OpenCV with what Glyphpad uses, for both (ten minutes of a core)
	$(light_python) scripts/system_packages.py opencv
	sh packaging/opencv/build.sh $(light_python)

package: package-light dist/glyphpad ## make dist/*.deb and dist/*.tar.zst of both programs
	$(bundle_python) scripts/system_packages.py bundle package
	$(bundle_python) -m scripts.packages dist/glyphpad

package-light: dist/glyphpad-light ## make those of the light program alone
	$(light_python) scripts/system_packages.py bundle package
	$(light_python) -m scripts.packages dist/glyphpad-light

release: opencv-slim bundle bundle-light package ## all that is given to others, as small as can be

check-package: .venv-light/.ready ## install the light packages on a fresh Debian, and use them
	$(light_python) scripts/system_packages.py run display system
	$(light_python) -m scripts.check_package dist/glyphpad-light $(ARGS)

# What is packaged is what was built last; it is built here only where there is nothing yet.
dist/glyphpad:
	$(MAKE) bundle

dist/glyphpad-light:
	$(MAKE) bundle-light

screenshots: .venv/.ready-app ## take the pictures in the README anew
	$(python) scripts/system_packages.py run display
	$(python) -m scripts.screenshots

lock: .venv/.ready-dev ## bring requirements/*.lock up to date; ARGS=--upgrade takes newer versions
	$(python) scripts/lock.py $(ARGS)

clean: ## remove what was built, and keep the environments
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info
	find . -name .venv\* -prune -o -name __pycache__ -exec rm -rf {} +

distclean: clean ## remove the environments too
	rm -rf .venv .venv-bundle .venv-light .opencv-slim

# The stamps: made when an environment holds what its lock names, so that a second `make run` asks
# neither pip nor apt. A dangling link to a Python that is gone counts as missing.

.venv/bin/python .venv-bundle/bin/python .venv-light/bin/python:
	sh scripts/environment.sh create $(@:/bin/python=)

.venv/.ready-app: requirements/app.lock .venv/bin/python $(setup)
	$(python) scripts/system_packages.py run
	sh scripts/environment.sh install .venv requirements/app.lock
	@touch $@

.venv/.ready-dev: requirements/dev.lock .venv/.ready-app
	sh scripts/environment.sh install .venv requirements/dev.lock
	@touch $@

.venv-bundle/.ready .venv-light/.ready: .venv-%/.ready: requirements/%.lock .venv-%/bin/python $(setup)
	.venv-$*/bin/python scripts/system_packages.py run bundle
	sh scripts/environment.sh install .venv-$* requirements/$*.lock
	@touch $@
