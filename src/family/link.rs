//! Which document belongs to which.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Card, Displaced, Doubt, Part};
use crate::lexicon::{count, ordinal};
use crate::record::DocumentId;
use crate::record::value::Amends;
use crate::record::value::signature::Execution;

/// By what a parent was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// A person said so.
    Hand,
    /// Its reference number.
    Reference,
    /// Its date, and the parties.
    Date,
}

/// What is known of the parent of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Link {
    /// The parent.
    To(DocumentId, How),
    /// Any of these could be it, or the only one could; a person must say.
    Ambiguous(Vec<DocumentId>),
    /// It names a parent that is not here.
    Absent,
}

impl Link {
    /// Whether it is the link to this document.
    fn is_to(&self, document: &DocumentId) -> bool {
        matches!(self, Self::To(parent, _) if parent == document)
    }
}

/// What a document is to others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Kinship {
    /// The agreement in which its terms count: itself, unless it amends another.
    pub agreement: DocumentId,
    /// The document that it belongs to.
    pub parent: Option<DocumentId>,
    /// By what that was told.
    pub how: Option<How>,
    /// Documents of which each could be its parent; a person must say which.
    pub candidates: Vec<DocumentId>,
    /// What amends it or was made under it, in the order in which it counts.
    pub members: Vec<DocumentId>,
    /// Ordinals of amendments that must exist, because a later one does, and are not here (C7).
    pub missing: Vec<u32>,
    /// What the amendments displaced.
    pub displaced: Vec<Displaced>,
}

/// A document in its family.
#[derive(Debug, Clone, PartialEq)]
pub struct Member<'a> {
    /// The document.
    pub card: &'a Card,
    /// Its parent.
    pub parent: &'a DocumentId,
    /// By what that was told.
    pub how: How,
}

/// The documents of a store by family.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Families {
    /// Those that name a parent, or could be one.
    cards: HashMap<DocumentId, Card>,
    links: BTreeMap<DocumentId, Link>,
    children: BTreeMap<DocumentId, Vec<DocumentId>>,
    /// What took the place of an agreement.
    successors: BTreeMap<DocumentId, Vec<DocumentId>>,
    /// What may amend or replace an agreement, and nobody can tell.
    #[serde(default)]
    doubtful: BTreeMap<DocumentId, Vec<DocumentId>>,
}

impl Families {
    /// Links `cards` by what they say; `by_hand` gives the parents that people named, or that there is none.
    #[must_use]
    pub fn resolve(cards: Vec<Card>, by_hand: &BTreeMap<DocumentId, Option<DocumentId>>) -> Self {
        let known = Known::of(&cards);
        let mut links = BTreeMap::new();
        for card in &cards {
            let link = match by_hand.get(&card.document) {
                Some(Some(parent)) => Some(Link::To(parent.clone(), How::Hand)),
                Some(None) => None,
                None => card.amends.as_ref().map(|amends| known.named(card, amends)),
            };
            links.extend(link.map(|l| (card.document.clone(), l)));
        }
        let mut successors: BTreeMap<DocumentId, Vec<DocumentId>> = BTreeMap::new();
        let mut doubtful: BTreeMap<DocumentId, Vec<DocumentId>> = BTreeMap::new();
        for card in cards.iter().filter(|card| by_hand.get(&card.document) != Some(&None)) {
            for named in &card.replaces {
                match known.named(card, named) {
                    // What amends it, or restates it, is folded into it.
                    Link::To(old, _)
                        if card.part == Part::Subordinate
                            || links.get(&card.document).is_none_or(|l| !l.is_to(&old)) =>
                    {
                        successors.entry(old).or_default().push(card.document.clone());
                    }
                    Link::Ambiguous(found) => {
                        for old in found {
                            doubtful.entry(old).or_default().push(card.document.clone());
                        }
                    }
                    _ => {}
                }
            }
            if let Some(Link::Ambiguous(found)) = links.get(&card.document).filter(|_| card.touches_parent()) {
                for old in found {
                    doubtful.entry(old.clone()).or_default().push(card.document.clone());
                }
            }
        }
        for (old, new) in &mut doubtful {
            new.retain(|new| new != old);
            new.dedup();
        }
        let cards: HashMap<DocumentId, Card> = cards.into_iter().map(|c| (c.document.clone(), c)).collect();
        // A parent that was removed since, and links that lead back to their beginning, are none.
        let broken: Vec<DocumentId> = links
            .iter()
            .filter(|(child, link)| match link {
                Link::To(parent, _) => !cards.contains_key(parent) || is_circular(child, &links),
                _ => false,
            })
            .map(|(child, _)| child.clone())
            .collect();
        for child in broken {
            links.insert(child, Link::Absent);
        }
        let mut children: BTreeMap<DocumentId, Vec<DocumentId>> = BTreeMap::new();
        for (child, link) in &links {
            if let Link::To(parent, _) = link {
                children.entry(parent.clone()).or_default().push(child.clone());
            }
        }
        let mut out = Self { cards, links, children, successors, doubtful };
        out.forget_strangers();
        out
    }

