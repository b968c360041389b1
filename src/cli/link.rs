//! `tickler link`

use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use serde::Serialize;
use tickler::family::{Families, How, Link, Part};
use tickler::record::DocumentId;
use tickler::said::{ByHand, Content};
use tickler::store::{ContractRow, Store};

use super::agenda;
use super::app::{App, one};
use super::clean::{clean, short};
use super::current::Current;
use super::exit::Usage;
use super::tell::Telling;
use super::{Format, table};

/// List amendments and orders with their agreements, or link them by hand
#[derive(Debug, clap::Args)]
#[command(
    after_help = "tickler links a document to its agreement by the reference number, or by the date and the parties. Where \
    the document gives only a title, the list shows the candidates. With --copy, two files become one agreement, of \
    which the signed one counts. `show`, `schedule`, `list` and `export` \
    use the terms in force after all linked amendments.\n\nExamples:\n  \
    tickler link\n  \
    tickler link data-processing-addendum.pdf managed-cloud-services.pdf\n  \
    tickler link data-processing-addendum.pdf --automatic        # undo a manual link\n  \
    tickler link one-way-nda-letter.pdf mutual-nda-perpetual.pdf --copy\n  \
    tickler link maintenance-agreement-amendment-1.pdf --none    # it belongs to no agreement"
)]
pub(crate) struct Args {
    /// Amendment, order or statement of work: file name or a part of it, path, or first digits of the ID
    #[arg(value_name = "DOCUMENT")]
    child: Option<String>,
    /// Agreement that it belongs to: file name or a part of it, path, or first digits of the ID
    #[arg(value_name = "AGREEMENT", requires = "child", conflicts_with_all = ["none", "automatic"])]
    parent: Option<String>,
    /// The document is another file of that agreement: a signed copy, a scan or a later version
    #[arg(long, requires = "parent", conflicts_with_all = ["why", "by", "format"])]
    copy: bool,
    /// Link the document to no agreement: it amends none, takes the place of none, and is no copy or later
    /// version of another file
    #[arg(long, requires = "child", conflicts_with = "automatic")]
    none: bool,
    /// Undo a manual link
    #[arg(long, requires = "child")]
    automatic: bool,
    #[command(flatten)]
    telling: Telling,
}

/// A document that refers to an agreement, or was linked to one by hand.
#[derive(Serialize)]
struct Line {
    document: DocumentId,
    file_name: String,
    part: Part,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<Parent>,
    how: Option<How>,
    candidates: Vec<Parent>,
    /// Whether it takes the place of the agreement.
    replaces: bool,
}

#[derive(Serialize)]
struct Parent {
    document: DocumentId,
    file_name: String,
}

