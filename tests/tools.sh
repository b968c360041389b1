#!/usr/bin/env bash
# Installs what the tests use of other people's tools under target/tools: axe-core, which looks for obstacles on the page,
# a reader of calendars, and an editor of workbooks. Nothing of it becomes part of the program.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! cmp -s tests/tools.txt target/tools/tools.txt; then
  rm -rf target/tools
  python3 -m venv target/tools
  # Without dependencies: axe-core comes in the package of a browser driver, which is not needed.
  target/tools/bin/pip install --quiet --disable-pip-version-check --no-deps -r tests/tools.txt
  cp tests/tools.txt target/tools/tools.txt
fi
