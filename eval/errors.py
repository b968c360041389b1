#!/usr/bin/env python3
"""The errors of one field on CUAD, by kind, with the rule and the words on either side.

    python3 eval/run.py target/release/tickler      # writes target/eval/cuad.ndjson
    python3 eval/errors.py renewal_term             # parties, agreement_date, effective_date, expiration_date, renewal_term,
                                                    # notice_period, notice_deadline, governing_law
Kinds: wrong (both give a value, not the same), spurious (only we do), missing (only the annotators do). Contracts of the
validation fold (see fold.py) are counted and not shown, so that it stays unseen.
"""
import argparse
from collections import defaultdict
from pathlib import Path

import cuad
import data
import predictions
from extract import read
from fold import validation

FACT = {"renewal_term": "renewal", "notice_period": "renewal", "notice_deadline": "renewal"}
CLAUSE = {"parties": "Parties", "agreement_date": "Agreement Date", "effective_date": "Effective Date",
          "expiration_date": "Expiration Date", "renewal_term": "Renewal Term", "governing_law": "Governing Law",
          "notice_period": "Notice Period To Terminate Renewal", "notice_deadline": "Notice Period To Terminate Renewal"}


def quotes(facts):
    for f in facts:
        yield f"  we    {f['origin']['id']} {f['confidence']:.2f} {f['status']}: " + " | ".join(
            " ".join(e["quote"].split())[:300] for e in f["evidence"])


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    data.add_options(ap)
    ap.add_argument("field", choices=sorted(CLAUSE))
    a = ap.parse_args()

    golds = cuad.load_jsonl(a.data / "cuad/gold.jsonl")
    records = {Path(name).stem: (name, r) for name, r in read(a.out / "cuad.ndjson")}
    preds = {stem: predictions.cuad(name, r) for stem, (name, r) in records.items()}
    kinds, hidden = defaultdict(list), 0
    for stem, kind, gold, pred in cuad.evaluate(golds, preds)[a.field]["errors"]:
        if validation(records[stem][0] if stem in records else stem):
            hidden += 1
        else:
            kinds[kind].append((stem, gold, pred))
    for kind, errors in sorted(kinds.items(), key=lambda k: -len(k[1])):
        print(f"\n== {a.field}, {kind}: {len(errors)}")
        for stem, gold, pred in errors:
            print(f"\n{stem}\n  gold {gold}, we {pred}")
            fact = records[stem][1].get(FACT.get(a.field, a.field)) if stem in records else None
            print(*quotes(fact if isinstance(fact, list) else [fact] if fact else []), sep="\n", end="\n" if fact else "")
            for clause in golds[stem]["clauses"].get(CLAUSE[a.field], []):
                print("  gold  " + " ".join(clause["text"].split())[:400])
    print(f"\n{hidden} more in the validation fold")


if __name__ == "__main__":
    main()
