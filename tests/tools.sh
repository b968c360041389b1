#!/usr/bin/env bash
# Installs what the tests use of other people's Python packages into target/python. Nothing of it becomes part of the program.
set -euo pipefail
cd "$(dirname "$0")/.."
lists=(tests/requirements.txt tests/tools.txt)
if ! cat "${lists[@]}" | cmp -s - target/python/installed.txt; then
  rm -rf target/python
  python3 -m venv target/python
  pip=(target/python/bin/pip install --quiet --disable-pip-version-check)
  "${pip[@]}" --requirement tests/requirements.txt
  "${pip[@]}" --no-deps --requirement tests/tools.txt
  cat "${lists[@]}" > target/python/installed.txt
fi
