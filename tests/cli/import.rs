//! The workbook that comes back, saved by another program, with rows and columns in another order.

use std::collections::BTreeMap;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::Value;

use crate::common::{Bench, CONTRACTS};

const MSA: &str = CONTRACTS[0];

/// A cell that somebody fills in: its sheet, a text of its row, its heading, and what is typed.
pub(crate) type Typed<'a> = (&'a str, &'a str, &'a str, &'a str);

/// Writes the exported workbook anew: with a title above the headings, rows from the last to the first, columns from the
/// right to the left, and what was typed.
pub(crate) fn typed(bench: &Bench, typed: &[Typed<'_>]) {
    let mut book: Xlsx<_> = open_workbook(bench.path("out.xlsx")).unwrap();
    let sheets: BTreeMap<String, calamine::Range<Data>> = book.worksheets().into_iter().collect();
    let (mut out, day) = (Workbook::new(), Format::new().set_num_format("dd.mm.yyyy"));
    let mut found = 0;
    for (name, range) in sheets {
        let sheet = out.add_worksheet();
        sheet.set_name(&name).unwrap().write_string(0, 0, "Our contracts").unwrap();
        let mut rows: Vec<Vec<Data>> = range.rows().map(<[Data]>::to_vec).collect();
        for (of, row, heading, text) in typed.iter().filter(|(of, ..)| *of == name) {
            let at = rows[0].iter().position(|cell| cell == heading).unwrap_or_else(|| panic!("{of} has no {heading}"));
            let row =
                rows.iter_mut().find(|cells| cells.iter().any(|cell| cell == row)).unwrap_or_else(|| panic!("{row}"));
            row[at] = if text.is_empty() { Data::Empty } else { Data::String((*text).to_owned()) };
            found += 1;
        }
        rows[1..].reverse();
        for (r, cells) in (2..).zip(&rows) {
            for (c, cell) in (0..).zip(cells.iter().rev()) {
                match cell {
                    Data::String(text) => drop(sheet.write_string(r, c, text).unwrap()),
                    Data::Float(number) => drop(sheet.write_number(r, c, *number).unwrap()),
                    Data::DateTime(date) => {
                        let date = ExcelDateTime::from_serial_datetime(date.as_f64()).unwrap();
                        sheet.write_datetime_with_format(r, c, &date, &day).unwrap();
                    }
                    Data::Empty => {}
                    other => panic!("{other:?}"),
                }
            }
        }
    }
    assert_eq!(found, typed.len());
    out.save(bench.path("back.xlsx")).unwrap();
}

fn exported() -> Bench {
    let bench = Bench::ingested();
    bench.out(&["export", "--format", "xlsx", "-o", "out.xlsx"]);
    bench
}

/// The ID of the next day to decide about a contract.
fn next(bench: &Bench) -> String {
    let entries = bench.json(&["schedule", "--kind", "notice-deadline", "--within", "3y", "--format", "json"]);
    let entry = entries.as_array().unwrap().iter().find(|entry| entry["file_name"] == MSA).unwrap();
    entry["id"].as_str().unwrap().to_owned()
}

/// A value that waits for review and can be confirmed: the name of its file, its ID.
fn to_confirm(bench: &Bench) -> (String, String) {
    let items = bench.json(&["review", "--format", "json", "--all", "--below", "0.75"]);
    for item in items.as_array().unwrap() {
        let (file, id) = (item["file_name"].as_str().unwrap(), item["fact"].as_str().unwrap());
        if bench.run(&["confirm", file, id]).output().unwrap().status.success() {
            bench.out(&["undo", file]);
            return (file.to_owned(), id.to_owned());
        }
    }
    panic!("nothing can be confirmed: {items}");
}

fn import(bench: &Bench, args: &[&str]) -> (i32, Value) {
    let output = bench.run(&[&["import", "back.xlsx", "--format", "json"], args].concat()).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let report = serde_json::from_str(&text).unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)));
    (output.status.code().unwrap(), report)
}

