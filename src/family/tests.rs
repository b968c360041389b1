use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::*;
use crate::calendar::{Period, Unit};
use crate::config::Settings;
use crate::contract::assemble;
use crate::detect::detect;
use crate::record::testing::document;
use crate::record::value::signature::Execution;
use crate::record::value::{Amends, DateValue};
use crate::record::{Contract, DocumentId, Fact, FactId, Span};
use crate::text::DocumentText;

fn id(name: &str) -> DocumentId {
    DocumentId::of(name.as_bytes())
}

fn card(name: &str, part: Part, since: Option<Date>, amends: impl Into<Option<Amends>>) -> Card {
    Card {
        document: id(name),
        file_name: format!("{name}.pdf"),
        title: Some("Supply Agreement".to_owned()),
        reference: None,
        parties: vec!["acme".to_owned(), "harbor".to_owned()],
        dates: since.into_iter().collect(),
        since,
        part,
        amends: amends.into(),
        replaces: Vec::new(),
        acts: Vec::new(),
        execution: None,
        is_draft: false,
        blanks: 0,
    }
}

fn parent(reference: Option<&str>, title: Option<&str>, date: Option<Date>) -> Amends {
    Amends { reference: reference.map(str::to_owned), title: title.map(str::to_owned), date }
}

fn resolve(cards: &[Card]) -> Families {
    Families::resolve(cards.to_vec(), &BTreeMap::new())
}

const MAY: Date = date(2020, 5, 1);
const LATER: Date = date(2021, 5, 1);

#[test]
fn by_reference() {
    let mut base = card("base", Part::Base, Some(MAY), None);
    base.reference = Some("SUP-2020-17".to_owned());
    let mut other = card("other", Part::Base, Some(MAY), None);
    other.reference = Some("SUP-2020-18".to_owned());
    let child = card("child", Part::Amendment, Some(LATER), parent(Some("sup 2020 17"), None, None));
    let families = resolve(&[base, other, child.clone()]);
    assert_eq!(families.link(&id("child")), Some(&Link::To(id("base"), How::Reference)));
    // A number that nobody here bears, and a document with another one: not linked.
    let stray = card("stray", Part::Amendment, Some(LATER), parent(Some("X-1"), Some("Supply Agreement"), Some(MAY)));
    let mut base = card("base", Part::Base, Some(MAY), None);
    base.reference = Some("SUP-2020-17".to_owned());
    assert_eq!(resolve(&[base, stray]).link(&id("stray")), Some(&Link::Absent));
}

#[test]
fn by_date_or_title_and_only_with_the_same_parties() {
    let base = card("base", Part::Base, Some(MAY), None);
    let dated = parent(None, Some("Supply Agreement"), Some(MAY));
    let child = card("child", Part::Amendment, Some(LATER), dated.clone());
    let link = |cards: &[Card]| resolve(cards).link(&id("child")).cloned();
    assert_eq!(link(&[base.clone(), child.clone()]), Some(Link::To(id("base"), How::Date)));
    let mut strangers = base.clone();
    strangers.parties = vec!["acme".to_owned(), "someone".to_owned()];
    // One party may have given way to another: a person must say.
    assert_eq!(link(&[strangers.clone(), child.clone()]), Some(Link::Ambiguous(vec![id("base")])));
    strangers.parties = vec!["someone".to_owned()];
    assert_eq!(link(&[strangers, child.clone()]), Some(Link::Absent));
    let mut letter = child.clone();
    letter.parties.pop();
    assert_eq!(link(&[base.clone(), letter]), Some(Link::To(id("base"), How::Date)));
    let mut lease = base.clone();
    lease.title = Some("Office Lease".to_owned());
    assert_eq!(link(&[lease, child]), Some(Link::Absent));
    // A title alone leaves it to a person.
    let child = card("child", Part::Amendment, Some(LATER), parent(None, Some("Supply Agreement"), None));
    assert_eq!(link(&[base.clone(), child.clone()]), Some(Link::Ambiguous(vec![id("base")])));
    let second = card("second", Part::Base, Some(MAY), None);
    let mut both = vec![id("base"), id("second")];
    both.sort();
    let found = link(&[base, second, child]);
    assert!(matches!(&found, Some(Link::Ambiguous(ids)) if *ids == both), "{found:?}");
}

