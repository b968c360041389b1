#!/usr/bin/env bash
# Builds the wheel, installs it, and runs the tests of the module and the commands of docs/analyst.md with it. Needs Python 3 and Rust.
#
#   bash contrib/python/test.sh [PROFILE]      # a profile of Cargo.toml; without one: dev
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=target/wheel wheels=target/wheels
if [ ! -x "$venv/bin/maturin" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet 'maturin>=1.16,<2' mypy pandas pandas-stubs
fi
rm -rf "$wheels"
# Into the same folder as every other build: nothing is compiled twice.
export CARGO_TARGET_DIR=$PWD/target
(cd contrib/python && "../../$venv/bin/maturin" build --quiet --profile "${1:-dev}" --out "../../$wheels")
"$venv/bin/pip" install --quiet --force-reinstall --no-deps "$wheels"/*.whl
"$venv/bin/mypy" --cache-dir target/mypy --config-file contrib/python/pyproject.toml contrib/python/src
env -u TICKLER_PROGRAM "$venv/bin/python" -m unittest discover -s contrib/python/tests
# What docs/analyst.md says about installing it, command by command.
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cp "$wheels"/*.whl "$place"
sed -n '/^## Install$/,/^## [^I]/s/^\$ //p' docs/analyst.md > "$place/commands"
[ "$(wc -l < "$place/commands")" -ge 3 ]
(cd "$place" && bash -euo pipefail commands)
(cd "$place" && notebook/bin/python -c 'import tickler; print(tickler.extract(["missing.pdf"]).to_pandas()["error_code"][0])')
ls -l "$wheels"/*.whl
