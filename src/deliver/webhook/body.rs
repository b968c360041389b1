//! What is posted to a webhook.

use serde_json::{Value, json};

use crate::remind::{Digest, Reminder};

/// Most dates in a message of a chat: Slack takes 50 blocks.
const MOST: usize = 20;
/// Most characters of one date there, as they are sent: Slack takes 3,000 in a section.
const LONGEST: usize = 1_000;
/// Most characters of a heading: Slack takes 150.
const HEADING: usize = 150;
/// Most bytes of a message of a chat. Teams refuses cards beyond "approximately 28 KB"
/// (<https://learn.microsoft.com/connectors/teams/>, known issues), counts them in UTF-16, where no text takes more than twice
/// the bytes of UTF-8, and adds properties of its own (a card of 24,453 bytes was refused as one of 28,897, msteams-docs 11274).
/// Slack documents 40,000 characters, and refuses blocks of some 13,200 (`msg_blocks_too_long`, bolt-js 2509).
const MOST_BYTES: usize = 12_000;

/// The payload that Standard Webhooks recommend: a type, a time and data.
pub(super) fn standard(digest: &Digest) -> Value {
    let date = |one: &Reminder| {
        let words = &one.words;
        json!({
            "key": one.key,
            "contract": one.document,
            "entry": one.entry,
            "act_by": one.act_by,
            "reminder_day": one.day,
            "told": one.told,
            "overdue": words.overdue,
            "confirmed": words.confirmed,
            "owner": words.owner,
            "what": words.what,
            "notes": words.notes,
            "place": words.place,
        })
    };
    let dates: Vec<Value> = digest.reminders.iter().map(date).collect();
    json!({
        "type": "contract_dates.due",
        "timestamp": digest.at,
        "data": { "id": digest.id, "subject": digest.subject(), "dates": dates },
    })
}

/// Blocks of a message for Slack.
pub(super) fn slack(digest: &Digest) -> Value {
    let subject = cut(&digest.subject(), HEADING, str::to_owned);
    let section = |text: &str| json!({ "type": "section", "text": { "type": "mrkdwn", "text": text } });
    let heading = json!({ "type": "header", "text": { "type": "plain_text", "text": subject } });
    let date = |one: &Reminder| {
        vec![section(&format!("*{}*{}\n{}", one.act_by, late(one), cut(&lines(one), LONGEST, escape)))]
    };
    within(digest, date, |dates, more| {
        let sections = dates.into_iter().chain(more.map(section));
        let blocks: Vec<Value> = std::iter::once(heading.clone()).chain(sections).collect();
        json!({ "text": escape(&subject), "blocks": blocks })
    })
}

/// An adaptive card, as the workflow "when a webhook request is received" of Teams takes it.
pub(super) fn teams(digest: &Digest) -> Value {
    let line = |text: &str, weight: &str| json!({ "type": "TextBlock", "text": text, "weight": weight, "wrap": true });
    let subject = line(&cut(&digest.subject(), HEADING, plain), "bolder");
    let date = |one: &Reminder| {
        let day = line(&format!("{}{}", one.act_by, late(one)), "bolder");
        vec![day, line(&cut(&lines(one), LONGEST, plain), "default")]
    };
    within(digest, date, |dates, more| {
        let more = more.map(|more| line(more, "default"));
        let body: Vec<Value> = std::iter::once(subject.clone()).chain(dates).chain(more).collect();
        let card = json!({
            "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
            "type": "AdaptiveCard",
            "version": "1.4",
            "body": body,
        });
        let attachment =
            json!({ "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": null, "content": card });
        json!({ "type": "message", "attachments": [attachment] })
    })
}

/// The message with as many dates as the chat takes, what is overdue and what comes first among them, and the words about
/// those that are left out. `date` says a date, and `message` puts them together.
fn within(
    digest: &Digest,
    date: impl Fn(&Reminder) -> Vec<Value>,
    message: impl Fn(Vec<Value>, Option<&str>) -> Value,
) -> Value {
    let (late, coming): (Vec<&Reminder>, Vec<&Reminder>) = digest.reminders.iter().partition(|one| one.words.overdue);
    let told: Vec<Vec<Value>> = late.into_iter().chain(coming).take(MOST).map(date).collect();
    let with = |shown: usize| {
        let left = digest.reminders.len() - shown;
        let more = (left > 0).then(|| format!("{left} more; `tickler remind --list` lists them."));
        message(told.iter().take(shown).flatten().cloned().collect(), more.as_deref())
    };
    let fits = |whole: &Value| whole.to_string().len() <= MOST_BYTES;
    (2..=told.len()).rev().map(&with).find(fits).unwrap_or_else(|| with(told.len().min(1)))
}

/// Text in which nothing is a mark of Slack.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Text without marks of Markdown: words of a contract must not become links.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\*_[]`#".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn late(one: &Reminder) -> &'static str {
    if one.words.overdue { " (overdue)" } else { "" }
}