pub(super) fn run(args: &Args, app: &mut App) -> anyhow::Result<ExitCode> {
    let families = match &args.child {
        None => {
            let store = app.read_store()?;
            Current::new(&store, None)?.families
        }
        Some(child) => match say(args, child, app)? {
            Some(families) => families,
            None => return Ok(ExitCode::SUCCESS),
        },
    };
    let lines = lines(&families);
    match args.telling.format {
        Format::Json => app.json(&lines)?,
        Format::Text if lines.is_empty() => writeln!(app.out, "No document refers to another agreement.")?,
        Format::Text => {
            let mut out = table::table(&["FILE", "KIND", "AGREEMENT", "LINKED BY", "ID"]);
            for line in &lines {
                let is = match line.part {
                    _ if line.replaces => "replacement",
                    Part::Base => "agreement",
                    Part::Amendment => "amendment",
                    Part::Restatement => "restatement",
                    Part::Subordinate => "order",
                };
                let names: Vec<&str> = line.candidates.iter().map(|c| c.file_name.as_str()).collect();
                let (to, by) = match (&line.parent, line.how) {
                    (Some(parent), _) if line.replaces => (short(&parent.file_name, 48), "what it says"),
                    (Some(parent), Some(How::Hand)) => (short(&parent.file_name, 48), "hand"),
                    (Some(parent), Some(How::Reference)) => (short(&parent.file_name, 48), "reference number"),
                    (Some(parent), _) => (short(&parent.file_name, 48), "date and parties"),
                    (None, _) if names.is_empty() => ("(not in the store)".to_owned(), ""),
                    (None, _) => (short(&names.join(" or "), 72), "not linked: choose one with `tickler link`"),
                };
                table::row(&mut out, &[&short(&line.file_name, 48), is, &to, by, line.document.short()]);
            }
            write!(app.out, "{}", table::text(&out))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Keeps where a document belongs, and tells how all then belong together; nothing where it is a file of another one's agreement.
fn say(args: &Args, child: &str, app: &mut App) -> anyhow::Result<Option<Arc<Families>>> {
    let mut store = app.store_to_tell()?;
    let child = one(&store, child)?;
    let parent = args.parent.as_deref().map(|parent| one(&store, parent)).transpose()?;
    if let (Some(parent), true) = (&parent, args.copy) {
        return join(app, &mut store, &child, parent).map(|()| None);
    }
    let said = by_hand(args, &store, &child, parent)?;
    if !matches!(said, ByHand::To(_)) {
        store.set_apart(&child.id, said == ByHand::Nothing, app.now)?;
    }
    args.telling.tell(app, &mut store, &child, Content::Link { parent: said })?;
    agenda::refresh(app, &mut store)?;
    Ok(Some(Current::new(&store, None)?.families))
}

/// Keeps where a document belongs, and tells that alone: `how` is to a `part` or a `copy` of the parent, to `none`, or
/// `automatic`.
pub(crate) fn place(
    child: &str,
    how: &str,
    parent: Option<String>,
    telling: Telling,
    app: &mut App,
) -> anyhow::Result<ExitCode> {
    let named = matches!(how, "part" | "copy");
    if named && parent.is_none() {
        return Err(Usage("name the other file, or a part of its name".to_owned()).into());
    }
    let (copy, none, automatic) = (how == "copy", how == "none", how == "automatic");
    let args = Args { child: None, parent: parent.filter(|_| named), copy, none, automatic, telling };
    if let Some(families) = say(&args, child, app)? {
        let store = app.read_store()?;
        let child = one(&store, child)?;
        let base = families.card(families.base(&child.id)).filter(|card| card.document != child.id);
        let name = clean(&child.file_name);
        match base {
            Some(card) => writeln!(app.out, "{name} belongs to {}.", clean(&card.file_name))?,
            None => writeln!(app.out, "{name} belongs to no other agreement.")?,
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes two files those of one agreement.
fn join(app: &mut App, store: &mut Store, child: &ContractRow, parent: &ContractRow) -> anyhow::Result<()> {
    if parent.id == child.id {
        return Err(Usage("a file is no copy of itself".to_owned()).into());
    }
    store.join(&child.id, &parent.id, app.now)?;
    let (child, parent) = (clean(&child.file_name), clean(&parent.file_name));
    writeln!(app.out, "{child} and {parent} are files of one agreement.")?;
    Ok(())
}

/// Where the options say that a document belongs.
fn by_hand(args: &Args, store: &Store, child: &ContractRow, parent: Option<ContractRow>) -> anyhow::Result<ByHand> {
    let Some(parent) = parent else {
        return match (args.none, args.automatic) {
            (true, _) => Ok(ByHand::Nothing),
            (_, true) => Ok(ByHand::Automatic),
            _ => {
                let message = "name the agreement that it belongs to, or give --none or --automatic";
                Err(Usage(message.to_owned()).into())
            }
        };
    };
    if parent.id == child.id {
        return Err(Usage("a document cannot belong to itself".to_owned()).into());
    }
    let families = Current::new(store, None)?.families;
    if families.members(&child.id).iter().any(|m| m.card.document == parent.id) {
        return Err(Usage(format!(
            "{} belongs to {} already; undo that first with `tickler link {0} --none`",
            parent.file_name, child.file_name
        ))
        .into());
    }
    Ok(ByHand::To(parent.id))
}

fn lines(families: &Families) -> Vec<Line> {
    let named =
        |id: &DocumentId| families.card(id).map(|c| Parent { document: id.clone(), file_name: c.file_name.clone() });
    let mut lines: Vec<Line> = families
        .links()
        .map(|(card, link)| {
            let (parent, how, candidates) = match link {
                Link::To(parent, how) => (named(parent), Some(*how), Vec::new()),
                Link::Ambiguous(found) => (None, None, found.iter().filter_map(named).collect()),
                Link::Absent => (None, None, Vec::new()),
            };
            let (document, file_name) = (card.document.clone(), card.file_name.clone());
            Line { document, file_name, part: card.part, parent, how, candidates, replaces: false }
        })
        .collect();
    lines.extend(families.replacements().map(|(card, old)| {
        let (document, file_name) = (card.document.clone(), card.file_name.clone());
        Line {
            document,
            file_name,
            part: card.part,
            parent: named(old),
            how: None,
            candidates: Vec::new(),
            replaces: true,
        }
    }));
    let parent = |l: &Line| l.parent.as_ref().map(|p| p.file_name.clone());
    lines.sort_by(|a, b| (parent(a), &a.file_name, &a.document).cmp(&(parent(b), &b.file_name, &b.document)));
    lines
}
