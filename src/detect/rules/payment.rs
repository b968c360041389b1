//! When money is due: "within sixty (60) days of receipt of an invoice", "Net 30", "due upon receipt". Wording: C5. The
//! date of an invoice and its receipt are different beginnings, and both are kept in the words of the contract.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern::pattern;
use super::reader::{Reader, head, tail};
use crate::calendar::{Period, Unit};
use crate::detect::Findings;
use crate::lexicon::{Found, PeriodText, percents, periods};
use crate::record::value::payment::PaymentTerm;
use crate::record::{Confidence, Fact, Origin, Span};

// The verbs of paying.
const PAYING: &str = r"pay(?:s|able|ments?)?|paid|remit(?:s|ted)?|reimburse[ds]?|due|refund(?:s|ed)?|settle[ds]?";
// Other things than debts are discharged and honoured too.
const DISCHARGES: &str = r"(?:discharges?|honou?rs?)\s+(?:[\w-]+\s+){0,2}?(?:invoices?|bills?|sums?|amounts?|fees?|charges)|(?:invoices?|bills?|sums?|amounts?)\s+(?:[a-z]+\s+){1,3}be\s+(?:discharged|honou?red)";
// A sentence without any of these words says nothing of paying.
pattern!(
    PAYS,
    at_words(b""),
    &format!(r"\b(?:{PAYING}|paying|net|invoices?|fees?|charges?|rent|interest|credit|discharged?)\b")
);
pattern!(PAY, &format!(r"\b(?:{PAYING}|{DISCHARGES})\b"));
// Money that goes back is paid too.
pattern!(
    GOES_BACK,
    r"\b(?:credits?|amounts?|fees?|deposits?|sums?|monies|balance)\b[^.;]{0,60}\b(?:returned|credited)\b"
);
// Words right before a time that make it the time to do what was said.
pattern!(
    BY,
    r"(?:\b(?:within|net|in|(?:not|no)\s+later\s+than|on\s+or\s+before|prior\s+to|at|is|are|of)\s*(?:a\s+period\s+of\s+|a\s+maximum\s+of\s+|the\s+)?|[:,-]\s*|\b(?:payable|due|paid|have|be)\s+)$"
);
// "Payable 14 days from the invoice": the time stands right after the word.
pattern!(DIRECT, r"\b(?:payable|due(?:\s+for\s+payment)?|paid)\s+(?:(?:strictly|in\s+full)\s+)*$");
pattern!(NET, r"\bnet[\s:-]*$");
// "Within thirty days of the invoice date": what the time runs from.
pattern!(
    FROM,
    r"^[\s'’]*s?['’]?\s*(?:\([^()]{0,24}\)\s*)?(?:\([^()]{0,24}\)\s*)?(?:of|after|from|following|upon|subsequent\s+to|prior\s+to|before|in\s+arrears|in\s+advance|EOM|end\s+of)\b"
);
// The verb of paying, of which the last one before a time decides.
pattern!(VERB, &format!(r"\b(?:{PAYING}|{DISCHARGES}|returned|credited)\b"));
// Not paying is a breach; its time is no time to pay.
pattern!(
    UNPAID,
    r"\b(?:fail(?:s|ed|ure|ing)?|refusal|if\b[^.;]{0,60}\bnot(?:\s+been)?|not(?:\s+been)?|event\b[^.;]{0,60}\bnot|unable\s+to|late|past|over|non)\s*-?\s*(?:[\w-]+\s*){0,5}$"
);
pattern!(FAILED, r"\b(?:fail(?:s|ed|ure|ing)?|refus(?:al|es)|discount)\b");
pattern!(PROMISES, r"\b(?:shall|will|must|agrees?|[;.])\b|[;.]");
// Something else than paying, after the last word of payment, has the time.
pattern!(
    ELSE,
    r"\b(?:due\s+to|disput\w*|notif\w+|notice|object\w*|cure[ds]?|correct\w*|breach\w*|default\w*|suspend|terminat\w+|cancel\w*|retain\w*|audit\w*|excess|surviv\w*|warrant\w*|deliver\w*|submit\w*|provid\w*|giv(?:e|en|ing)|mail(?:ed)?|courier|prepaid|dismiss\w*|not\s+(?:made|received)|unpaid|fails?|overdue|for\s+more|exceed\w*|respond|resolve)\b"
);
// A promise to pay, of which the words up to its time may say much about the invoice.
pattern!(
    PROMISE,
    r"\b(?:shall|will|must|agrees?\s+to|undertakes?\s+to|(?:is|are)\s+to)\s+(?:[a-z]+ly\s+)?(?:pay|remit|settle|reimburse)\b"
);
// Another act, or a reason not to pay, behind such a promise.
pattern!(
    OTHERWISE,
    r"\b(?:shall|will|must|may|agrees?|unless|if|unpaid|overdue|late|fails?|notice)\b|[;.]|\b(?:and|or|to)\s+(?:[a-z]+ly\s+)?(?:notify|deliver|submit|provide|give|return|cure|object|dispute|suspend)\b"
);
// A label of terms: "Payment terms: 30 days".
pattern!(
    TERMS,
    r"\b(?:payment|credit|invoice|billing)\s+(?:terms?|period)\W{0,3}(?:(?:is|are|shall\s+be|of)\s+)?(?:strictly\s+|within\s+)*$|\bterms\s+of\s+payment\W{0,3}(?:is|are)?\s*$"
);
// "The 20th of the month following the invoice": so many days after the end of the month of the invoice.
pattern!(
    NEXT_MONTH,
    r"\b(?:([0-9]{1,2})(?:st|nd|rd|th)\s+(?:day\s+)?|end\s+)of\s+the\s+(?:(?:calendar\s+)?month\s+(?:next\s+)?(?:following|after)|(following|next)\s+month\b)\s*([^.;,]{0,60})"
);
pattern!(
    MONTH_END,
    r"^[\s'’]*s?['’]?\s*(?:from\s+|after\s+)?(?:the\s+)?(?:EOM\b|end\s+of\s+(?:the\s+)?month\b(?:\W*$|[.,;)]))"
);
pattern!(LOOKS_BACK, r"^\s*(?:immediately\s+)?(?:before|prior|preceding)\b");
// "Shall have 45 days from the invoice date to pay".
pattern!(TO_PAY, r"^[^.;]{0,110}\bto\s+(?:pay|remit|make\s+payment)\b");
// "Allows 30 days' credit".
pattern!(CREDIT, r"^[\s'’]*s?['’]?\s*credit\b");
// "Net 30": days, though nothing says so.
pattern!(NET_DAYS, r"\bnet[\s-]+([0-9]{1,3})\b");
// A time to pay that names no beginning ends its sentence.
pattern!(CLOSES, r"^[\s'’]*s?['’]?\s*(?:net\b|thereafter|in\s+accordance|(?:payment\s+)?terms\b|[.;,\t)]|$)");
pattern!(
    AT_ONCE,
    r"\b(?:(?:become|be|are|is|shall)\s+immediately\s+due(?:\s+and\s+payable)?|(?:due|payable|paid)\s+(?:and\s+payable\s+)?(?:in\s+full\s+)?(?:immediately\s+)?(?:up)?on\s+(receipt|presentation|delivery|acceptance|execution|signing|signature|completion|demand|software\s+acceptance|the\s+(?:effective\s+date|date|execution|signing|receipt|closing|completion))(?:[^.;,]{0,60})?)"
);
pattern!(
    RHYTHM,
    r"\b(monthly|quarterly|annually|yearly|semi-?annually|weekly|bi-?weekly|semi-?monthly|bi-?monthly|each\s+(?:calendar\s+)?(?:month|quarter|year)|(?:on\s+a\s+|on\s+an\s+)(?:monthly|quarterly|annual|weekly)\s+basis)\s*,?\s*(in\s+(?:advance|arrears))?\b|\b(in\s+(?:advance|arrears))\s+(?:on\s+an?\s+)?(monthly|quarterly|annual(?:ly)?|semi-?annual(?:ly)?|weekly)\b"
);
pattern!(
    PAYABLE_RHYTHM,
    r"\b(?:payable|paid|due)\b[^.;]{0,40}\b(?:monthly|quarterly|annually|semi-?annually|yearly)\b[^.;]{0,12}\bin\s+(?:advance|arrears)\b"
);
pattern!(
    LATE,
    r"\b(?:late|overdue|past[\s-]due|unpaid|delinquent|not\s+paid|interest|finance\s+charge|service\s+charge)\b"
);
pattern!(
    PER,
    r"^\s*(?:\)\s*)?(?:simple\s+|compound\s+)?(?:interest\s+)?(?:per|a|each|for\s+each|every|/)\s*(?:calendar\s+|full\s+)?(month|annum|year|day|week)|^\s*(monthly|annual|annually|yearly)"
);
static PAYER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?-u:\b)(?:[Tt]he\s+)?([A-Z][\w&.'’-]*(?:\s+[A-Z][\w&.'’-]*){0,2})\s+(?:shall|will|must|agrees\s+to|undertakes\s+to|has\s+to)\s+(?:\w+ly\s+)?(?:pay|remit|reimburse|settle|refund|make\s+payment|have)(?-u:\b)|(?-u:\b)(?:payable|paid|due|payment|remitted)\s+(?:and\s+payable\s+)?by\s+(?:the\s+)?([A-Z][\w&.'’-]*(?:\s+[A-Z][\w&.'’-]*){0,2})")
        .unwrap_or_else(|e| unreachable!("{e}"))
});

