//! Shapes of text that make a reader with a loop inside a loop slow: one thing that contracts hold, over and over.

/// A shape: its name, the words before it, what is repeated, and what stands between.
pub(crate) type Shape = (&'static str, &'static str, fn(usize) -> String, &'static str);

/// A text of this shape of about `size` bytes.
pub(crate) fn grown(&(_, before, piece, between): &Shape, size: usize) -> String {
    let mut out = before.to_owned();
    for i in 0.. {
        if out.len() >= size {
            break;
        }
        out.push_str(&piece(i));
        out.push_str(between);
    }
    out
}

/// The preamble of most shapes.
const MADE: &str = "SERVICES AGREEMENT\nThis Agreement is made between Acme Tools, Inc. (\"Acme\") and Harbor LLC \
    (\"Buyer\") on 1 June 2026.\nThe parties agree as follows:\n";

/// Every shape.
pub(crate) const SHAPES: &[Shape] = &[
    ("dates", "", |i| format!("effective {}/{}/20{:02}", i % 12 + 1, i % 28 + 1, i % 30), " "),
    ("dates_spelt", MADE, |i| format!("this {}th day of June, 20{:02}", i % 10 + 4, i % 30), " and "),
    ("dates_labelled", MADE, |i| format!("Effective Date: {} June 20{:02}", i % 28 + 1, i % 30), "\n"),
    ("dates_ranged", MADE, |i| format!("from {} June 2026 to {} June 2027", i % 28 + 1, i % 28 + 1), ", "),
    ("dates_defined", MADE, |i| format!("1 June 2026 (the \"Start Date {i}\")"), " and "),
    ("dates_joined", MADE, |i| format!("{}/{}/2026", i % 12 + 1, i % 28 + 1), "/"),
    ("months", MADE, |_| "June".to_owned(), " "),
    (
        "parties",
        "This Agreement is made between ",
        |i| format!("Acme {i} Inc., a Delaware corporation (\"Acme{i}\")"),
        " and ",
    ),
    ("parties_lines", "AGREEMENT between\n", |i| format!("Acme {i} Ltd (\"Acme{i}\")"), "\n"),
    (
        "parties_numbered",
        "PARTIES\n",
        |i| format!("({}) ACME {i} LIMITED, a company incorporated in England (the \"Supplier\");", i + 1),
        "\n",
    ),
    ("parties_called", MADE, |i| format!("Acme {i} LLC, hereinafter called \"Acme {i}\""), ", "),
    ("definitions", MADE, |i| format!("\"Term {i}\" means the thing with number {i};"), " "),
    ("definitions_lines", MADE, |i| format!("\"Term {i}\" means the thing with number {i}."), "\n"),
    ("quotes", MADE, |_| "\"A\"".to_owned(), " "),
    ("quotes_bracketed", MADE, |i| format!("(\"A{i}\")"), " "),
    ("quotes_in_open_brackets", MADE, |i| format!("(the \"A{i}\""), " "),
    ("quote_marks", MADE, |_| "\"".to_owned(), ""),
    ("items", MADE, |_| "1. A.".to_owned(), "\n"),
    ("items_inline", MADE, |_| "1. A.".to_owned(), " "),
    (
        "items_lettered",
        MADE,
        |i| format!("({}) deliver the goods;", char::from(b'a' + u8::try_from(i % 26).unwrap_or(0))),
        "\n",
    ),
    ("items_counted", MADE, |i| format!("{}. Deliver the goods to", i % 900), "\n"),
    (
        "items_led_in",
        "The parties agree as follows:\n1. The Supplier shall:\n",
        |_| "(a) deliver the goods; and".to_owned(),
        "\n",
    ),
    (
        "items_deep",
        MADE,
        |i| format!("{}.{}.{}.{} Deliver the goods", i % 9 + 1, i / 9 % 9 + 1, i / 81 % 9 + 1, i / 729 % 9 + 1),
        "\n",
    ),
    (
        "items_nested",
        MADE,
        |i| ["1. The following:", "(a) deliver", "(i) goods", "(A) wares", "(1) parts", "I. tools"][i % 6].to_owned(),
        "\n",
    ),
    ("bullets", MADE, |_| "\u{2022} deliver the goods;".to_owned(), "\n"),
    ("rows", MADE, |i| format!("Fee {i}\t$100.00\t1 June 2026"), "\n"),
    ("rows_wide", MADE, |i| format!("Fee {i}\t$100.00"), "\t"),
    (
        "rows_of_duties",
        "SCHEDULE\nTask\tResponsible\tDue date\n",
        |i| format!("Report {i}\tSupplier\t1 June 2026"),
        "\n",
    ),
    ("labels", MADE, |i| format!("Start date: {} June 2026", i % 28 + 1), "\n"),
    ("labels_inline", MADE, |i| format!("Term: {i} months Start date: 1 June 2026"), " "),
    ("labels_empty", MADE, |_| "Effective Date:".to_owned(), "\n"),
    ("labels_table", MADE, |i| format!("Notice period\t{i} days"), "\n"),
    ("numbers", MADE, |i| i.to_string(), " "),
    ("numbers_spelt", MADE, |_| "two hundred thirty four".to_owned(), " "),
    ("money", MADE, |i| format!("${i},200.00"), " and "),
    ("shares", MADE, |i| format!("{}.9% uptime", i % 99), " "),
    ("sentence", MADE, |_| "and the supplier will consider the matter".to_owned(), " "),
    ("sentence_capitals", MADE, |_| "AND THE SUPPLIER WILL CONSIDER THE MATTER".to_owned(), " "),
    ("word", MADE, |_| "a".to_owned(), ""),
    ("word_capital", MADE, |_| "A".to_owned(), ""),
    ("word_digits", MADE, |_| "1".to_owned(), ""),
    ("word_letters", MADE, |_| "A".to_owned(), " "),
    ("headings", MADE, |_| "GOVERNING LAW".to_owned(), "\n"),
    ("headings_run_in", MADE, |i| format!("{}. Term. The term is {i} years.", i % 900), "\n"),
    ("titles", "", |_| "MASTER SERVICES AGREEMENT".to_owned(), "\n"),
    ("references", MADE, |i| format!("subject to Section {}.{}", i % 90, i % 9), " and "),
    (
        "references_dated",
        MADE,
        |i| format!("the Services Agreement No. {i} dated 1 June 2020 between Acme and Buyer"),
        ", ",
    ),
    ("chains", MADE, |_| "and/or".to_owned(), " "),
    ("commas", MADE, |_| ",".to_owned(), " "),
    ("semicolons", MADE, |_| "; the fee".to_owned(), ""),
    ("brackets_open", MADE, |_| "(".to_owned(), ""),
    ("brackets_open_words", MADE, |_| "(the".to_owned(), " "),
    ("brackets", MADE, |_| "(fee)".to_owned(), " "),
    ("brackets_square", MADE, |_| "[".to_owned(), ""),
    (
        "signatures",
        MADE,
        |i| format!("ACME {i} INC.\nBy: ________\nName: John Smith\nTitle: CEO\nDate: 1 June 2026"),
        "\n",
    ),
    ("signatures_inline", MADE, |_| "By: ________ Name: John Smith Date: 1 June 2026".to_owned(), " "),
    ("signatures_table", MADE, |_| "By: ________\tBy: ________\nName: John Smith\tName: Ann Lee".to_owned(), "\n"),
    ("signed", MADE, |_| "/s/ John Smith".to_owned(), "\n"),
    ("signed_inline", MADE, |_| "/s/ John Smith".to_owned(), " "),
    ("blanks", MADE, |_| "_".to_owned(), ""),
    ("blanks_spaced", MADE, |_| "____".to_owned(), " "),
    ("dots", MADE, |_| ".".to_owned(), ""),
    ("dots_spaced", MADE, |_| ".".to_owned(), " "),
    ("dashes", MADE, |_| "-".to_owned(), ""),
    ("ticks", MADE, |_| "[x] yes [ ] no".to_owned(), " "),
    ("ticks_lines", MADE, |_| "[ ] renews automatically\n[x] ends on 1 June 2028".to_owned(), "\n"),
    (
        "renewals",
        MADE,
        |i| {
            format!(
                "This Agreement renews automatically for successive periods of {i} years unless either party gives 60 days' notice."
            )
        },
        " ",
    ),
    ("renewals_lines", MADE, |_| "This Agreement renews automatically for one year.".to_owned(), "\n"),
    ("renewals_joined", MADE, |_| "this Agreement shall automatically renew for one year".to_owned(), " and "),
    ("terms", MADE, |i| format!("The term of this Agreement is {} years from 1 June 2026.", i % 90 + 1), "\n"),
    ("terms_joined", MADE, |i| format!("the term of this Agreement shall be {} years", i % 90 + 1), " and "),
    ("notices", MADE, |_| "with sixty (60) days prior written notice".to_owned(), " "),
    ("notice_days", MADE, |_| "either party gives notice no later than 1 June 2026".to_owned(), " and "),
    ("periods", MADE, |_| "two (2) years".to_owned(), " "),
    ("periods_articled", MADE, |_| "a month".to_owned(), " "),
    (
        "terminations",
        MADE,
        |_| "Either party may terminate this Agreement for convenience upon thirty (30) days' notice.".to_owned(),
        "\n",
    ),
    (
        "terminations_joined",
        MADE,
        |_| "either party may terminate this Agreement upon 30 days notice if the breach is not cured".to_owned(),
        " or ",
    ),
    (
        "duties",
        MADE,
        |_| "The Supplier shall deliver the report within ten days after the end of each month.".to_owned(),
        "\n",
    ),
    ("duties_joined", MADE, |_| "shall deliver the report within ten days of receipt".to_owned(), " and "),
    (
        "duties_led_in",
        "The parties agree as follows:\n1. The Supplier shall:\n",
        |_| "\u{2022} deliver the report by 1 June 2026;".to_owned(),
        "\n",
    ),
    (
        "deliveries",
        MADE,
        |i| format!("The Seller shall deliver Lot {i} on 1 June 2026 and Lot {i} on 1 July 2026."),
        "\n",
    ),
    ("laws", MADE, |_| "This Agreement is governed by the laws of England.".to_owned(), "\n"),
    ("laws_joined", MADE, |_| "governed by the laws of the State of New York".to_owned(), " and "),
    ("payments", MADE, |_| "Invoices are payable within thirty (30) days of receipt.".to_owned(), "\n"),
    ("payments_joined", MADE, |_| "the Buyer shall pay each invoice within 30 days of receipt".to_owned(), ", "),
    ("prices", MADE, |_| "The fees increase by 3% on 1 January of each year.".to_owned(), "\n"),
    ("prices_joined", MADE, |_| "the fees shall increase by 3% each year".to_owned(), " and "),
    ("levels", MADE, |i| format!("Availability {i}\t99.{}%\tmonthly", i % 10), "\n"),
    ("levels_joined", MADE, |_| "the Service shall be available 99.9% of each month".to_owned(), " and "),
    ("credits", "SERVICE CREDITS\nAvailability\tCredit\n", |i| format!("below 99.{}%\t{}%", i % 10, i % 90), "\n"),
    ("responses", MADE, |i| format!("Severity {i}\twithin 4 hours\twithin 2 days"), "\n"),
    (
        "business_days",
        MADE,
        |_| "\"Business Day\" means a day other than a Saturday, Sunday or a public holiday in London.".to_owned(),
        "\n",
    ),
    (
        "business_days_joined",
        MADE,
        |_| "five Business Days, being days on which banks in London are open".to_owned(),
        " and ",
    ),
    (
        "amendments",
        "FIRST AMENDMENT\nThis Amendment amends the Agreement dated 1 June 2020.\n",
        |i| {
            format!(
                "Section {}.2 is hereby amended and restated to read as follows: \"The term is {i} years.\"",
                i % 90
            )
        },
        "\n",
    ),
    (
        "amendments_joined",
        "FIRST AMENDMENT\n",
        |i| format!("Section {}.2 is deleted and replaced by Section {}.3", i % 90, i % 90),
        " and ",
    ),
    (
        "certificate",
        "Certificate Of Completion\nEnvelope Id: 1234\n",
        |_| "Signer Events\tSignature\tTimestamp\nJohn Smith\tDocuSigned by:\tSigned: 6/1/2026 10:00:00 AM".to_owned(),
        "\n",
    ),
    ("whereas", MADE, |_| "WHEREAS the parties entered into an agreement dated 1 June 2020;".to_owned(), "\n"),
    ("letters_greek", MADE, |_| "Η σύμβαση".to_owned(), " "),
    ("letters_chinese", MADE, |_| "合同".to_owned(), ""),
    ("spaces_wide", MADE, |_| "fee\u{a0}".to_owned(), "\u{3000}"),
];
