//! Clauses that are a few words of a sentence: the name of the document, the parties, its dates.

/// How words were cut. The order is that of the numbers in the weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// The title.
    Title,
    /// The title as the first sentences repeat it: "This Supply Agreement".
    TitleRepeated,
    /// The name of a party.
    Party,
    /// What the contract calls a party.
    Alias,
    /// A bracket that says what parties are called: `(the "Company" or "Acme")`.
    Bracket,
    /// A term defined in the first sentences, that may name a party.
    Term,
    /// The date that rules take for that of the agreement.
    Agreement,
    /// The date that rules take for that of its effect.
    Effective,
    /// The date of the agreement, taken for that of its effect.
    AgreementAsEffective,
    /// Another date of the first sentences.
    EarlyDate,
    /// A whole sentence, for the name.
    WholeName,
    /// A whole sentence, for the parties.
    WholeParties,
    /// A whole sentence, for the date of the agreement.
    WholeAgreement,
    /// A whole sentence, for that of its effect.
    WholeEffective,
}

impl Cut {
    /// Kinds that rules cut: the first ones.
    pub(crate) const RULES: usize = Self::WholeName as usize;
    /// One for each category of words inside sentences.
    pub const WHOLE: [Self; 4] = [Self::WholeName, Self::WholeParties, Self::WholeAgreement, Self::WholeEffective];

    /// The category that it is a candidate for.
    #[must_use]
    pub const fn category(self) -> &'static str {
        match self {
            Self::Title | Self::TitleRepeated | Self::WholeName => "Document Name",
            Self::Party | Self::Alias | Self::Bracket | Self::Term | Self::WholeParties => "Parties",
            Self::Agreement | Self::EarlyDate | Self::WholeAgreement => "Agreement Date",
            Self::Effective | Self::AgreementAsEffective | Self::WholeEffective => "Effective Date",
        }
    }
}

/// Words that may be a clause.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate<'a> {
    /// How they were cut.
    pub cut: Cut,
    /// The words.
    pub words: &'a str,
    /// Index of the passage that holds their beginning.
    pub passage: usize,
    /// Confidence of the rule, 0.5 where there is none.
    pub confidence: f32,
}