/// A term on its way to a fact.
struct PaymentDraft {
    sentence: usize,
    range: std::ops::Range<usize>,
    due: Option<Period>,
    from: Option<String>,
    payer: Option<String>,
    frequency: Option<String>,
    confidence: f32,
}

/// Finds the terms of payment.
pub(super) fn find(reader: &Reader<'_>, findings: &mut Findings) {
    let mut drafts: Vec<PaymentDraft> = Vec::new();
    let mut interest: Option<(String, usize)> = None;
    for (i, _, words) in reader.sentences() {
        if words.len() > 5_000 || !PAYS.is_match(words) {
            continue;
        }
        interest = interest.or_else(|| late_interest(words).map(|rate| (rate, i)));
        let before = drafts.len();
        dated(i, words, &mut drafts);
        if drafts.len() == before {
            net_days(i, words, &mut drafts);
        }
        if drafts.len() == before {
            next_month(i, words, &mut drafts);
        }
        if drafts.len() == before {
            at_once(i, words, &mut drafts);
        }
        if drafts.len() == before {
            rhythm(i, words, &mut drafts);
        }
    }
    // "Payment terms: net 30" on the cover says again what a clause says in full.
    let full: Vec<Period> = drafts.iter().filter(|d| d.from.is_some()).filter_map(|d| d.due).collect();
    let repeats = |d: &PaymentDraft| d.from.is_none() && d.due.is_some_and(|due| full.contains(&due));
    drafts.retain(|d| !repeats(d));
    let payer = payer_role(findings);
    let main = drafts
        .iter()
        .position(|d| d.from.as_deref().is_some_and(|f| f.to_ascii_lowercase().contains("invoice")))
        .or(if drafts.is_empty() { None } else { Some(0) });
    findings.facts.payment_terms = drafts
        .into_iter()
        .enumerate()
        .map(|(k, d)| {
            let late = interest.as_ref().filter(|_| Some(k) == main);
            fact(reader, d, late, payer.as_deref())
        })
        .collect();
}

