use super::Pattern;

#[test]
fn a_pattern_at_words_finds_what_a_search_finds() {
    let source = r"\bif\b[^.]{0,40}\b(paid)\b|^the\s+fee|(?:^|[\s,(])(?:net|the\s+sum)\b";
    let texts = [
        "the fee; the fee, if not paid, the sum",
        "(net) if “net” or if unpaid, paid. motif paid",
        "sum-net net\tthe sum net",
        "é net, if é paid if paid",
        "",
    ];
    for text in texts {
        let (plain, words) = (Pattern::new(source), Pattern::at_words(source, b" \t\n\r,("));
        let all = |pattern: &Pattern| pattern.find_iter(text).map(|m| m.range()).collect::<Vec<_>>();
        assert_eq!(all(&words), all(&plain), "{text}");
        for from in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
            let first = |pattern: &Pattern| pattern.find_at(text, from).map(|m| m.range());
            assert_eq!(first(&words), first(&plain), "{text} from {from}");
        }
        let paid = |pattern: &Pattern| pattern.captures(text).and_then(|c| c.get(1)).map(|m| m.range());
        assert_eq!(paid(&words), paid(&plain), "{text}");
    }
    assert_eq!(Pattern::at_words(source, b" ").find_iter(texts[0]).count(), 3);
}

#[test]
fn matches_are_whole_characters() {
    let pattern = Pattern::new("b[^.;]{0,2}");
    let found = |text| pattern.find(text).map(|m| m.as_str());
    assert_eq!((found("a bé."), found("a b€€.")), (Some("bé"), Some("b€")));
    assert!(Pattern::new(r#"[\s"“”]+TERM\b"#).is_match("the “term”"));
}

#[test]
fn an_exact_pattern_counts_characters_and_sees_case() {
    let pattern = Pattern::exact(r"\bB[^.;]{0,2}");
    let found = |text| pattern.find(text).map(|m| m.as_str());
    assert_eq!((found("b B€€é"), found("éB"), found("aB")), (Some("B€€"), Some("B"), None));
    assert!(
        Pattern::exact(r"(?i)^\W*[\w.]+\s\d$").is_match("(Nr. 7")
            == Pattern::new(r"^\W*[\w.]+\s\d$").is_match("(Nr. 7")
    );
}
