//! The forms with which something is said of a contract. Each posts the arguments of a command.

use jiff::civil::Date;
use maud::{Markup, html};
use tickler::record::{DocumentId, Field};
use tickler::said::is_settable;

/// A form of a contract that comes back to `back`.
pub(super) fn form(id: &DocumentId, act: &str, back: &str, content: &Markup) -> Markup {
    html! {
        form method="post" action=(format!("/contract/{id}/{act}")) {
            input type="hidden" name="back" value=(back);
            (content)
        }
    }
}

/// A button that says one thing about `field` of the form, such as which value is right.
pub(super) fn button(
    id: &DocumentId,
    act: &str,
    back: &str,
    (field, value): (&str, &str),
    words: &str,
    about: &str,
) -> Markup {
    form(
        id,
        act,
        back,
        &html! {
            input type="hidden" name=(field) value=(value);
            button type="submit" { (words) span.hidden { " " (about) } }
        },
    )
}

fn text(label: &str, name: &str, value: &str) -> Markup {
    html! { label { (label) " " input type="text" name=(name) value=(value) autocomplete="off"; } }
}

fn date(label: &str, name: &str, value: Option<Date>) -> Markup {
    html! { label { (label) " " input type="date" name=(name) value=[value]; } }
}

fn choice(label: &str, name: &str, options: &[(&str, &str)]) -> Markup {
    html! { label { (label) " " select name=(name) { @for (value, words) in options { option value=(value) { (words) } } } } }
}

fn why() -> Markup {
    text("Why (for the log)", "why", "")
}

pub(super) fn assign(id: &DocumentId, back: &str, owner: Option<(&str, &str)>) -> Markup {
    let (owner, backup) = owner.unwrap_or_default();
    form(
        id,
        "assign",
        back,
        &html! {
            (text("Owner (“me” for yourself, empty for nobody)", "owner", owner))
            (text("Stands in", "backup", backup))
            (why())
            button type="submit" { "Assign" }
        },
    )
}

/// Another value for a field.
pub(super) fn correct(id: &DocumentId, back: &str, field: &str, value: &str) -> Markup {
    form(
        id,
        "set",
        back,
        &html! {
            input type="hidden" name="field" value=(field);
            (value_fields(value))
        },
    )
}

fn value_fields(value: &str) -> Markup {
    html! {
        label { "Value " input type="text" name="value" value=(value) required autocomplete="off"; }
        label { "Words of the contract that prove it " textarea name="quote" rows="2" {} }
        label { "Their page " input type="number" name="page" min="1"; }
        (why())
        button type="submit" { "Set" }
    }
}

/// A value for a field that was not read, or for a part of one.
pub(super) fn set(id: &DocumentId, back: &str) -> Markup {
    const PARTS: [(&str, &str); 3] = [
        ("renewal.notice_period", "Renewal: notice period"),
        ("renewal.period", "Renewal: length of a term"),
        ("renewal.kind", "Renewal: kind"),
    ];
    let fields = Field::ALL.iter().filter(|field| is_settable(**field)).map(|field| (field.name(), field.label()));
    let fields: Vec<(&str, &str)> = fields.chain(PARTS).collect();
    form(id, "set", back, &html! { (choice("Field", "field", &fields)) (value_fields("")) })
}

pub(super) fn decide(id: &DocumentId, back: &str, entry: &str) -> Markup {
    let choices = [("renew", "Renew"), ("renegotiate", "Renegotiate"), ("end", "End"), ("undecided", "Undecided")];
    form(
        id,
        "decide",
        back,
        &html! {
            input type="hidden" name="entry" value=(entry);
            (choice("Decision", "decision", &choices))
            (date("To be done by", "until", None))
            (why())
            button type="submit" { "Decide" }
        },
    )
}