/// "Within N days of X".
fn dated(i: usize, words: &str, out: &mut Vec<PaymentDraft>) {
    let all = periods(words);
    let mut seen: Vec<Period> = Vec::new();
    for (k, p) in all.iter().enumerate() {
        let Some(period) = p.value.reading.known().filter(|_| sized(p)) else { continue };
        let from = k.checked_sub(1).map_or(0, |k| all[k].range.end);
        let before = tail(&words[from..p.range.start], 260);
        let after = head(&words[p.range.end..], 140);
        // "The fees paid in the twelve months before the claim" measure a limit of liability.
        if period.unit == Unit::Month && LOOKS_BACK.is_match(after) {
            continue;
        }
        let net = NET.is_match(before);
        let credit = CREDIT.find(after);
        let after = credit.map_or(after, |m| &after[m.end()..]);
        let runs = FROM.is_match(after);
        let within = before.trim_end().to_ascii_lowercase().ends_with("within");
        let labelled = TERMS.is_match(before) && (runs || CLOSES.is_match(after));
        let begins = runs || within && CLOSES.is_match(after);
        let allowed = TO_PAY.is_match(after) && runs || labelled || credit.is_some();
        if !net && !allowed && (!due(before) && !DIRECT.is_match(before) || !begins || !pays(before))
            || seen.contains(&period)
        {
            continue;
        }
        seen.push(period);
        out.push(PaymentDraft {
            sentence: i,
            range: p.range.clone(),
            due: Some(period),
            from: if runs { anchor(after) } else { None },
            payer: payer(words, p.range.end),
            frequency: rhythm_of(words),
            confidence: if runs { 0.88 } else { 0.75 },
        });
    }
}

