//! The workbook, read back by another library.

use std::collections::BTreeMap;

use calamine::{Data, Range, Reader as _, Xlsx, open_workbook};

use crate::common::{Bench, CONTRACTS, DAY};

fn sheets(bench: &Bench) -> BTreeMap<String, Range<Data>> {
    bench.run(&["export", "--format", "xlsx", "--as-of", DAY, "-o", "out.xlsx"]).assert().success();
    let mut book: Xlsx<_> = open_workbook(bench.path("out.xlsx")).unwrap();
    book.worksheets().into_iter().collect()
}

/// The cell under a heading, in the first row that has a text somewhere.
fn cell<'a>(sheet: &'a Range<Data>, row: &str, heading: &str) -> &'a Data {
    let at = sheet.rows().next().unwrap().iter().position(|cell| cell == heading).expect(heading);
    let row = sheet.rows().find(|cells| cells.iter().any(|cell| cell == row)).expect(row);
    &row[at]
}

#[test]
fn a_workbook_has_days_that_are_days_and_text_that_is_text() {
    let bench = Bench::ingested();
    bench.run(&["assign", CONTRACTS[0], "=HYPERLINK(\"x\")"]).assert().success();
    let sheets = sheets(&bench);
    let names: Vec<&str> = sheets.keys().map(String::as_str).collect();
    assert_eq!(names, ["Contracts", "Decisions", "Duties", "Levels", "Lists", "Review", "Without a day"]);
    let contracts = &sheets["Contracts"];
    assert_eq!(contracts.height(), 1 + CONTRACTS.len());
    let records = bench.json(&["export", "--as-of", DAY]);
    let record = records.as_array().unwrap().iter().find(|r| r["document"]["file_name"] == CONTRACTS[0]).unwrap();
    let next = record["schedule"].as_array().unwrap().iter().find(|e| e["kind"] == "notice_deadline").unwrap();
    let day = |cell: &Data| {
        let Data::DateTime(day) = cell else { return None };
        let (year, month, day, ..) = day.to_ymd_hms_milli();
        Some(format!("{year}-{month:02}-{day:02}"))
    };
    assert_eq!(day(cell(contracts, CONTRACTS[0], "Act by")).as_deref(), next["act_by"].as_str());
    assert_eq!(cell(contracts, CONTRACTS[0], "With"), "Brightwater Analytics / Holloway Freight Partners");
    assert_eq!(cell(contracts, CONTRACTS[0], "Owner"), "=HYPERLINK(\"x\")", "a text, and no formula");
    assert!(matches!(cell(contracts, CONTRACTS[0], "Pages"), Data::Float(_)));
    let ways = next["send_by"].as_array().unwrap().iter().filter(|way| way["method"].is_string());
    let ways = ways.map(|way| format!("{} {}", way["date"].as_str().unwrap(), way["method"].as_str().unwrap()));
    let ways = ways.collect::<Vec<_>>().join("; ").replace('_', " ");
    assert!(!ways.is_empty(), "{next}");
    assert_eq!(cell(contracts, CONTRACTS[0], "Send by"), ways.as_str());
    let decisions = &sheets["Decisions"];
    assert_eq!(cell(decisions, CONTRACTS[0], "Send by"), ways.as_str());
    let label = next["label"].as_str().unwrap();
    assert_eq!(day(cell(decisions, label, "Must arrive by")).as_deref(), next["date"].as_str());
    let duties: usize = records.as_array().unwrap().iter().map(|r| r["obligations"].as_array().unwrap().len()).sum();
    assert_eq!(sheets["Duties"].height(), 1 + duties);
}

/// What people open it with: the sheets as LibreOffice reads them.
#[test]
fn libre_office_reads_every_cell() {
    let bench = Bench::ingested();
    bench.run(&["assign", CONTRACTS[0], "=HYPERLINK(\"x\")"]).assert().success();
    let sheets = sheets(&bench);
    // All sheets, comma, quotes, UTF-8, cells as they are shown.
    let form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
    crate::tools::office(&bench, form, "out.xlsx");
    for (name, sheet) in &sheets {
        let read = csv::ReaderBuilder::new().has_headers(false).from_path(bench.path(&format!("read/out-{name}.csv")));
        let rows: Vec<csv::StringRecord> = read.unwrap().records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), sheet.height(), "{name}");
        for (row, cells) in rows.iter().zip(sheet.rows()) {
            for (shown, cell) in row.iter().zip(cells) {
                let told = match cell {
                    Data::Empty => String::new(),
                    Data::DateTime(day) => {
                        let (year, month, day, ..) = day.to_ymd_hms_milli();
                        format!("{year}-{month:02}-{day:02}")
                    }
                    other => other.to_string(),
                };
                assert_eq!(shown, told, "{name}");
            }
        }
    }
}