    /// Keeps the cards of those alone that belong to somebody.
    fn forget_strangers(&mut self) {
        let of = |link: &'_ Link| match link {
            Link::To(parent, _) => vec![parent.clone()],
            Link::Ambiguous(found) => found.clone(),
            Link::Absent => Vec::new(),
        };
        let known: BTreeSet<DocumentId> =
            self.links.iter().flat_map(|(child, link)| of(link).into_iter().chain([child.clone()])).collect();
        let replaced =
            self.successors.iter().chain(&self.doubtful).flat_map(|(old, new)| new.iter().chain([old]).cloned());
        let known: BTreeSet<DocumentId> = known.into_iter().chain(replaced).collect();
        self.cards.retain(|document, _| known.contains(document));
    }

    /// The card of a document that names a parent, or could be one.
    #[must_use]
    pub fn card(&self, document: &DocumentId) -> Option<&Card> {
        self.cards.get(document)
    }

    /// What is known of the parent of a document; `None` for one that names none.
    #[must_use]
    pub fn link(&self, document: &DocumentId) -> Option<&Link> {
        self.links.get(document)
    }

    /// All documents that name a parent, with what is known of it.
    pub fn links(&self) -> impl Iterator<Item = (&Card, &Link)> {
        self.links.iter().filter_map(|(id, link)| Some((self.cards.get(id)?, link)))
    }

    /// What took, or will take, the place of others, each with the agreement that it replaces.
    pub fn replacements(&self) -> impl Iterator<Item = (&Card, &DocumentId)> {
        let pairs = self.successors.iter().flat_map(|(old, new)| new.iter().map(move |new| (new, old)));
        pairs.filter_map(|(new, old)| Some((self.cards.get(new)?, old)))
    }

    /// What other documents do to a document, or it to others, that a person must look at: what could not be linked, or taken in as
    /// it stands.
    #[must_use]
    pub fn doubts(&self, document: &DocumentId) -> Vec<Doubt<'_>> {
        let card = |id: &DocumentId| self.cards.get(id);
        let open = self.doubtful.get(document).into_iter().flatten().filter_map(card);
        let own = card(document).filter(|card| self.doubtful.values().any(|new| new.contains(&card.document)));
        let unlinked = open.chain(own).flat_map(|card| {
            let acts = card.acts.iter().map(Some).chain(card.acts.is_empty().then_some(None));
            acts.map(move |act| Doubt { card, act, is_linked: false })
        });
        let children = self.children.get(document).into_iter().flatten().filter_map(card);
        let linked = |card: &&Card| matches!(self.links.get(&card.document), Some(Link::To(..)));
        // What takes the place of an agreement need not end it as well.
        let replaces = |card: &&Card| self.successors.values().any(|new| new.contains(&card.document));
        let acting = children.chain(card(document).filter(linked)).filter(|card| !replaces(card));
        let unsure = acting.flat_map(|card| {
            let acts = card.acts.iter().filter(|act| !act.sure).map(Some).chain(card.is_draft.then_some(None));
            acts.map(move |act| Doubt { card, act, is_linked: true })
        });
        let later = self.successors.get(document).into_iter().flatten().filter_map(card);
        let never = later.filter(|new| !self.can_replace(document, new));
        unlinked.chain(unsure).chain(never.map(|card| Doubt { card, act: None, is_linked: true })).collect()
    }

    /// Whether a document that says it replaces another one can have done so, some day: it is signed, as far as that can be seen,
    /// bears a day, and is the later one.
    fn can_replace(&self, old: &DocumentId, new: &Card) -> bool {
        let unsigned = [Some(Execution::Unsigned), Some(Execution::PartiallySigned)];
        let began = self.cards.get(old).and_then(|card| card.since);
        new.since.is_some_and(|since| began.is_none_or(|began| began < since)) && !unsigned.contains(&new.execution)
    }

    /// The agreement that has taken the place of a document by `day`. It must be signed, as far as that can be seen, and bear a
    /// day: what may never have come about ends nothing.
    #[must_use]
    pub fn successor(&self, document: &DocumentId, day: Date) -> Option<&Card> {
        let cards = self.successors.get(document)?.iter().filter_map(|id| self.cards.get(id));
        let in_time = |card: &&Card| card.since.is_some_and(|since| since <= day);
        cards.filter(in_time).filter(|new| self.can_replace(document, new)).min_by_key(|card| card.since)
    }

    /// The agreement into which a document is folded: itself, unless it amends another. Statements of work and orders
    /// have terms of their own and are their own base.
    #[must_use]
    pub fn base<'a>(&'a self, document: &'a DocumentId) -> &'a DocumentId {
        let mut at = document;
        while let Some(Link::To(parent, _)) = self.links.get(at)
            && self.cards.get(at).is_some_and(|c| c.part != Part::Subordinate)
        {
            at = parent;
        }
        at
    }

    /// Whether amendments are folded into a document.
    #[must_use]
    pub fn is_amended(&self, document: &DocumentId) -> bool {
        let folds = |id: &DocumentId| self.cards.get(id).is_some_and(Card::touches_parent);
        self.children.get(document).is_some_and(|below| below.iter().any(folds))
    }

    /// The ordinals below that of the latest amendment of `base` that no amendment here bears.
    fn missing(&self, base: &DocumentId) -> Vec<u32> {
        let amendments = self.members(base).into_iter().filter(|m| m.card.part == Part::Amendment);
        let known: BTreeSet<u32> = amendments.filter_map(|m| number(m.card)).collect();
        // A higher number is a year or a count of something else.
        let last = known.iter().copied().filter(|n| *n < 100).max().unwrap_or(0);
        (1..last).filter(|n| !known.contains(n)).collect()
    }

    /// What a document is to others; `None` for one that stands alone. `displaced` is what its amendments displaced.
    #[must_use]
    pub fn kinship(&self, document: &DocumentId, displaced: Vec<Displaced>) -> Option<Kinship> {
        let (parent, how, candidates) = match self.links.get(document) {
            Some(Link::To(parent, how)) => (Some(parent.clone()), Some(*how), Vec::new()),
            Some(Link::Ambiguous(found)) => (None, None, found.clone()),
            Some(Link::Absent) | None => (None, None, Vec::new()),
        };
        let members: Vec<DocumentId> = self.members(document).into_iter().map(|m| m.card.document.clone()).collect();
        let missing = self.missing(document);
        let alone = parent.is_none() && candidates.is_empty() && members.is_empty();
        let agreement = self.base(document).clone();
        (!alone).then_some(Kinship { agreement, parent, how, candidates, members, missing, displaced })
    }

    /// Everything below a document, amendments of amendments too, in the order in which it counts: by day, then by the
    /// ordinal in the title ("Second Amendment"), then by file name.
    #[must_use]
    pub fn members<'a>(&'a self, base: &DocumentId) -> Vec<Member<'a>> {
        let mut out = Vec::new();
        let mut open: Vec<&DocumentId> = self.children.get(base).into_iter().flatten().collect();
        while let Some(id) = open.pop() {
            if let (Some(card), Some(Link::To(parent, how))) = (self.cards.get(id), self.links.get(id)) {
                out.push(Member { card, parent, how: *how });
                // What was made under a statement of work is its own affair.
                if card.part != Part::Subordinate {
                    open.extend(self.children.get(id).into_iter().flatten());
                }
            }
        }
        let order = |m: &Member<'_>| {
            // What bears no date comes last: nobody knows that it came earlier.
            (m.card.since.is_none(), m.card.since, number(m.card), m.card.file_name.clone(), m.card.document.clone())
        };
        out.sort_by_cached_key(order);
        out
    }
}

