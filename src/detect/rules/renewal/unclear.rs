//! Words that say that a contract goes on after its term, in a way that no form understands: the renewal is open, and told.

use crate::detect::rules::reader::{Reader, head};
use crate::lexicon::Class;
use crate::phrase::{Phrases, forms};
use crate::record::value::Renewal;
use crate::record::{Confidence, Fact, Origin, Span, Status};

// The time after the term, and more of it.
forms!(static GOES_ON: () = [
    () => "then|after|close|unless|once ..10-price|foreign|breach|pay|option|may @yearly|newterm|monthly", "On its expiry it is kept from year to year.",
        not "After the term the fee is adjusted each year.";
    () => "then|close|unless|once ..10-price|foreign|breach|pay|option|may @continue|renew", "On its expiry it is carried on with the same terms.";
    () => "then|after|close|unless|once ..10-price|foreign|breach|pay|option|may @again ..2 period", "At its end there shall be a further twelve months.";
    () => "contract|thing|first ..10-price|foreign|breach|option|may pause? then ..6-price|foreign|pay|option @yearly|monthly|newterm|indefinite|again",
        "The tenancy is for two years certain and thereafter on a yearly footing.";
]);
/// Words of matters that last or come again on their own.
const OTHERS: [Class; 6] = [Class::Price, Class::Foreign, Class::Breach, Class::Force, Class::Unpaid, Class::Holdover];

/// The open renewal of the first sentence that says so, in a clause on the term of the contract.
pub(super) fn find(reader: &Reader<'_>) -> Option<Fact<Renewal>> {
    const LONGEST: usize = 600;
    let (i, at) = reader.sentences().filter(|(_, _, words)| words.len() < LONGEST).find_map(|(i, ..)| {
        let phrases = reader.phrases(i);
        if reader.attached(i) || OTHERS.iter().any(|&class| phrases.has(class)) || !of_term(reader, i) {
            return None;
        }
        GOES_ON.first(phrases).map(|((), at)| (i, at))
    })?;
    let place = reader.span(i);
    let words = reader.phrases(i).get(at).map_or(0..0, |p| p.range.clone());
    let span = Span::from(words).shift(place.start());
    let cited = reader.text.cite(reader.quote(i, span));
    let raw = head(reader.sentence(i), 120);
    let origin = Origin::rule("renewal.unclear");
    Some(Fact::unknown("renewal", cited, raw, Status::Unresolved, origin, Confidence::new(0.5)))
}

/// Whether a sentence stands in a clause on the term: under a heading of its own, or behind the end of the term.
fn of_term(reader: &Reader<'_>, i: usize) -> bool {
    let ends = |p: &Phrases| {
        p.has_any(&[Class::End, Class::Expire, Class::Close, Class::Until, Class::First])
            && p.has_any(&[Class::Contract, Class::Thing])
    };
    let titled = super::names_term(reader.heading(i));
    let before = i.checked_sub(1).filter(|&b| reader.share_section(b, i));
    titled || before.is_some_and(|b| ends(reader.phrases(b))) || reader.phrases(i).has(Class::Contract)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::wrong;

    #[test]
    fn every_form_has_its_example() {
        assert_eq!(wrong(&GOES_ON), [""; 0]);
    }
}