/// Prints the targets of the links of a workbook, one a line.
const TARGETS: &str = "
import re, sys, zipfile
files = zipfile.ZipFile(sys.argv[1])
for name in files.namelist():
    if name.startswith('xl/worksheets/_rels/'):
        print(*re.findall('Target=\"([^\"]+)\" TargetMode=\"External\"', files.read(name).decode()), sep='\\n')
";

/// A link leads to the file, wherever the workbook lies.
#[test]
fn links_lead_to_the_files() {
    let bench = Bench::empty();
    std::fs::copy(crate::common::fixture(CONTRACTS[0]), bench.path("in/a é.pdf")).unwrap();
    bench.run(&["ingest", "in"]).assert().success();
    sheets(&bench);
    let file = std::fs::canonicalize(bench.path("in/a é.pdf")).unwrap();
    let address = format!("file://{}", file.display()).replace(' ', "%20").replace('é', "%C3%A9");
    let targets = crate::tools::python(TARGETS, &bench.path("out.xlsx"));
    assert!(targets.lines().count() > 1 && targets.lines().all(|target| target == address), "{targets}");
    // LibreOffice writes them relative to the file that it makes of it.
    crate::tools::office(&bench, "fods", "out.xlsx");
    let read = std::fs::read_to_string(bench.path("read/out.fods")).unwrap();
    let links: Vec<&str> = read.split("xlink:href=\"").skip(1).filter_map(|rest| rest.split('#').next()).collect();
    assert!(links.len() > 1 && links.iter().all(|link| *link == "../in/a%20é.pdf"), "{links:?}");
}

/// Prints what the cells of a workbook offer: sheet, heading, whether another text is refused, and what can be chosen.
const OFFERS: &str = "
import json, openpyxl, sys
book = openpyxl.load_workbook(sys.argv[1])
def choices(formula):
    if formula.startswith('\"'):
        return formula.strip('\"').split(',')
    sheet, cells = formula.split('!')
    return [cell.value for row in book[sheet][cells.replace('$', '')] for cell in row]
out = []
for sheet in book:
    for rule in sheet.data_validations.dataValidation:
        for cells in rule.sqref.ranges:
            assert (cells.min_row, cells.max_row) == (2, sheet.max_row), cells
            heading = sheet.cell(1, cells.min_col).value
            out.append([sheet.title, heading, bool(rule.showErrorMessage), choices(rule.formula1)])
json.dump([sorted(out), book['Lists'].sheet_state], sys.stdout)
";

/// The cells that come back offer what `import` takes; of owners, those who are known.
#[test]
fn cells_that_people_fill_in_offer_what_can_stand_there() {
    let bench = Bench::ingested();
    crate::remind::configure(&bench, "[[person]]\nname = \"Cy Dale\"\nemail = \"cy@example.com\"\n");
    bench.run(&["assign", CONTRACTS[0], "Zoë, Ltd", "--backup", "Bo Lind"]).assert().success();
    sheets(&bench);
    let offers: serde_json::Value =
        serde_json::from_str(&crate::tools::python(OFFERS, &bench.path("out.xlsx"))).unwrap();
    let people = ["Bo Lind", "Cy Dale", "Zoë, Ltd"];
    let told = serde_json::json!([
        [
            ["Contracts", "Backup", false, people],
            ["Contracts", "Owner", false, people],
            ["Decisions", "Decision", true, ["renew", "renegotiate", "end", "undecided"]],
            ["Review", "Confirm", true, ["yes"]],
        ],
        "hidden"
    ]);
    assert_eq!(offers, told);
    crate::tools::office(&bench, "fods", "out.xlsx");
    let read = std::fs::read_to_string(bench.path("read/out.fods")).unwrap();
    for condition in ["cell-content-is-in-list(&quot;yes&quot;)", "cell-content-is-in-list([$Lists.$A$1:.$A$3])"] {
        assert!(read.contains(condition), "{condition}");
    }
}

#[test]
fn a_workbook_needs_a_file() {
    let bench = Bench::ingested();
    for args in [&["export", "--format", "xlsx"][..], &["export", "--format", "xlsx", "--output", "-"]] {
        let (code, message) = bench.fails(args);
        assert!(code == 2 && message.contains("--output"), "{message}");
    }
}