/// The number that an amendment bears in its title: "Second Amendment", "Amendment No. 2".
fn number(card: &Card) -> Option<u32> {
    let title = card.title.as_deref()?;
    ordinal(title).or_else(|| count(title)).map(|n| n.value)
}

fn is_circular(child: &DocumentId, links: &BTreeMap<DocumentId, Link>) -> bool {
    let mut seen = BTreeSet::from([child]);
    let mut at = child;
    while let Some(Link::To(parent, _)) = links.get(at) {
        if !seen.insert(parent) {
            return true;
        }
        at = parent;
    }
    false
}

/// The documents by what they can be named by.
struct Known<'a> {
    references: HashMap<String, Vec<&'a Card>>,
    parties: HashMap<&'a str, Vec<&'a Card>>,
    dates: HashMap<Date, Vec<&'a Card>>,
}

impl<'a> Known<'a> {
    fn of(cards: &'a [Card]) -> Self {
        let mut known = Self { references: HashMap::new(), parties: HashMap::new(), dates: HashMap::new() };
        for card in cards {
            if let Some(reference) = &card.reference {
                known.references.entry(folded(reference)).or_default().push(card);
            }
            for party in &card.parties {
                known.parties.entry(party).or_default().push(card);
            }
            for date in &card.dates {
                known.dates.entry(*date).or_default().push(card);
            }
        }
        known
    }