/// State, and the words, of each line of a report.
fn lines(report: &Value) -> Vec<(&str, &str)> {
    report["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| (l["state"].as_str().unwrap(), l["what"].as_str().unwrap()))
        .collect()
}

#[test]
fn what_people_typed_is_said() {
    let bench = Bench::ingested();
    let (entry, (file, fact)) = (next(&bench), to_confirm(&bench));
    bench.out(&["export", "--format", "xlsx", "-o", "out.xlsx"]);
    let before = bench.out(&["log"]);
    typed(
        &bench,
        &[
            ("Contracts", MSA, "Owner", "Ann Field"),
            ("Contracts", MSA, "Backup", "Bo Lind"),
            ("Contracts", CONTRACTS[1], "Owner", "me"),
            ("Decisions", &entry, "Decision", "End"),
            ("Review", &fact, "Confirm", "x"),
        ],
    );
    let (code, report) = import(&bench, &["--dry-run"]);
    assert_eq!((code, report["lines"].as_array().unwrap().len()), (0, 4), "{report}");
    assert_eq!(bench.out(&["log"]), before, "nothing was said");

    let (code, report) = import(&bench, &["--by", "Cy Dale"]);
    assert_eq!(code, 0, "{report}");
    assert!(lines(&report).iter().all(|(state, _)| *state == "said"), "{report}");
    assert!(report["unchanged"].as_u64().unwrap() > 5, "{report}");
    let record = bench.json(&["show", MSA, "--format", "json"]);
    assert_eq!((&record["owner"]["name"], &record["owner"]["backup"]), (&"Ann Field".into(), &"Bo Lind".into()));
    assert_eq!(record["said"][&entry]["decision"]["decision"], "end");
    let log = bench.out(&["log"]);
    assert!(log.contains("Cy Dale") && log.contains("from back.xlsx"), "{log}");
    assert!(bench.out(&["log", &file]).contains("confirmed: "), "{log}");
    assert_eq!(bench.json(&["verify", "--format", "json"])["sound"], true);

    // The same file again says nothing more.
    let (code, again) = import(&bench, &[]);
    assert_eq!((code, again["lines"].as_array().unwrap().len()), (0, 0), "{again}");
    assert_eq!(bench.out(&["log"]), log);

    // Emptied cells take back.
    bench.out(&["export", "--format", "xlsx", "-o", "out.xlsx"]);
    typed(
        &bench,
        &[("Contracts", MSA, "Owner", ""), ("Contracts", MSA, "Backup", ""), ("Decisions", &entry, "Decision", "")],
    );
    assert_eq!(import(&bench, &[]).0, 0);
    let record = bench.json(&["show", MSA, "--format", "json"]);
    assert_eq!(record["owner"], Value::Null);
    assert_eq!(record["said"][&entry]["decision"], Value::Null, "{}", record["said"]);
}

/// What stands among the decisions can be decided; what has no day to decide by stands elsewhere.
#[test]
fn every_decision_of_the_workbook_can_be_made() {
    let bench = Bench::empty();
    bench.add(&crate::fire::SMALL);
    bench.add(&CONTRACTS[..2]);
    bench.out(&["ingest", "in"]);
    bench.out(&["export", "--format", "xlsx", "-o", "out.xlsx"]);
    let mut book: Xlsx<_> = open_workbook(bench.path("out.xlsx")).unwrap();
    let column = |sheet: &calamine::Range<Data>, heading: &str| -> Vec<String> {
        let at = sheet.rows().next().unwrap().iter().position(|cell| cell == heading).unwrap();
        sheet.rows().skip(1).map(|cells| cells[at].to_string()).collect()
    };
    let entries = column(&book.worksheet_range("Decisions").unwrap(), "Entry ID");
    typed(&bench, &entries.iter().map(|id| ("Decisions", &**id, "Decision", "renew")).collect::<Vec<_>>());
    let (code, report) = import(&bench, &["--dry-run"]);
    assert_eq!((code, lines(&report).len()), (0, entries.len()), "{report}");
    assert!(entries.len() > 2);
    let open = column(&book.worksheet_range("Without a day").unwrap(), "What");
    assert!(open.iter().any(|what| what == "Runs from month to month until somebody ends it"), "{open:?}");
}

/// Types into the workbook as people do who open it, and saves it: cells of rows that have a text, by their headings.
#[cfg(unix)]
const TYPE: &str = "
import openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1])
def typed(sheet, text, heading, value):
    rows = list(book[sheet].iter_rows())
    at = [cell.value for cell in rows[0]].index(heading)
    [row] = [row for row in rows[1:] if any(cell.value == text for cell in row)]
    row[at].value = value