#[test]
fn chains_orders_and_people() {
    let base = card("base", Part::Base, Some(MAY), None);
    let titled = |name: &str, title: &str, since: Date| {
        let mut c = card(name, Part::Amendment, Some(since), parent(None, Some("Supply Agreement"), Some(MAY)));
        c.title = Some(title.to_owned());
        c
    };
    let second = titled("second", "Second Amendment to Supply Agreement", LATER);
    let first = titled("first", "First Amendment to Supply Agreement", LATER);
    let mut sow = titled("sow", "Statement of Work", LATER);
    sow.part = Part::Subordinate;
    let cards = [base, second, first, sow];
    let families = resolve(&cards);
    let members: Vec<_> = families.members(&id("base")).into_iter().map(|m| m.card.file_name.clone()).collect();
    assert_eq!(members, ["sow.pdf", "first.pdf", "second.pdf"]);
    assert_eq!(families.base(&id("second")), &id("base"));
    let missing = |cards: &[Card]| resolve(cards).kinship(&id("base"), Vec::new()).unwrap().missing;
    assert!(missing(&cards).is_empty());
    let fourth = titled("fourth", "Amendment No. 4 to Supply Agreement", LATER);
    assert_eq!(missing(&[cards.as_slice(), &[fourth]].concat()), [3]);
    assert_eq!(families.base(&id("sow")), &id("sow"));
    // What people say wins, even that there is no parent; a circle is no family.
    let said = BTreeMap::from([(id("second"), None), (id("base"), Some(id("first")))]);
    let families = Families::resolve(cards.to_vec(), &said);
    assert_eq!(families.link(&id("second")), None);
    assert_eq!(families.link(&id("base")), Some(&Link::Absent));
    assert_eq!(families.base(&id("base")), &id("base"));
}

/// The record of a plain text, and the places of its clauses.
fn read(plain: &str) -> (Contract, Vec<(String, Span)>) {
    let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
    let segments = crate::segment::segment(&text);
    let info = document(text.document().clone());
    let sections = segments.sections.iter().filter_map(|c| Some((c.number.clone()?, c.span))).collect();
    (assemble(info, detect(&text, &segments), &[], &text, &Settings::default()), sections)
}

const BASE: &str = "SUPPLY AGREEMENT\n\n\
    This Supply Agreement is made on 1 May 2020 (the “Effective Date”) between Acme Foods, Inc. (“Buyer”) and Harbor Mills, \
    LLC (“Seller”).\n\n\
    1. Term\n\n\
    1.1 This Agreement begins on the Effective Date and continues for three (3) years (the “Initial Term”).\n\n\
    1.2 This Agreement shall automatically renew for successive one (1) year periods unless either party gives written \
    notice of non-renewal at least sixty (60) days before the end of the then-current term.\n\n\
    2. Law\n\n\
    2.1 This Agreement is governed by the laws of the State of New York.\n";

fn amended(words: &str) -> View {
    let (base, sections) = read(BASE);
    let text = format!(
        "FIRST AMENDMENT TO SUPPLY AGREEMENT\n\nThis First Amendment is made on 1 June 2021 between Acme Foods, Inc. and \
         Harbor Mills, LLC.\n\n1. {words}\n\n2. Except as amended, the Supply Agreement remains in full force.\n"
    );
    View::of(base, &sections, [read(&text).0])
}

fn end(view: &View) -> Option<Date> {
    view.contract.expiration_date.as_ref().and_then(Fact::value).and_then(|d| d.date())
}