/// Whether the time after `before` is the time to pay.
fn due(before: &str) -> bool {
    let Some(by) = BY.find(before) else { return false };
    let clause = tail(&before[..by.end()], 190).rsplit(['.', ';']).next().unwrap_or(before);
    PAY.is_match(clause) || GOES_BACK.is_match(clause)
}

/// "Paid by the 20th of the month following the invoice": 20 days after the end of its month.
fn next_month(i: usize, words: &str, out: &mut Vec<PaymentDraft>) {
    let Some(c) = NEXT_MONTH.captures(words) else { return };
    let Some(all) = c.get(0) else { return };
    let before = tail(&words[..all.start()], 200);
    let invoice = words.to_ascii_lowercase().contains("invoice");
    if VERB.find_iter(before).last().is_none_or(|verb| unpaid(&before[..verb.start()])) || !invoice {
        return;
    }
    let due = c
        .get(1)
        .map_or(Some(Period::new(1, Unit::Month)), |day| Some(Period::new(day.as_str().parse().ok()?, Unit::Day)));
    let of = c.get(3).filter(|_| c.get(2).is_none()).map_or("", |m| m.as_str()).trim();
    let of =
        ["the ", "date of ", "the ", "month of ", "the "].iter().fold(of, |of, w| of.strip_prefix(w).unwrap_or(of));
    let of = if of.is_empty() { "invoice" } else { of };
    out.push(PaymentDraft {
        sentence: i,
        range: all.range(),
        due,
        from: Some(format!("end of the month of {of}")),
        payer: payer(words, all.end()),
        frequency: rhythm_of(words),
        confidence: 0.75,
    });
}

/// Whether the last word of payment in `before` is a promise to pay, and the time after it is its own.
fn pays(before: &str) -> bool {
    // "Shall pay each invoice submitted to it": what is said of the invoice is no other act.
    if let Some(promise) = PROMISE.find_iter(before).last() {
        return !unpaid(&before[..promise.start()]) && !OTHERWISE.is_match(&before[promise.end()..])
            || last_verb(before);
    }
    last_verb(before)
}

fn last_verb(before: &str) -> bool {
    let Some(verb) = VERB.find_iter(before).last() else { return true };
    !unpaid(&before[..verb.start()]) && !ELSE.is_match(&before[verb.start()..])
}

/// Whether `before`, the words up to a verb of paying, make it a failure to pay: no new promise follows the failure.
fn unpaid(before: &str) -> bool {
    let near = tail(before, 140);
    let failed = FAILED.find_iter(near).last().is_some_and(|m| !PROMISES.is_match(&near[m.end()..]));
    failed || UNPAID.is_match(tail(before, 110))
}

fn sized(p: &Found<PeriodText>) -> bool {
    p.value.reading.known().is_some_and(|d| {
        !p.value.article && d.count <= 366 && matches!(d.unit, Unit::Day | Unit::BusinessDay | Unit::Week | Unit::Month)
    })
}

