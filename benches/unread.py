#!/usr/bin/env python3
"""Prints how many of the times and days that clauses name were not read, by family: needs no labels.

    python3 benches/unread.py BIN FOLDER_OR_FILE... [--list FAMILY] [--model]

`--list` prints the sentences of one family as well, so that the kinds of wording can be seen. Without `--model` the rules
read alone.
"""
import argparse
import collections
import json
import re
import subprocess
import sys

SHARE = re.compile(r"(term|renewal|notice|termination|payment) (\d+) of (\d+)")


def main(argv=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("binary")
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--list", metavar="FAMILY", help="print what was not read in clauses of this family")
    parser.add_argument("--model", action="store_true", help="read with the model")
    args = parser.parse_args(argv)
    command = [args.binary, "extract", "--format", "ndjson", "--min-confidence", "0"]
    command += [] if args.model else ["--no-model"]
    output = subprocess.run(command + args.paths, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    read, named, contracts = collections.Counter(), collections.Counter(), 0
    for line in output.splitlines():
        record = json.loads(line)
        contracts += 1
        for remark in record["diagnostics"]:
            if remark["code"] == "read.quantities":
                for family, some, all_ in SHARE.findall(remark["message"]):
                    read[family] += int(some)
                    named[family] += int(all_)
            elif args.list and remark["code"] == f"unread.{args.list}":
                print(record["document"]["file_name"], "|", remark["message"].replace("\n", " "))
    print(f"contracts {contracts}")
    print(f"{'family':12} {'named':>6} {'unread':>7}  share")
    for family in ["term", "renewal", "notice", "termination", "payment"]:
        unread = named[family] - read[family]
        share = 100 * unread / named[family] if named[family] else 0.0
        print(f"{family:12} {named[family]:6} {unread:7} {share:5.1f} %")
    return 0 if contracts else 1


if __name__ == "__main__":
    sys.exit(main())