fn fields(view: &View) -> Vec<&str> {
    view.displaced.iter().map(|d| d.field.as_str()).collect()
}

#[test]
fn a_draft_changes_nothing() {
    let text = "AMENDMENT NO. 1 TO SUPPLY AGREEMENT\n\nThis Amendment No. 1 amends the Supply Agreement made on 1 May 2020 between Acme \
        Foods, Inc. and Harbor Mills, LLC.\n\n1. The Term of the Agreement is hereby extended through 31 December 2026.\n\n\
        ACME FOODS, INC.\nBy: ____________________\nDate: ____________\n\nHARBOR MILLS, LLC\nBy: ____________________\nDate: \
        ____________\n";
    for (text, want) in [
        (text.to_owned(), date(2023, 5, 1)),
        (text.replace("_________", "/s/ A. Reed").replace("Date: /s/", "Date: 3 May 2021 /s/"), date(2026, 12, 31)),
    ] {
        let (base, sections) = read(BASE);
        let view = View::of(base, &sections, [read(&text).0]);
        assert_eq!(end(&view), Some(want), "{text}");
    }
}

#[test]
fn an_extended_term() {
    let view = amended("The Term of the Agreement is hereby extended through 31 December 2026.");
    assert_eq!(end(&view), Some(date(2026, 12, 31)));
    assert_eq!(fields(&view), ["expiration_date"]);
    let fact = view.contract.expiration_date.as_ref().unwrap();
    assert_ne!(fact.evidence()[0].document(), &view.contract.document.id);
    let view = amended("The parties hereby extend the Initial Term for an additional two (2) years.");
    assert_eq!(end(&view), Some(date(2025, 5, 1)));
}

#[test]
fn reworded_periods() {
    let view = amended("Section 1.2 is amended by replacing “sixty (60) days” with “ninety (90) days”.");
    let renewal = view.contract.renewal.as_ref().and_then(Fact::value).unwrap();
    assert_eq!(renewal.notice_period, Some(Period::new(90, Unit::Day)));
    assert_eq!(renewal.notices_about(true)[0].period, Some(Period::new(90, Unit::Day)));
    assert_eq!(renewal.period, Some(Period::new(1, Unit::Year)));
    assert_eq!(view.contract.renewal.as_ref().unwrap().evidence().len(), 2);
    let view = amended("Section 1.1 is amended by deleting “three (3) years” and replacing it with “five (5) years”.");
    assert_eq!(end(&view), Some(date(2025, 5, 1)));
    assert_eq!(fields(&view), ["initial_term", "expiration_date"]);
    // Words that stand in another section are not those meant.
    let view = amended("Section 2.1 is amended by replacing “sixty (60) days” with “ninety (90) days”.");
    assert!(view.displaced.is_empty());
}

#[test]
fn reworded_periods_of_lists() {
    let base = BASE.replace(
        "2. Law",
        "1.3 Buyer shall pay each invoice within thirty (30) days after the invoice date.\n\n1.4 Either party may terminate \
         this Agreement for convenience on forty (40) days' notice.\n\n2. Law",
    );
    let (base, sections) = read(&base);
    let text = "FIRST AMENDMENT TO SUPPLY AGREEMENT\n\nThis First Amendment is made on 1 June 2021 between Acme Foods, Inc. and \
        Harbor Mills, LLC.\n\n1. Section 1.3 is amended by replacing “thirty (30) days” with “fifteen (15) days”.\n\n2. Section \
        1.4 is amended by replacing “forty (40) days” with “seventy (70) days”.\n";
    let view = View::of(base, &sections, [read(text).0]);
    let due: Vec<_> = view.contract.payment_terms.iter().filter_map(|f| f.value()?.due).collect();
    assert_eq!(due, [Period::new(15, Unit::Day)]);
    let notice: Vec<_> = view.contract.terminations.iter().filter_map(|f| f.value()?.notice).collect();
    assert_eq!(notice, [Period::new(70, Unit::Day)]);
    let offsets: Vec<_> = view.contract.obligations.iter().filter_map(|f| f.value()?.timing.offset).collect();
    assert!(!offsets.contains(&Period::new(30, Unit::Day)), "{offsets:?}");
    assert!(fields(&view).contains(&"payment_terms"));
}

