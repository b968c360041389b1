#!/usr/bin/env bash
# Tests the Spark job with PySpark in local mode, on files and on a stand-in for S3. It is not part of .ci/run, because
# PySpark takes 491 MB. Needs Python 3, Java 17 and the program:
#
#   bash contrib/spark/test.sh target/debug/tickler [DOCUMENTS]
set -euo pipefail
TICKLER_PROGRAM=$(realpath "${1:?name the program, such as target/debug/tickler}")
cd "$(dirname "$0")/../.."
venv=target/spark
if [ ! -x "$venv/bin/spark-submit" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --requirement contrib/spark/requirements.txt
fi
# The wheel of contrib/python does the same on machines of a cluster.
export TICKLER_PROGRAM PYTHONPATH=contrib/python/src
exec "$venv/bin/python" contrib/spark/check.py "${@:2}"