fn lines(one: &Reminder) -> String {
    let words = &one.words;
    let mut out = vec![words.what.clone()];
    out.extend(words.notes.iter().cloned());
    out.extend(words.owner.iter().map(|owner| format!("{owner} answers for it.")));
    let checked = if words.confirmed { "" } else { "; not confirmed by a person" };
    out.push(format!("{}, ID {}{checked}", words.place, one.entry));
    out.join("\n")
}

/// The text as `written` puts it, cut where that would be longer than so many characters.
fn cut(text: &str, most: usize, written: impl Fn(&str) -> String) -> String {
    let whole = written(text);
    if whole.chars().count() <= most {
        return whole;
    }
    let (mut out, mut used) = (String::new(), 0);
    for c in text.chars() {
        let one = written(c.encode_utf8(&mut [0; 4]));
        used += one.chars().count();
        if used >= most {
            break;
        }
        out.push_str(&one);
    }
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;

    use super::*;
    use crate::record::DocumentId;
    use crate::remind::{Channel, Words, digests};

    /// A message of so many dates of these words; every third is overdue.
    fn message(dates: i8, what: &str) -> Digest {
        let one = |n: i8| Reminder {
            key: n.to_string(),
            at: Timestamp::UNIX_EPOCH,
            message: "m".to_owned(),
            channel: Channel::Webhook,
            recipient: "chat".to_owned(),
            document: DocumentId::of(b"x"),
            entry: "1a2b3c4d5e6f7081".parse().unwrap(),
            act_by: date(2026, 10 - n % 3, n % 28 + 1),
            day: date(2026, 9, 1),
            told: date(2026, 9, 1),
            words: Words {
                name: "chat".to_owned(),
                owner: Some("Bo Lind".to_owned()),
                what: format!("{n} {what}"),
                overdue: n % 3 == 0,
                notes: vec!["It must arrive by 3 November 2026.".to_owned()],
                confirmed: false,
                place: "lease.pdf, page 3".to_owned(),
                event: String::new(),
            },
        };
        digests((0..dates).map(one).collect()).remove(0)
    }

    #[test]
    fn words_of_a_contract_become_no_links() {
        assert_eq!(plain("[Pay here](https://x.example) *now*"), "\\[Pay here\\](https://x.example) \\*now\\*");
        assert_eq!(escape("<!channel> & co"), "&lt;!channel&gt; &amp; co");
    }

    #[test]
    fn what_is_cut_is_cut_between_marks() {
        assert_eq!(cut("abcdef", 4, str::to_owned), "abc…");
        assert_eq!(cut("abcd", 4, str::to_owned), "abcd");
        assert_eq!(cut("a&&&", 10, escape), "a&amp;…");
        assert_eq!(cut("a___", 5, plain), "a\\_…");
    }

    /// Slack: 50 blocks, 150 characters in a header, 3,000 in a section. Teams: 28 KB, each character two bytes of UTF-16.
    #[test]
    fn many_long_dates_fit_into_a_message_of_a_chat() {
        let words = [
            "",
            "Notice to end: Brightwater, subscription",
            "Kündigung ",
            "<&> ",
            "_*_",
            "通知",
            "🗓️ ",
            "\"\\ ",
            "\u{1}",
        ];
        for (what, times) in words.into_iter().zip([1, 1, 400, 400, 600, 900, 500, 700, 2_000]) {
            for dates in [1, 3, 60] {
                let digest = message(dates, &what.repeat(times));
                for body in [slack(&digest), teams(&digest)] {
                    let text = body.to_string();
                    assert!(text.len() <= MOST_BYTES, "{dates} x {what}: {} bytes", text.len());
                    assert!(text.encode_utf16().count() * 2 < 28_000);
                    assert!(dates < 60 || text.contains("more; `tickler remind --list`"), "{text}");
                }
                let slack = slack(&digest);
                let blocks = slack["blocks"].as_array().unwrap();
                assert!(blocks.len() <= 50 && blocks.len() > 1);
                let length = |block: &Value| block["text"]["text"].as_str().unwrap().chars().count();
                assert!(length(&blocks[0]) <= 150 && blocks.iter().all(|block| length(block) <= 3_000), "{slack}");
            }
        }
    }

    #[test]
    fn short_dates_are_told_all_and_what_is_overdue_is_not_left_out() {
        let digest = message(12, "Notice to end: Brightwater, subscription");
        for text in [slack(&digest).to_string(), teams(&digest).to_string()] {
            assert_eq!((text.matches("Brightwater").count(), text.contains(" more; ")), (12, false), "{text}");
        }
        let digest = message(60, "Notice to end: Brightwater, subscription");
        for text in [slack(&digest).to_string(), teams(&digest).to_string()] {
            assert_eq!(text.matches("(overdue)").count(), 20, "{text}");
            assert!(text.contains("40 more; "), "{text}");
        }
    }
}