typed('Contracts', 'cloud-msa-auto-renewal.pdf', 'Owner', 'Ann Field')
typed('Contracts', 'mutual-nda-perpetual.pdf', 'Pages', 7)
book['Decisions'].delete_rows(2, 100)
book.save(sys.argv[1].replace('out', 'back'))
";

#[test]
#[cfg(unix)]
fn another_program_may_edit_the_workbook() {
    let bench = exported();
    crate::tools::python(TYPE, &bench.path("out.xlsx"));
    let (code, report) = import(&bench, &[]);
    assert_eq!(code, 1, "{report}");
    let mut lines = lines(&report);
    lines.sort_unstable();
    assert_eq!(lines.len(), 2, "{report}");
    assert!(lines[0].0 == "refused" && lines[0].1.contains("\u{201c}Pages\u{201d} was changed"), "{report}");
    assert_eq!(lines[1], ("said", "owner: Ann Field"));
}

#[test]
fn what_changed_meanwhile_is_a_conflict() {
    let bench = Bench::ingested();
    let entry = next(&bench);
    bench.out(&["export", "--format", "xlsx", "-o", "out.xlsx"]);
    typed(
        &bench,
        &[
            ("Contracts", MSA, "Owner", "Ann Field"),
            ("Contracts", CONTRACTS[1], "Owner", "Bo Lind"),
            ("Contracts", CONTRACTS[2], "Owner", "Cy Dale"),
            ("Decisions", &entry, "Decision", "end"),
        ],
    );
    bench.out(&["assign", MSA, "Dee Moss"]);
    bench.out(&["assign", CONTRACTS[2], "Cy Dale"]);
    bench.out(&["decide", MSA, "renew", "--entry", &entry]);
    let (code, report) = import(&bench, &[]);
    assert_eq!(code, 1, "{report}");
    let lines = lines(&report);
    let of = |state: &str| lines.iter().filter(|(is, _)| *is == state).map(|(_, what)| *what).collect::<Vec<_>>();
    assert_eq!(of("said"), ["owner: Bo Lind"]);
    let conflicts = of("conflict");
    assert!(conflicts.len() == 2 && conflicts.iter().any(|c| c.contains("Dee Moss")), "{report}");
    assert!(conflicts.iter().any(|what| what.contains("renew")), "{report}");
    let record = bench.json(&["show", MSA, "--format", "json"]);
    assert_eq!(record["owner"]["name"], "Dee Moss");
    assert_eq!(record["said"][&entry]["decision"]["decision"], "renew");
    let text = bench.run(&["import", "back.xlsx"]).assert().code(1).get_output().stdout.clone();
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains("CONFLICT") && text.contains("0 said, 2 conflicts, 0 refused"), "{text}");
}

