//! Words that cannot be, or cannot begin, the name of a party.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words in lower case.
pub(super) type Words = LazyLock<HashSet<&'static str>>;

/// Words that begin no name, in lower case: what they stand for is a role, a document, or the next sentence.
pub(super) static NOT_A_NAME: Words = LazyLock::new(|| {
    "whereas witnesseth witness recitals recital background preamble now therefore this that these each \
     both either any all such it its their his her our we you i collectively individually together \
     hereinafter hereafter hereby herein if in as by for from on upon with without when where which whose \
     who parties party agreement agreements contract amendment addendum article section exhibit schedule \
     annex appendix attachment page table dated date effective made attention attn telephone tel fax \
     facsimile email e-mail address re dear having being acting located organized a an and or of to terms \
     definitions introduction source suite witnesses consideration undersigned certain various subject \
     pursuant provided including notwithstanding number represented my your hereto is are was were will \
     shall may has have while since because also neither nor not please thank attest print printed within \
     january february april june july august september october november december sincerely truly very \
     accepted agreed signed witnessed none nil n/a tbc tbd tba same see"
        .split_whitespace()
        .collect()
});

/// Words that alone are no name but can begin one ("General Harbor, Inc.").
pub(super) static NOT_ALONE: Words = LazyLock::new(|| {
    "purpose general confidential street name title signature other one two three no confidentiality \
     registration registered legal introduction terms article exhibit corporate services products \
     employment business road avenue floor building tower information transaction new designee nominee \
     property materials software maintenance terminal station loan escrow closing day financial \
     statements law laws securities applicable condition conditions non-disclosure nondisclosure \
     competition disclosure statement work order project system program site web website reference \
     organization restated amended master letter employee's company's \
     proprietary release sources financing approved home \
     non-competition non-solicitation noninterference noncompetition nonsolicitation non-interference \
     agreements notice"
        .split_whitespace()
        .collect()
});

/// Words that alone name a role and no one.
pub(super) static ROLE_WORDS: Words = LazyLock::new(|| {
    "company employee executive buyer seller licensor licensee customer client contractor consultant \
     employer recipient discloser supplier vendor distributor manufacturer owner franchisor franchisee \
     lender borrower landlord tenant lessor lessee purchaser provider service shareholder stockholder \
     stockholders investor investors guarantor trustee agent principal sponsor affiliate affiliates \
     subsidiaries subsidiary corporation receiving disclosing counterparty participant associate director \
     officer advisor adviser reseller operator publisher developer contributor representatives \
     representative limited partnership liability llc inc ltd corp the team member members partner \
     partners holder holders individual person persons entity entities successors assigns registrant \
     grantee optionee third first second others same group parent bank issuer trust fund association \
     joint venture franchise board department management parties administrator benefactor manager user subscriber merchant carrier shipper broker dealer companies \
     affiliated indemnitee indemnitees signatories assignor assignee staff plaintiff defendant undersigned"
        .split_whitespace()
        .collect()
});

/// Words that, in the middle of capitalised words, begin something new.
pub(super) static STOPPERS: Words = LazyLock::new(|| {
    "whereas witnesseth recitals hereinafter dated agreement and/or attn attention re dear telephone fax \
     source amendment contract background this"
        .split_whitespace()
        .collect()
});

/// Legal forms that end a name, without dots and in lower case.
pub(super) static LEGAL_FORMS: Words = LazyLock::new(|| {
    "inc incorporated llc ltd ltda limited corp corporation lp llp lllp plc gmbh ag bv nv sa sas spa srl sarl sàrl slu sl oy \
     oyj ab asa aps kk pty pte pvt bhd sdn pc sca kgaa kg kft doo rlp sab cv se psc cic cc coop jsc ojsc ooo sro \
     association foundation fsb ulc"
        .split_whitespace()
        .collect()
});

/// Those whose letters alone are a word.
pub(super) static DOTTED_FORMS: Words = LazyLock::new(|| "as na sp zoo".split_whitespace().collect());

/// Legal forms that are no less a word of the name: they stand before a comma and not behind it.
pub(super) static FORMS_OF_NAMES: Words =
    LazyLock::new(|| "association foundation coop ooo doo se cv cc kg".split_whitespace().collect());

/// What else stands behind a comma and belongs to the name.
pub(super) static BEHIND_COMMA: Words =
    LazyLock::new(|| "co jr sr ii iii iv md phd dvm esq cpa lc na".split_whitespace().collect());

/// Words after which a name may go on ("Trust Company Americas"), but it is no person's.
pub(super) static SOFT_FORMS: Words = LazyLock::new(|| {
    "company companies co group holding holdings partners partnership trust bank university institute hospital college \
     school authority society club fund associates enterprise enterprises industries international technology \
     technologies systems solutions services pharmaceutical pharmaceuticals laboratory laboratories labs therapeutics \
     sciences communications network networks media entertainment software energy resources capital ventures management \
     properties consulting logistics airline airlines motors biotech biosciences insurance studio studios productions \
     ministry department city county commission council government republic state center centre church museum league team \
     agency bureau office brands stores foods products global worldwide america usa digital health healthcare medical \
     online interactive research development"
        .split_whitespace()
        .collect()
});

/// Those of them that alone show an organisation.
pub(super) static STRONG_FORMS: Words = LazyLock::new(|| {
    "company co. companies group holdings partnership trust bank university institute associates enterprises industries"
        .split_whitespace()
        .collect()
});