#[test]
fn deleted_and_replaced_sections() {
    let view = amended("Section 1.2 of the Agreement is hereby deleted in its entirety.");
    assert!(view.contract.renewal.is_none());
    assert_eq!(fields(&view), ["renewal"]);
    let view = amended(
        "Section 2.1 is deleted in its entirety and replaced with the following: This Agreement is governed by the laws of \
         the State of Delaware.",
    );
    assert_eq!(view.contract.governing_law.as_ref().and_then(Fact::value).map(String::as_str), Some("Delaware"));
    assert_eq!(fields(&view), ["governing_law"]);
    assert_eq!(end(&view), Some(date(2023, 5, 1)));
    assert_eq!(view.contract.effective_date.as_ref().and_then(Fact::value), Some(&DateValue::On(date(2020, 5, 1))));
}

#[test]
fn what_takes_the_place_of_an_agreement() {
    let base = card("base", Part::Base, Some(MAY), None);
    let mut new = card("new", Part::Base, Some(LATER), None);
    new.replaces = vec![parent(None, Some("Supply Agreement"), Some(MAY))];
    let successor = |cards: &[Card], day| resolve(cards).successor(&id("base"), day).map(|card| card.document.clone());
    assert_eq!(successor(&[base.clone(), new.clone()], LATER), Some(id("new")));
    assert_eq!(successor(&[base.clone(), new.clone()], date(2021, 4, 30)), None, "not before it has effect");
    assert_eq!(resolve(&[base.clone(), new.clone()]).kinship(&id("base"), Vec::new()), None, "nothing is folded");
    let with = |change: fn(&mut Card)| {
        let mut other = new.clone();
        change(&mut other);
        successor(&[base.clone(), other], LATER)
    };
    assert_eq!(with(|new| new.execution = Some(Execution::Unsigned)), None, "a draft");
    assert_eq!(with(|new| new.parties = vec!["acme".to_owned(), "someone".to_owned()]), None);
    assert_eq!(with(|new| new.since = Some(MAY)), None, "it is no later one");
    assert_eq!(with(|new| new.since = None), None);
    // What restates it is folded into it, and people know better.
    assert_eq!(with(|new| new.amends = parent(None, Some("Supply Agreement"), Some(MAY)).into()), None);
    let said = BTreeMap::from([(id("new"), None)]);
    assert_eq!(Families::resolve(vec![base, new], &said).successor(&id("base"), LATER), None);
}

/// The agreement after a document with this title and these words, signed by nobody in particular.
fn after(title: &str, words: &str) -> View {
    let (base, sections) = read(BASE);
    let text = format!(
        "{title}\n\nThis document is dated 1 June 2021 and made between Acme Foods, Inc. and Harbor Mills, LLC. It relates to the Supply \
         Agreement dated 1 May 2020 (the \"Agreement\").\n\n1. {words}\n"
    );
    View::of(base, &sections, [read(&text).0])
}

#[test]
fn what_ends_an_agreement() {
    for (title, words) in [
        ("DEED OF SURRENDER", "The Agreement is surrendered on 31 December 2021."),
        (
            "TERMINATION AGREEMENT",
            "The Agreement will terminate on 31 December 2021 and will not renew after that date.",
        ),
        ("NOTICE OF NON-RENEWAL", "We do not wish to renew the Agreement. It will end on 31 December 2021."),
        ("DEED OF TERMINATION", "The parties terminate the Agreement with effect from 31 December 2021."),
        ("SETTLEMENT AGREEMENT", "The Supply Agreement dated 1 May 2020 shall end on 31 December 2021."),
    ] {
        let view = after(title, words);
        assert_eq!(end(&view), Some(date(2021, 12, 31)), "{title}");
        let renewal = view.contract.renewal.as_ref().and_then(Fact::value).unwrap();
        assert_eq!(renewal.kind, crate::record::value::RenewalKind::None, "{title}");
    }
    // Without a day nobody can tell when, and the terms stay as they are.
    let open = after("NOTICE OF TERMINATION", "We hereby terminate the Agreement.");
    assert_eq!(end(&open), Some(date(2023, 5, 1)));
}