#[test]
fn what_cannot_be_said_is_told_with_its_cell() {
    let bench = exported();
    let entry = next(&bench);
    typed(
        &bench,
        &[
            ("Contracts", MSA, "Owner", "Ann Field"),
            ("Contracts", MSA, "Governing law", "Ohio"),
            ("Contracts", CONTRACTS[1], "Owner", "Bo"),
            ("Contracts", CONTRACTS[1], "Backup", "Bo"),
            ("Contracts", CONTRACTS[2], "ID", "ffffffffffff"),
            ("Contracts", CONTRACTS[2], "Owner", "Bo"),
            ("Decisions", &entry, "Decision", "perhaps"),
        ],
    );
    let (code, report) = import(&bench, &[]);
    assert_eq!(code, 1);
    let all = report["lines"].as_array().unwrap();
    let of = |words: &str| {
        all.iter().find(|l| l["what"].as_str().unwrap().contains(words)).unwrap_or_else(|| panic!("{words}: {report}"))
    };
    for (words, sheet) in [
        ("\u{201c}Governing law\u{201d} was changed", "Contracts"),
        ("must be somebody else", "Contracts"),
        ("\u{201c}ID\u{201d} was changed", "Contracts"),
        ("no contract of the store has the ID", "Contracts"),
        ("\"perhaps\" is no decision", "Decisions"),
    ] {
        let line = of(words);
        assert_eq!((&line["sheet"], &line["state"]), (&sheet.into(), &"refused".into()), "{line}");
        let cell = line["cell"].as_str().unwrap();
        assert!(
            cell.starts_with(|c: char| c.is_ascii_uppercase()) && cell.ends_with(&line["row"].to_string()),
            "{line}"
        );
    }
    assert_eq!(of("owner: Ann Field")["state"], "said", "the rest is said");
    assert_eq!(bench.json(&["show", CONTRACTS[1], "--format", "json"])["owner"], Value::Null);
}

/// An amendment has the owner of its agreement, whichever row names it.
#[test]
fn rows_of_one_agreement_say_one_thing() {
    const FILES: [&str; 2] = ["maintenance-agreement-parent.pdf", "maintenance-agreement-amendment-1.pdf"];
    let bench = Bench::empty();
    bench.add(&FILES);
    bench.out(&["ingest", "in"]);
    bench.out(&["export", "--format", "xlsx", "-o", "out.xlsx"]);
    typed(&bench, &FILES.map(|file| ("Contracts", file, "Owner", "Ann Field")));
    let (code, report) = import(&bench, &[]);
    assert_eq!((code, lines(&report)), (0, vec![("said", "owner: Ann Field")]));
    typed(&bench, &[("Contracts", FILES[1], "Owner", "Bo Lind"), ("Contracts", FILES[0], "Owner", "Cy Dale")]);
    bench.out(&["undo", FILES[0]]);
    let (code, report) = import(&bench, &[]);
    let mut states: Vec<&str> = lines(&report).into_iter().map(|(state, _)| state).collect();
    states.sort_unstable();
    assert_eq!((code, states), (1, vec!["refused", "said"]), "{report}");
}

#[test]
fn other_files_are_refused() {
    let bench = exported();
    bench.write("text.xlsx", "no workbook");
    let mut other = Workbook::new();
    other.add_worksheet().write_string(0, 0, "x").unwrap();
    other.save(bench.path("other.xlsx")).unwrap();
    let mut bare = Workbook::new();
    bare.add_worksheet().set_name("Contracts").unwrap().write_string(0, 0, "Owner").unwrap();
    bare.save(bench.path("bare.xlsx")).unwrap();
    for (file, why) in
        [("text.xlsx", "is no workbook"), ("other.xlsx", "has no sheet Contracts"), ("none.xlsx", "cannot open")]
    {
        let (code, message) = bench.fails(&["import", file]);
        assert!(code == 2 && message.contains(why), "{file}: {message}");
    }
    let output = bench.run(&["import", "bare.xlsx"]).assert().code(1).get_output().stdout.clone();
    assert!(String::from_utf8(output).unwrap().contains("export the workbook again"));
}
