//! Clauses that are a few words of a sentence: the name of the document, the parties, its dates.
//!
//! The model judges whole sentences. Rules cut the words, several candidates for one clause where the wording leaves a
//! choice, the likeliest sentences are candidates as a whole, and the stack says how likely each is: by its kind, by what the
//! model thinks of its sentence, and by what else there is to choose from.

use tickler_clauses::{Candidate, Cut, Judgement};

use super::Findings;
use crate::record::{Evidence, Fact, Part as _, Span};
use crate::segment::Segments;
use crate::text::DocumentText;

/// Words that may be a clause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CutWords {
    /// How they were cut.
    pub cut: Cut,
    /// Where they stand.
    pub span: Span,
    /// The sentence that holds their beginning.
    pub sentence: usize,
    /// Confidence of the rule, 0.5 where there is none.
    pub confidence: f32,
}

impl CutWords {
    /// As the model takes them.
    pub(super) fn candidate(self, text: &DocumentText) -> Candidate<'_> {
        Candidate { cut: self.cut, words: text.slice(self.span), passage: self.sentence, confidence: self.confidence }
    }
}

/// A bracket around a defined term is shorter than so many bytes.
const BRACKET: usize = 160;
/// Sentences in which parties are introduced.
const EARLY: usize = 12;
/// Sentences that may be the clause as a whole.
const WHOLE: usize = 6;

/// Candidates in the order of the text, no two of one category with the same span.
#[must_use]
pub fn candidates(text: &DocumentText, segments: &Segments, findings: &Findings) -> Vec<CutWords> {
    let mut found = Found { text, segments, out: Vec::new() };
    found.title(findings);
    found.parties(findings);
    found.dates(findings);
    let mut out = found.out;
    // Of the same words, the surer cut comes first and stays.
    out.sort_by_key(|c| (c.cut.category(), c.span.start(), c.span.end(), c.cut as u8));
    out.dedup_by_key(|c| (c.cut.category(), c.span));
    out
}

/// The sentences that are likeliest the clause of `cut` as a whole: column `category` of the judgement. Those that the second
/// stage read come first.
pub(super) fn whole(cut: Cut, category: usize, judgement: &Judgement, segments: &Segments) -> Vec<CutWords> {
    let logit = |i: usize| match &judgement.second[i] {
        Some(row) => (true, row[category]),
        None => (false, judgement.first[i * judgement.columns + category]),
    };
    let mut order: Vec<usize> = (0..segments.sentences.len()).collect();
    order.sort_by(|&i, &j| {
        let ((read_i, a), (read_j, b)) = (logit(i), logit(j));
        read_j.cmp(&read_i).then(b.total_cmp(&a)).then(i.cmp(&j))
    });
    let candidate = |i: usize| CutWords { cut, span: segments.sentences[i].span, sentence: i, confidence: 0.5 };
    order.into_iter().take(WHOLE).map(candidate).collect()
}

struct Found<'a> {
    text: &'a DocumentText,
    segments: &'a Segments,
    out: Vec<CutWords>,
}