    /// The document that `card` names as `named`.
    fn named(&self, card: &Card, named: &Amends) -> Link {
        let own = |c: &&&Card| c.document != card.document;
        if let Some(reference) = &named.reference {
            let found = self.references.get(&folded(reference)).into_iter().flatten().filter(own);
            let found: Vec<&Card> = found.copied().collect();
            let shared: Vec<&Card> = found.iter().filter(|c| shares(c, card) > 0).copied().collect();
            if let Some(link) = only(if shared.is_empty() { &found } else { &shared }, How::Reference) {
                return link;
            }
        }
        // By name: the parties must be the same, and the title must fit.
        let near: BTreeMap<&DocumentId, &Card> = card
            .parties
            .iter()
            .filter_map(|p| self.parties.get(p.as_str()))
            .flatten()
            .filter(own)
            .filter(|c| shares(c, card) >= 2 && fits(c, named.title.as_deref()))
            // A number that differs names another document.
            .filter(|c| named.reference.is_none() || c.reference.is_none())
            .map(|c| (&c.document, *c))
            .collect();
        let near: Vec<&Card> = near.into_values().collect();
        if let Some(date) = named.date {
            let dated: Vec<&Card> = near.into_iter().filter(|c| c.dates.contains(&date)).collect();
            return only(&dated, How::Date).unwrap_or_else(|| self.by_date(card, named, date));
        }
        // A title and the parties alone only say what it could be: the agreement meant may not be here at all.
        let before = |c: &&Card| match (c.since, card.since) {
            (Some(theirs), Some(ours)) => theirs <= ours,
            _ => true,
        };
        let by_title = named.title.is_some() && named.reference.is_none();
        let earlier = near.into_iter().filter(|c| by_title && c.part == Part::Base && c.title.is_some()).filter(before);
        let earlier: Vec<DocumentId> = earlier.map(|c| c.document.clone()).collect();
        if earlier.is_empty() { Link::Absent } else { Link::Ambiguous(earlier) }
    }

    /// The document that `card` names by its date, where fewer than two parties are the same: a letter may name one alone, and a deed
    /// brings a new one in. Only a letter that names no other party is linked; for the rest a person must say.
    fn by_date(&self, card: &Card, named: &Amends, date: Date) -> Link {
        let titled = named.title.as_deref().is_some_and(|title| !words(title).is_empty());
        let number = |c: &Card| named.reference.is_none() || c.reference.is_none();
        let fits = |c: &&Card| {
            let near = shares(c, card) > 0 || card.parties.is_empty() && titled && c.title.is_some();
            c.document != card.document
                && c.part != Part::Amendment
                && number(c)
                && near
                && fits(c, named.title.as_deref())
        };
        let found: Vec<&Card> = self.dates.get(&date).into_iter().flatten().copied().filter(fits).collect();
        match found.as_slice() {
            [] => Link::Absent,
            [one] if titled && card.parties.len() == 1 => Link::To(one.document.clone(), How::Date),
            many => Link::Ambiguous(many.iter().map(|c| c.document.clone()).collect()),
        }
    }
}

/// The link to the only one of `found`; ambiguous when there are more.
fn only(found: &[&Card], how: How) -> Option<Link> {
    match found {
        [] => None,
        [one] => Some(Link::To(one.document.clone(), how)),
        // An agreement before what only changes it: both may bear the number of the agreement.
        many => {
            let bases: Vec<&&Card> = many.iter().filter(|c| c.part != Part::Amendment).collect();
            Some(match bases.as_slice() {
                [one] => Link::To(one.document.clone(), how),
                _ => Link::Ambiguous(many.iter().map(|c| c.document.clone()).collect()),
            })
        }
    }
}

fn shares(a: &Card, b: &Card) -> usize {
    a.parties.iter().filter(|p| b.parties.contains(p)).count()
}

/// Whether the words that name a parent fit the title of a document: every word of the shorter stands in the longer.
fn fits(card: &Card, named: Option<&str>) -> bool {
    let (Some(named), Some(title)) = (named, card.title.as_deref()) else { return true };
    let (named, title) = (words(named), words(title));
    let (short, long) = if named.len() <= title.len() { (&named, &title) } else { (&title, &named) };
    // "the Agreement" names nothing.
    short.is_empty() || short.iter().all(|w| long.contains(w))
}

fn words(title: &str) -> BTreeSet<String> {
    const EMPTY: [&str; 12] =
        ["the", "a", "an", "of", "and", "for", "to", "agreement", "contract", "certain", "by", "between"];
    let lower = title.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !EMPTY.contains(w));
    words.map(|w| w.strip_suffix('s').unwrap_or(w).to_owned()).collect()
}

/// A reference number without case, spaces and dashes.
fn folded(reference: &str) -> String {
    reference.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
