//! What is posted to a webhook.

use serde_json::{Value, json};

use crate::remind::{Digest, Reminder};

/// Most dates in a message of a chat: Slack takes 50 blocks.
const MOST: usize = 20;
/// Most characters of one date there: Slack takes 3,000.
const LONGEST: usize = 1_000;

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
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let subject = digest.subject();
    // A heading takes 150 characters.
    let mut blocks = vec![json!({ "type": "header", "text": { "type": "plain_text", "text": cut(&subject, 150) } })];
    for one in digest.reminders.iter().take(MOST) {
        let text = format!("*{}*{}\n{}", one.act_by, late(one), escape(&lines(one)));
        blocks.push(json!({ "type": "section", "text": { "type": "mrkdwn", "text": cut(&text, LONGEST) } }));
    }
    if let Some(more) = more(digest) {
        blocks.push(json!({ "type": "section", "text": { "type": "mrkdwn", "text": more } }));
    }
    json!({ "text": escape(&subject), "blocks": blocks })
}

/// An adaptive card, as the workflow "when a webhook request is received" of Teams takes it.
pub(super) fn teams(digest: &Digest) -> Value {
    let line = |text: &str, weight: &str| json!({ "type": "TextBlock", "text": text, "weight": weight, "wrap": true });
    let mut body = vec![line(&plain(&digest.subject()), "bolder")];
    for one in digest.reminders.iter().take(MOST) {
        body.push(line(&format!("{}{}", one.act_by, late(one)), "bolder"));
        body.push(line(&plain(&cut(&lines(one), LONGEST)), "default"));
    }
    body.extend(more(digest).map(|more| line(&more, "default")));
    let card = json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
    });
    let attachment =
        json!({ "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": null, "content": card });
    json!({ "type": "message", "attachments": [attachment] })
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

fn more(digest: &Digest) -> Option<String> {
    let more = digest.reminders.len().saturating_sub(MOST);
    (more > 0).then(|| format!("{more} more; `tickler remind --list` lists them."))
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_contract_become_no_links() {
        assert_eq!(plain("[Pay here](https://x.example) *now*"), "\\[Pay here\\](https://x.example) \\*now\\*");
        assert_eq!(cut("abcdef", 4), "abc…");
    }
}