impl Found<'_> {
    fn push(&mut self, cut: Cut, span: Span, confidence: f32) {
        let after = self.segments.sentences.partition_point(|s| s.span.start() <= span.start());
        if !span.is_empty() && after > 0 {
            self.out.push(CutWords { cut, span, sentence: after - 1, confidence });
        }
    }

    /// Where the words of a fact stand: in its first evidence, which may be the whole sentence.
    fn words<T>(&self, fact: &Fact<T>) -> Option<Span> {
        fact.evidence().iter().find_map(|e| self.within(e, fact.raw()))
    }

    fn within(&self, evidence: &Evidence, words: &str) -> Option<Span> {
        let span = evidence.span();
        let at = self.text.slice(span).find(words)?;
        Some(Span::new(at, at + words.len()).shift(span.start()))
    }

    fn title(&mut self, findings: &Findings) {
        let Some(title) = &findings.facts.title else { return };
        let p = title.confidence().get();
        if let Some(span) = self.words(title) {
            self.push(Cut::Title, span, p);
        }
        let words = title.value().map_or("", String::as_str);
        for s in self.segments.sentences.iter().take(EARLY) {
            let sentence = self.text.slice(s.span);
            let Some(start) = sentence.get(..5).filter(|t| t.eq_ignore_ascii_case("this ")).map(str::len) else {
                continue;
            };
            let name = name_of_agreement(sentence.part(start..));
            if !name.is_empty() && !name.eq_ignore_ascii_case(words) {
                self.push(Cut::TitleRepeated, Span::new(start, start + name.len()).shift(s.span.start()), p);
                return;
            }
        }
    }

    fn parties(&mut self, findings: &Findings) {
        let segments = self.segments;
        let mut introduced = vec![false; segments.sentences.len()];
        let mut names = Vec::new();
        for fact in &findings.facts.parties {
            let p = fact.confidence().get();
            let Some(party) = fact.value() else { continue };
            if let Some(span) = self.words(fact) {
                self.push(Cut::Party, span, p);
                if let Some(flag) = self.out.last().and_then(|c| introduced.get_mut(c.sentence)) {
                    *flag = true;
                }
            }
            names.extend(party.role.iter().chain(&party.aliases).map(|a| (a.clone(), p)));
        }
        for definition in &segments.definitions {
            let i = definition.sentence;
            let near = i < EARLY || introduced.get(i).is_some_and(|&flag| flag);
            match names.iter().find(|(name, _)| name.eq_ignore_ascii_case(&definition.term)) {
                Some(&(_, p)) => self.push(Cut::Alias, definition.span, p),
                None if near => self.push(Cut::Term, definition.span, 0.5),
                None => continue,
            }
            if near && let Some(bracket) = self.bracket(definition.span) {
                self.push(Cut::Bracket, bracket, 0.5);
            }
        }
        // Roles that stand without quotes: "Acme, as Seller".
        for (name, p) in names {
            let known = |c: &CutWords| self.text.slice(c.span).eq_ignore_ascii_case(&name);
            if !self.out.iter().any(known)
                && let Some(at) = self.text.as_str().find(name.as_str())
            {
                self.push(Cut::Alias, Span::new(at, at + name.len()), p);
            }
        }
    }

    /// The bracket around a defined term, brackets left out: `the "Company" or "Acme"`.
    fn bracket(&self, term: Span) -> Option<Span> {
        let all = self.text.as_str();
        let before =
            term.start() - all.part(term.start().saturating_sub(BRACKET)..term.start()).rsplit_once('(')?.1.len();
        let after = term.end() + all.part(term.end()..term.end() + BRACKET).find(')')?;
        let span = Span::new(before - 1, after + 1);
        let inside = all.part(before..after);
        (span.len() < BRACKET && !inside.contains(['(', ')'])).then_some(span)
    }

    fn dates(&mut self, findings: &Findings) {
        if let Some(fact) = &findings.facts.agreement_date
            && let Some(span) = self.words(fact)
        {
            self.push(Cut::Agreement, span, fact.confidence().get());
            self.push(Cut::AgreementAsEffective, span, fact.confidence().get());
        }
        if let Some(fact) = &findings.facts.effective_date
            && let Some(span) = self.words(fact)
        {
            self.push(Cut::Effective, span, fact.confidence().get());
        }
        for dated in findings.signature_dates.iter().map(|d| &d.date).chain(findings.named_dates.iter().map(|d| &d.1)) {
            if let Some(span) = self.words(dated) {
                self.push(Cut::EarlyDate, span, dated.confidence().get());
            }
        }
    }
}

/// The words up to and with "Agreement" or "Contract", where they begin with capitals: the name of the agreement.
fn name_of_agreement(words: &str) -> &str {
    let mut end = 0;
    for word in words.split_inclusive(' ').take(9) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if bare.eq_ignore_ascii_case("agreement") || bare.eq_ignore_ascii_case("contract") {
            return if end == 0 { "" } else { words.part(..end + bare.len()) };
        }
        let joins = ["and", "of", "for", "to", "the", "&"].contains(&bare);
        if !(joins || bare.starts_with(char::is_uppercase)) {
            return "";
        }
        end += word.len();
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::DocumentId;

    #[test]
    fn names_aliases_brackets_and_dates_are_cut() {
        let plain = "SUPPLY AGREEMENT\n\nThis Master Supply Agreement is made as of March 1, 2021 by and between Acme, \
                     Inc., a Delaware corporation (the \"Company\" or \"Acme\"), and Widget LLC, a Texas limited \
                     liability company (\"Supplier\").\n\nThis Agreement takes effect on April 1, 2021.";
        let text = DocumentText::from_plain(DocumentId::of(plain.as_bytes()), plain);
        let segments = crate::segment::segment(&text);
        let findings = crate::detect::detect(&text, &segments);
        let cuts: Vec<_> =
            candidates(&text, &segments, &findings).iter().map(|c| (c.cut, text.slice(c.span))).collect();
        for wanted in [
            (Cut::Title, "SUPPLY AGREEMENT"),
            (Cut::TitleRepeated, "Master Supply Agreement"),
            (Cut::Party, "Widget LLC"),
            (Cut::Alias, "Supplier"),
            (Cut::Bracket, "(the \"Company\" or \"Acme\")"),
            (Cut::Agreement, "March 1, 2021"),
            (Cut::Effective, "April 1, 2021"),
        ] {
            assert!(cuts.contains(&wanted), "{wanted:?} in {cuts:?}");
        }
    }
}