/// The end of a contract that can be ended at any time.
pub(super) fn end(id: &DocumentId, back: &str) -> Markup {
    form(
        id,
        "decide",
        back,
        &html! {
            input type="hidden" name="decision" value="end";
            label { "To end on " input type="date" name="ends" required; }
            (why())
            button type="submit" { "Decide to end it" }
        },
    )
}

pub(super) fn sent(id: &DocumentId, back: &str, entry: &str, today: Date) -> Markup {
    let ways = [
        ("certified-mail", "Certified mail"),
        ("courier", "Courier"),
        ("hand", "By hand"),
        ("post", "Post"),
        ("email", "E-mail"),
        ("fax", "Fax"),
    ];
    form(
        id,
        "sent",
        back,
        &html! {
            input type="hidden" name="entry" value=(entry);
            (date("Sent on", "on", Some(today)))
            (choice("Way", "way", &ways))
            label { input type="checkbox" name="accept" value="yes"; " Accepted, whatever ways the contract names" }
            (why())
            button type="submit" { "Notice was sent" }
        },
    )
}

/// What became of a duty.
pub(super) fn duty(id: &DocumentId, back: &str, duty: &str, today: Date) -> Markup {
    let states = [("done", "Done"), ("waived", "Waived"), ("not-ours", "Not ours")];
    html! {
        details {
            summary { "Done, waived, put off, note" }
            (form(id, "done", back, &html! {
                input type="hidden" name="duty" value=(duty);
                (choice("State", "state", &states))
                (date("Performed on", "on", Some(today)))
                (text("Proof (the name of a file, or a link)", "evidence", ""))
                (why())
                button type="submit" { "Say so" }
            }))
            (form(id, "snooze", back, &html! {
                input type="hidden" name="duty" value=(duty);
                (date("Remind not before", "until", None))
                button type="submit" { "Put off" }
            }))
            (form(id, "note", back, &html! {
                input type="hidden" name="about" value=(duty);
                (text("Note", "text", ""))
                button type="submit" { "Note" }
            }))
        }
    }
}

pub(super) fn note(id: &DocumentId, back: &str) -> Markup {
    form(
        id,
        "note",
        back,
        &html! {
            label { "Note " textarea name="text" rows="2" required {} }
            button type="submit" { "Note" }
        },
    )
}

/// Which agreement a file belongs to. The way back is the list: the file may have no page of its own afterwards.
pub(super) fn link(id: &DocumentId) -> Markup {
    let ways = [
        ("part", "an amendment, order or statement of work of"),
        ("copy", "another file of the agreement of (a signed copy, a scan, a later version)"),
        ("none", "part of no other agreement"),
        ("automatic", "what the words of the two say"),
    ];
    form(
        id,
        "link",
        "/contracts",
        &html! {
            (choice("This file is", "how", &ways))
            (text("The other file: its name, a part of it, or first digits of its ID", "parent", ""))
            (why())
            button type="submit" { "Say so" }
        },
    )
}

/// Something happened that the contract only names.
pub(super) fn event(id: &DocumentId, back: &str, awaited: &[&str]) -> Markup {
    form(
        id,
        "event",
        back,
        &html! {
            label { "What happened, in words of the contract " input type="text" name="event" list="awaited" required; }
            datalist id="awaited" { @for name in awaited { option value=(name) {} } }
            (date("On", "on", None))
            button type="submit" { "Record" }
        },
    )
}

/// A measured value of one of the `levels`, each with the ID of its fact.
pub(super) fn measured(id: &DocumentId, back: &str, levels: &[(&str, &str)]) -> Markup {
    form(
        id,
        "measure",
        back,
        &html! {
            (choice("Level", "level", levels))
            (text("Measured at, where it holds for several (a site, a circuit, a service)", "about", ""))
            label { "Period, such as 2026-03, 2026-Q1 or 2026 " input type="text" name="period" required autocomplete="off"; }
            label { "Value, such as 99.2% or 90 minutes " input type="text" name="value" required autocomplete="off"; }
            button type="submit" { "Keep" }
        },
    )
}
