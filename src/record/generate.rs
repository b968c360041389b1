//! The macro behind the table of fields.

/// Makes everything that goes over all fields from one table, which stands in `fields.rs`.
///
/// The facts about the document come first; their place in the record is [`super::DocumentInfo`]:
///
/// ```text
/// /// What it is.
/// member as "name in the record": One<Type>, "Label", csv: { "column" => cell };
/// ```
///
/// The other facts are members of [`super::Contract`]:
///
/// ```text
/// /// What it is.
/// #[serde(default)]
/// name: Many<Type>, "Label", fold: policy, csv: { "column" => cell };
/// ```
///
/// * `One<Type>` holds at most one fact, `Many<Type>` a list of them. The type implements [`super::Describe`].
/// * The label is what people read, in the singular.
/// * `fold` says what happens when an amendment is folded into its agreement: `keep` (the agreement keeps its own),
///   `displace` (the amendment's takes its place), `join(same)` (the amendment's are added, and those of the agreement
///   for which `same(new, old)` holds give way), `add` (both stand). It cannot be left out.
/// * `csv` gives the columns of `contracts.csv`; without it there are none. A cell is made by a function of `column.rs`,
///   or a closure over the member.
macro_rules! fields {
    (
        document {
            $(
                $(#[doc = $about_doc:tt])+
                $about:ident as $about_name:literal: $about_type:ty, $about_label:literal
                $(, csv: { $($about_column:literal => $about_cell:expr),+ $(,)? })?;
            )+
        }
        contract {
            $(
                $(#[doc = $doc:tt])+
                $(#[serde($serde:meta)])?
                $name:ident: $type:ty, $label:literal, fold: $policy:ident $(($same:expr))?
                $(, csv: { $($column:literal => $cell:expr),+ $(,)? })?;
            )+
        }
    ) => {
        /// A field of a contract. Variants are spelled as the members of [`Contract`] and [`DocumentInfo`] are.
        #[expect(non_camel_case_types, reason = "one spelling for a field everywhere")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Field {
            $($(#[doc = $about_doc])+ $about,)+
            $($(#[doc = $doc])+ $name,)+
        }

        impl Field {
            /// Every field, in the order of the record.
            pub const ALL: &[Self] = &[$(Self::$about,)+ $(Self::$name,)+];

            /// The field of this name in the record.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|field| field.name() == name)
            }

            /// Its name in the record, such as `expiration_date`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$about => $about_name,)+
                    $(Self::$name => stringify!($name),)+
                }
            }

            /// What people call one value of it, such as `Expiration date`.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$about => $about_label,)+
                    $(Self::$name => $label,)+
                }
            }

            /// Whether an amendment can change it.
            #[must_use]
            pub const fn is_folded(self) -> bool {
                match self {
                    $(Self::$about)|+ => false,
                    $(Self::$name => is_folded!($policy),)+
                }
            }

            /// Its columns in the table of contracts.
            pub(crate) const fn columns(self) -> &'static [Column] {
                match self {
                    $(Self::$about => const {
                        &[$($(Column { name: $about_column, cell: |c| cell(&c.document.$about, $about_cell) }),+)?]
                    },)+
                    $(Self::$name => const { &[$($(Column { name: $column, cell: |c| cell(&c.$name, $cell) }),+)?] },)+
                }
            }
        }

        /// Everything read from one contract document. Lists are in the order of the text.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
        pub struct Contract {
            /// The file.
            pub document: DocumentInfo,
            $($(#[doc = $doc])+ $(#[serde($serde)])? pub $name: $type,)+
            /// Remarks.
            pub diagnostics: Vec<Diagnostic>,
        }

        /// The facts of a contract, apart from the file that they stand in.
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct Facts {
            $($(#[doc = $about_doc])+ pub $about: $about_type,)+
            $($(#[doc = $doc])+ pub $name: $type,)+
        }

        impl Contract {
            /// The contract of `facts` in `document`.
            #[must_use]
            pub fn new(document: DocumentInfo, facts: Facts, diagnostics: Vec<Diagnostic>) -> Self {
                Self {
                    document: DocumentInfo { $($about: facts.$about,)+ ..document },
                    $($name: facts.$name,)+
                    diagnostics,
                }
            }

            /// Every fact, in the order of the record's fields.
            #[must_use]
            pub fn facts(&self) -> Vec<FactRef<'_>> {
                let mut out = Vec::new();
                $(out.extend(self.document.$about.as_slice().iter().map(|fact| FactRef::of(Field::$about, fact)));)+
                $(out.extend(self.$name.as_slice().iter().map(|fact| FactRef::of(Field::$name, fact)));)+
                out
            }

            /// Puts every fact through `sieve`.
            pub(crate) fn sift(&mut self, sieve: &mut impl Sieve) {
                $(self.document.$about.sift(|fact| sieve.pass(Field::$about, fact));)+
                $(self.$name.sift(|fact| sieve.pass(Field::$name, fact));)+
            }

            /// Hands a field to `editor`.
            pub(crate) fn edit(&mut self, field: Field, editor: &mut impl Editor) {
                match field {
                    $(Field::$about => self.document.$about.edit(field, editor),)+
                    $(Field::$name => self.$name.edit(field, editor),)+
                }
            }

            /// Hands the facts of `amendment` to `folder`, each field by its policy.
            pub(crate) fn fold(&mut self, amendment: Self, folder: &mut impl Folder) {
                $(fold!(folder, Field::$name, &mut self.$name, amendment.$name, $policy $(($same))?);)+
            }
        }
    };
}

/// One field of an amendment by its policy.
macro_rules! fold {
    ($folder:ident, $field:expr, $old:expr, $new:expr, keep) => {};
    ($folder:ident, $field:expr, $old:expr, $new:expr, displace) => {
        $folder.displace($field, $old, $new)
    };
    ($folder:ident, $field:expr, $old:expr, $new:expr, join($same:expr)) => {
        $folder.join($field, $old, $new, $same)
    };
    ($folder:ident, $field:expr, $old:expr, $new:expr, add) => {
        $folder.join($field, $old, $new, |_, _| false)
    };
}

/// Whether a policy lets an amendment in.
macro_rules! is_folded {
    (keep) => {
        false
    };
    ($other:ident) => {
        true
    };
}

pub(super) use {fields, fold, is_folded};