/// What a time runs from: the words after it, up to a stop.
fn anchor(after: &str) -> Option<String> {
    if MONTH_END.is_match(after) {
        return Some("end of month".to_owned());
    }
    let start = after.find(|c: char| c.is_ascii_lowercase() && c != 's')?;
    let mut words = &after[start..];
    if let Some(close) = words.find(") ").filter(|&c| c < 24 && !words[..c].contains('(')) {
        words = words[close + 2..].trim_start();
    }
    let end = words.find([',', ';', '.', '(', ':']).unwrap_or(words.len());
    let words = words[..end].trim();
    let joins =
        ["of the ", "of ", "after the ", "after ", "from the ", "from ", "following the ", "following ", "upon "];
    let words = joins.iter().find_map(|j| words.strip_prefix(j)).unwrap_or(words);
    (!words.is_empty()).then(|| words.to_owned())
}

/// "Net 30" without a unit, where no other sentence gives the same time.
fn net_days(i: usize, words: &str, out: &mut Vec<PaymentDraft>) {
    let Some(c) = NET_DAYS.captures(words) else { return };
    let (Some(all), Some(n)) = (c.get(0), c.get(1).and_then(|m| m.as_str().parse().ok())) else { return };
    let after = head(&words[all.end()..], 140);
    let due = Some(Period::new(n, Unit::Day));
    let before = tail(&words[..all.start()], 200);
    // A bare "Net 30" speaks of terms that stand elsewhere.
    let said = TERMS.is_match(before) || VERB.is_match(before) && pays(before);
    let told = FROM.is_match(after) || said && CLOSES.is_match(after);
    let share = after.starts_with(|c: char| c == '.' && after[1..].starts_with(|d: char| d.is_ascii_digit()));
    if n == 0 || !told || share || out.iter().any(|d| d.due == due) || after.trim_start().starts_with('%') {
        return;
    }
    out.push(PaymentDraft {
        sentence: i,
        range: all.range(),
        due,
        from: FROM.is_match(after).then(|| anchor(after)).flatten(),
        payer: payer(words, all.end()),
        frequency: rhythm_of(words),
        confidence: 0.75,
    });
}

/// "Due upon receipt": no time at all.
fn at_once(i: usize, words: &str, out: &mut Vec<PaymentDraft>) {
    let Some(c) = AT_ONCE.captures(words) else { return };
    let Some(all) = c.get(0) else { return };
    // Interest "payable on demand" is no price.
    if unpaid(&words[..all.start()]) || words.contains("nterest") {
        return;
    }
    let from = c.get(1).map(|m| {
        let rest = &words[m.start()..all.end()];
        rest.trim().trim_start_matches("the ").to_owned()
    });
    out.push(PaymentDraft {
        sentence: i,
        range: all.range(),
        due: Some(Period::new(0, Unit::Day)),
        from,
        payer: payer(words, all.end()),
        frequency: rhythm_of(words),
        confidence: 0.7,
    });
}

/// "Payable quarterly in advance": a rhythm without a time.
fn rhythm(i: usize, words: &str, out: &mut Vec<PaymentDraft>) {
    let Some(m) = PAYABLE_RHYTHM.find(words) else { return };
    out.push(PaymentDraft {
        sentence: i,
        range: m.range(),
        due: None,
        from: None,
        payer: payer(words, words.len()),
        frequency: rhythm_of(m.as_str()),
        confidence: 0.65,
    });
}

fn rhythm_of(words: &str) -> Option<String> {
    let c = RHYTHM.captures(words)?;
    let text = match (c.get(3), c.get(4)) {
        (Some(when), Some(how)) => format!("{} {}", how.as_str(), when.as_str()),
        _ => c.get(0)?.as_str().to_owned(),
    };
    Some(text.trim_end_matches([' ', ',']).to_ascii_lowercase())
}

/// "1.5% per month" of a sentence about late payment.
fn late_interest(words: &str) -> Option<String> {
    if !LATE.is_match(words) || !words.contains('%') && !words.to_ascii_lowercase().contains("percent") {
        return None;
    }
    percents(words).into_iter().find_map(|p| {
        let c = PER.captures(head(&words[p.range.end..], 40))?;
        let unit = c.get(1).or(c.get(2))?.as_str().to_ascii_lowercase();
        let unit = match unit.as_str() {
            "annum" | "annual" | "annually" | "yearly" => "year",
            "monthly" => "month",
            other => other,
        };
        Some(format!("{}% per {unit}", p.value))
    })
}