#[test]
fn another_party_and_another_start() {
    let (base, sections) = read(BASE);
    let deed = "DEED OF NOVATION\n\nThis deed is dated 1 June 2021 and made between Acme Foods, Inc. (the \"Outgoing Party\"), Dovetail \
        Foods, Inc. (the \"Incoming Party\") and Harbor Mills, LLC. It relates to the Supply Agreement dated 1 May 2020.\n\n1. The \
        Incoming Party shall perform the Agreement as if it were a party to it in place of the Outgoing Party.\n";
    let view = View::of(base, &sections, [read(deed).0]);
    let parties: Vec<_> = view.contract.parties.iter().filter_map(|f| f.value()).collect();
    assert_eq!(parties.len(), 2);
    assert_eq!((parties[0].name.as_str(), parties[0].role.as_deref()), ("Dovetail Foods, Inc.", Some("Buyer")));
    assert!(fields(&view).contains(&"parties"));
    let view = after(
        "COMMENCEMENT DATE MEMORANDUM",
        "The parties confirm that the Agreement began on 15 June 2020 and that it ends on 30 June 2023.",
    );
    let start = view.contract.effective_date.as_ref().and_then(Fact::value);
    assert_eq!((start, end(&view)), (Some(&DateValue::On(date(2020, 6, 15))), Some(date(2023, 6, 30))));
}

#[test]
fn doubts_stand_at_both() {
    let base = card("base", Part::Base, Some(MAY), None);
    let act = |sure| Act {
        fact: FactId::of(&id("notice"), "change", Span::new(0, 9), ""),
        words: "The agreement ends on 2021-12-31".to_owned(),
        field: "expiration_date".to_owned(),
        page: 1,
        sure,
    };
    let named = parent(None, Some("Supply Agreement"), Some(MAY));
    let mut notice = card("notice", Part::Amendment, Some(LATER), named.clone());
    let told = |notice: &Card, at: &str| {
        let families = resolve(&[base.clone(), notice.clone()]);
        families.doubts(&id(at)).iter().map(|doubt| doubt.to_review(&id(at)).raw).collect::<Vec<_>>()
    };
    notice.acts = vec![act(true)];
    assert!(told(&notice, "base").is_empty() && told(&notice, "notice").is_empty());
    notice.acts = vec![act(false)];
    for at in ["base", "notice"] {
        let told = told(&notice, at);
        assert!(
            told.len() == 1 && told[0].starts_with("notice.pdf: The agreement ends on 2021-12-31 (check"),
            "{told:?}"
        );
    }
    // One party only: it may be another agreement.
    notice.parties = vec!["acme".to_owned(), "someone".to_owned()];
    for at in ["base", "notice"] {
        let told = told(&notice, at);
        assert!(told.len() == 1 && told[0].contains("not linked"), "{told:?}");
    }
    let mut draft = card("notice", Part::Amendment, None, named.clone());
    draft.is_draft = true;
    assert!(told(&draft, "base")[0].contains("nothing was changed") && told(&draft, "notice").len() == 1);
    // So is told what says that it replaces an agreement and is not signed.
    let mut draft = card("notice", Part::Base, Some(LATER), None);
    (draft.replaces, draft.execution) = (vec![named], Some(Execution::Unsigned));
    assert!(told(&draft, "base")[0].contains("takes the place of the agreement"));
}
