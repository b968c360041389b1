//! Parties that only signature lines, headed paper, cards and lists name.

use super::names;

fn all(cases: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for &(text, want) in cases {
        let got = names(text);
        if got != want {
            wrong.push(format!("{text}: {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn lines_that_say_for_whom_somebody_signs() {
    all(&[
        (
            "The fee is 500.\nFor Nakuru Water Users Association\nName: Peter Kamau\nDate: 1 April 2026\n\nFor Rift Pumps & Engineering\nName: Jane Otieno\nDate: 2 April 2026",
            &["Nakuru Water Users Association", "Rift Pumps & Engineering"],
        ),
        (
            "The fee is 500.\nSigned on behalf of Hillcrest Primary School: Ms A. Byrne, Principal\nSigned on behalf of Corrib Coaches: Mr T. Walsh",
            &["Hillcrest Primary School", "Corrib Coaches"],
        ),
        (
            "The fee is 500.\nSigned: Aoife Kerrigan, for Kilcorran Rovers FC\nSigned: Ruairi Fennell, for Staydia Sports",
            &["Kilcorran Rovers FC", "Staydia Sports"],
        ),
        (
            "This contract is made between the Company and Harriet Merritt (\"Employee\").\nSigned by the Company: Peter Ashdown for Brightwater Joinery Ltd",
            &["Harriet Merritt", "Brightwater Joinery Ltd"],
        ),
        (
            "The fee is 500.\nKafue Economic Research and Consulting Firm\nBy: M. Mulenga\nName: Mutale Mulenga\nTitle: Managing Partner\n\nCopperline Farmers Cooperative Limited\nBy: C. Banda\nName: Chileshe Banda\nTitle: Chief Executive Officer",
            &["Kafue Economic Research and Consulting Firm", "Copperline Farmers Cooperative Limited"],
        ),
        // What is for somebody's use is signed for nobody.
        ("The fee is 500.\nFor Office Use Only\nName: ______\nDate: ______", &[]),
    ]);
}

#[test]
fn headed_paper_and_who_is_addressed() {
    all(&[
        (
            "MERIDIAN LIFT SERVICES\nMOBILE: 98200 55143\n\nTo,\nShanti Kunj Co-operative Housing Society Ltd.\nMumbai\n\nDear Sir, We maintain the lifts of MERIDIAN LIFT SERVICES.",
            &["MERIDIAN LIFT SERVICES", "Shanti Kunj Co-operative Housing Society Ltd."],
        ),
        (
            "GOVERNMENT OF ANDHRA PRADESH\nLETTER OF AWARD\n\nDear Sir / Madam,\nTirumala Lumens Private Limited\n\nOn behalf of the Government of Andhra Pradesh we award the work.",
            &["Government of Andhra Pradesh", "Tirumala Lumens Private Limited"],
        ),
    ]);
}

#[test]
fn cards_lists_and_persons() {
    all(&[
        (
            "AGREEMENT\n\nClaw Machine Provider\nName: Lucky Lobster Amusements LLC\nAddress: 77 Harbor Row\n\nBusiness Location Owner\nName: Gulf Breeze Laundromat\nAddress: 2915 Pass Road",
            &["Lucky Lobster Amusements LLC", "Gulf Breeze Laundromat"],
        ),
        (
            "This agreement is made between Hillcrest Primary School (the school) and Corrib Coaches (the carrier).",
            &["Hillcrest Primary School", "Corrib Coaches"],
        ),
        (
            "This agreement is between Corrib Coaches and Mary Byrne, acting on behalf of Hillcrest Parents Committee.\nThe fee is 500.",
            &["Corrib Coaches", "Hillcrest Parents Committee"],
        ),
        (
            "This contract is made between Ingrid Solheim, called \"Treasurer\" and Marcus Hunt, called \"Manager\".",
            &["Ingrid Solheim", "Marcus Hunt"],
        ),
        (
            "BETWEEN: Shri Ramesh Gupta S/o Shri Mohan Gupta, R/o 14 MG Road (hereinafter called the Lessor) AND Smt. Leela Nair W/o Shri K. Nair, R/o 22 Lake View (hereinafter called the Lessee)",
            &["Ramesh Gupta", "Leela Nair"],
        ),
        (
            "This contract is made between Employer: Liffeyside Centre Limited, Maynooth, Co. Kildare (\"the Employer\") and Employee: Aoife Brannigan, 18 Rail Park, Maynooth, Co. Kildare (\"the Employee\").",
            &["Liffeyside Centre Limited", "Aoife Brannigan"],
        ),
    ]);
}

#[test]
fn names_under_those_who_sign() {
    all(&[
        (
            "The fee is 500.\nSigned for and on behalf of\nAlder Accounting and Corporate Solutions Pte Ltd\n\nKoh Wei Jun\nDirector\n\nSigned for and on behalf of\nTidewater Robotics Pte. Ltd.\n\nMary Tan\nDirector",
            &["Alder Accounting and Corporate Solutions Pte Ltd", "Tidewater Robotics Pte. Ltd."],
        ),
        (
            "The fee is 500.\nSigned for and on behalf of Alder Growth and Income Fund, LP\nKoh Wei Jun\nDirector\nSigned for and on behalf of Tidewater Robotics Pte. Ltd.\nMary Tan\nDirector",
            &["Alder Growth and Income Fund, LP", "Tidewater Robotics Pte. Ltd."],
        ),
        (
            "The fee is 500.\nAgreed to by the Freelancer\tAgreed to by the Employer\nJoel Hallett , June 22nd 2026, 10:14:07 am\tTanilba Bay Surf School , June 22nd 2026, 10:14:07 am",
            &["Joel Hallett", "Tanilba Bay Surf School"],
        ),
        (
            "This Agreement is between Nexus Digital LLC (the \"Client\") and the contractor below.\nCONTRACTOR:\n\nOdalys Fahie\nSigned: O. Fahie\nDate: 26 February 2026",
            &["Nexus Digital LLC", "Odalys Fahie"],
        ),
        (
            "The rent is 500.\nSigned by the Landlord:\nMargaret Gathogo\n\nSigned by the Tenant:\nDennis Rotich",
            &["Margaret Gathogo", "Dennis Rotich"],
        ),
        // Who has an office signs for another.
        ("The fee is 500.\nSigned by the Contractor:\nMary Tan\nManaging Director", &[]),
    ]);
}

#[test]
fn tables_of_particulars() {
    all(&[
        (
            "THE SCHEDULE\nSection\tItem\tParticulars\n1 House Owner\tSatok Heritage Realty Sdn. Bhd. (Company No. 201801033417), Lot\n214, Jalan Satok, 93400 Kuching\n2 Tenant\tLaksa Bridge Kitchen Sdn. Bhd. (Company No. 202301018862), No. 9,\nJalan Padungan, 93100 Kuching\n3 Term\tTwo (2) years",
            &["Satok Heritage Realty Sdn. Bhd.", "Laksa Bridge Kitchen Sdn. Bhd."],
        ),
        (
            "TENANT'S FULL NAMES: Dennis Kipchumba Rotich\nNAME OF LANDLORD: Margaret Nyambura Gathogo\nThe rent is 500.",
            &["Dennis Kipchumba Rotich", "Margaret Nyambura Gathogo"],
        ),
        (
            "Noyyal Fincorp Limited (hereinafter called the Company) agree to let on hire and Shri/Smt. Meenakshi Ramaswamy residing at 14 Mill Road (hereinafter called the Hirer) agree to take on hire the locker.",
            &["Noyyal Fincorp Limited", "Meenakshi Ramaswamy"],
        ),
    ]);
}