fn payer(words: &str, end: usize) -> Option<String> {
    let c = PAYER.captures_iter(head(words, words.len().min(end + 80))).next()?;
    let name = c.get(1).or(c.get(2))?.as_str().trim_end_matches(['.', ',', '\'', '’']);
    let lower = name.to_ascii_lowercase();
    (!["fees", "payment", "invoice", "all", "such", "it"].contains(&lower.as_str())).then(|| name.to_owned())
}

/// The party that pays where the clause names nobody: the one whose role says that it is served.
fn payer_role(findings: &Findings) -> Option<String> {
    const ROLES: [&str; 11] = [
        "client",
        "customer",
        "buyer",
        "purchaser",
        "licensee",
        "tenant",
        "lessee",
        "company",
        "subscriber",
        "distributor",
        "sponsor",
    ];
    let roles: Vec<&str> =
        findings.facts.parties.iter().filter_map(Fact::value).filter_map(|p| p.role.as_deref()).collect();
    ROLES.iter().find_map(|w| roles.iter().find(|r| r.to_ascii_lowercase().contains(w))).map(|r| (*r).to_owned())
}

fn fact(reader: &Reader<'_>, d: PaymentDraft, late: Option<&(String, usize)>, role: Option<&str>) -> Fact<PaymentTerm> {
    let whole = reader.span(d.sentence);
    let words = reader.sentence(d.sentence);
    let stop = d.range.end + head(&words[d.range.end..], 160).find(['.', ';', ',']).unwrap_or(0);
    let start = stop - tail(&words[..stop], 500).len();
    let raw = &words[d.range.clone()];
    let value = PaymentTerm {
        payer: d.payer.or_else(|| role.map(str::to_owned)),
        due: d.due,
        from: d.from,
        frequency: d.frequency,
        late_interest: late.map(|(rate, _)| rate.clone()),
    };
    let cited = reader.text.cited(value, Span::new(whole.start() + start, whole.start() + stop));
    let fact = Fact::found("payment_term", cited, raw, Origin::rule("payment.due"), Confidence::new(d.confidence));
    match late.filter(|(_, i)| *i != d.sentence) {
        Some(&(_, i)) => fact.with_evidence(reader.text.cite(reader.quote(i, reader.span(i)))),
        None => fact,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentId;
    use crate::segment::segment;
    use crate::text::DocumentText;

    fn terms(plain: &str) -> Vec<PaymentTerm> {
        let text = DocumentText::from_plain(DocumentId::of(b"t"), plain);
        crate::detect::detect(&text, &segment(&text))
            .facts
            .payment_terms
            .iter()
            .filter_map(|f| f.value().cloned())
            .collect()
    }

    #[test]
    fn times_to_pay() {
        let mut wrong = Vec::new();
        for (text, due, from) in [
            (
                "The Client shall pay all undisputed invoices within sixty (60) days of the invoice date (\"Net 60\").",
                "60 days",
                "invoice date",
            ),
            ("Fees are payable within 30 days after receipt of each invoice.", "30 days", "receipt of each invoice"),
            (
                "All amounts shall be due and payable thirty days after the date of the invoice.",
                "30 days",
                "date of the invoice",
            ),
            (
                "Resolved amounts shall be paid within ten (10) Business Days following resolution.",
                "10 business days",
                "resolution",
            ),
            (
                "Customer shall reimburse Vendor within thirty (30) days of receiving a statement.",
                "30 days",
                "receiving a statement",
            ),
            ("Maintenance Fees: Net 30 days from the anniversary date.", "30 days", "anniversary date"),
            ("Support Fees: Net 30 of the anniversary date.", "30 days", "anniversary date"),
            (
                "The Tenant shall have 45 days from the invoice date to remit payment.",
                "45 days",
                "invoice date to remit payment",
            ),
            ("Invoices are due upon receipt.", "0 days", "receipt"),
            (
                "The Buyer shall pay each invoice due and submitted to it by the Supplier within 30 days of receipt to a \
                 bank account nominated in writing by the Supplier.",
                "30 days",
                "receipt to a bank account nominated in writing by the Supplier",
            ),
            (
                "Customer will pay within [20] business days after receiving an invoice.",
                "20 business days",
                "receiving an invoice",
            ),
            ("Payment terms: net 30 EOM.", "30 days", "end of month"),
            ("Payment terms are 30 days end of month.", "30 days", "end of month"),
            ("Fees are payable 14 days from date of invoice.", "14 days", "date of invoice"),
            ("Invoices are due thirty days after receipt.", "30 days", "receipt"),
            ("The Council will pay within 28 days of a valid invoice.", "28 days", "a valid invoice"),
            (
                "The Buyer shall pay no later than the 20th of the month following the invoice.",
                "20 days",
                "end of the month of invoice",
            ),
            (
                "All invoices are to be paid by the 15th of the following month.",
                "15 days",
                "end of the month of invoice",
            ),
            (
                "The Buyer shall settle invoices by the end of the month following the month of invoice.",
                "1 month",
                "end of the month of invoice",
            ),
            ("Invoices fall due for payment 45 days after they are issued.", "45 days", "they are issued"),
            (
                "The Client shall discharge each invoice not later than 10 Business Days following its receipt.",
                "10 business days",
                "its receipt",
            ),
            ("The Buyer discharges every invoice within 21 days of its date.", "21 days", "its date"),
            ("The Council shall honour valid invoices within 30 days of receipt.", "30 days", "receipt"),
            (
                "Each bill shall be settled not later than five working days after it is presented.",
                "5 business days",
                "it is presented",
            ),
            ("Sums owed shall be discharged within 14 days of demand.", "14 days", "demand"),
            ("The Seller allows 30 days' credit from the date of invoice.", "30 days", "date of invoice"),
        ] {
            let found: Vec<_> = terms(text).into_iter().map(|t| (t.due.map(|d| d.to_string()), t.from)).collect();
            if found != [(Some(due.to_owned()), Some(from.to_owned()))] {
                wrong.push(format!("{found:?} for {text}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn other_times() {
        for text in [
            "If Client fails to pay within thirty (30) days of notice, Vendor may suspend the Services.",
            "Client shall notify Vendor of any disputed invoice within fifteen (15) days of receipt.",
            "Vendor shall retain payment records for thirty (30) days after the invoice date.",
            "The term is two years from the date of payment.",
            "Net 30 applies where an order form says so.",
            "The Supplier shall honour warranty claims within 30 days of notice.",
            "The Supplier shall discharge the cargo within 10 days of arrival.",
            "The margin is net 30% of the price.",
        ] {
            assert!(terms(text).is_empty(), "{text}: {:?}", terms(text));
        }
    }

    #[test]
    fn terms_that_name_no_beginning() {
        let mut wrong = Vec::new();
        for (text, days) in [
            ("Payment terms: 30 days", 30),
            ("Payment Terms\t30 days", 30),
            ("Payment terms are strictly 30 days net.", 30),
            ("Invoices are payable net 60.", 60),
            ("Invoices are due net 45.", 45),
            ("All fees are to be paid on net 30 terms.", 30),
            ("The Customer shall pay invoices net-60.", 60),
            ("Payment terms: Net 45", 45),
            ("Payment Terms\tNet 30", 30),
            ("Payment terms are net 30.", 30),
            ("Billing terms: net 15, by bank transfer", 15),
            ("Invoices shall be paid Net 90, without set-off.", 90),
            ("The charges are payable net 30 in accordance with clause 4.", 30),
            ("The Supplier gives the Buyer 30 days' credit.", 30),
        ] {
            let found = terms(text).first().and_then(|t| t.due).map(|d| d.to_string());
            if found != Some(format!("{days} days")) {
                wrong.push(format!("{found:?} for {text}"));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn interest_and_payer() {
        let found = terms(
            "Invoices shall be paid by the Client within 30 days of the invoice date. Late payments bear interest at 1.5% per month.",
        );
        assert_eq!(found[0].late_interest.as_deref(), Some("1.5% per month"));
        assert_eq!(found[0].payer.as_deref(), Some("Client"));
    }
}
