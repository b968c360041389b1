//! Files that the password of their owner opens. Before revision 5 of the encryption it holds that of the user, which the engine
//! asks for.

use hayro_syntax::object::{Dict, FromBytes as _, String as PdfString};
use md5::{Digest as _, Md5};

/// What fills passwords up to 32 bytes (ISO 32000-1, 7.6.3.3).
const PADDING: [u8; 32] = [
    0x28, 0xbf, 0x4e, 0x5e, 0x4e, 0x75, 0x8a, 0x41, 0x64, 0x00, 0x4e, 0x56, 0xff, 0xfa, 0x01, 0x08, 0x2e, 0x2e, 0x00,
    0xb6, 0xd0, 0x68, 0x3e, 0x80, 0x2f, 0x0c, 0xa9, 0xfe, 0x64, 0x53, 0x69, 0x7a,
];

/// The password of the user of a file, if `owner` is that of its owner (ISO 32000-1, algorithm 7). If it is not, this is
/// nothing, or no password of the file.
pub(super) fn user_password(bytes: &[u8], owner: &str) -> Option<String> {
    let encryption = encryption(bytes)?;
    let revision = encryption.get::<i32>(b"R").filter(|revision| (2..=4).contains(revision))?;
    let bits = if revision == 2 { 40 } else { encryption.get::<usize>(b"Length").unwrap_or(40) };
    let bits = if revision == 4 { 128 } else { bits };
    let held = encryption.get::<PdfString<'_>>(b"O").filter(|held| held.as_bytes().len() >= PADDING.len())?;
    let owner: Vec<u8> = owner.chars().map(|c| u8::try_from(c).ok()).collect::<Option<_>>()?;
    let padded: Vec<u8> = owner.into_iter().chain(PADDING).take(PADDING.len()).collect();
    let mut hash = Md5::digest(&padded);
    for _ in 0..if revision == 2 { 0 } else { 50 } {
        hash = Md5::digest(hash);
    }
    let key = hash.get(..bits / 8).filter(|key| !key.is_empty())?;
    let mut user = held.as_bytes()[..PADDING.len()].to_vec();
    for turn in (0..if revision == 2 { 1 } else { 20 }).rev() {
        let key: Vec<u8> = key.iter().map(|byte| byte ^ turn).collect();
        rc4(&key, &mut user);
    }
    let length = (0..=PADDING.len()).find(|length| PADDING.starts_with(&user[*length..]))?;
    user.truncate(length);
    String::from_utf8(user).ok()
}

/// The dictionary of the encryption, which is written in the open.
fn encryption(bytes: &[u8]) -> Option<Dict<'_>> {
    let key = b"/Encrypt";
    let after = |at: usize| bytes.get(at + key.len()..).filter(|rest| !rest.starts_with(b"M"));
    let rest = memchr::memmem::rfind_iter(bytes, key).find_map(after)?.trim_ascii_start();
    if rest.starts_with(b"<<") {
        return Dict::from_bytes(rest);
    }
    let mut words = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let header = [words.next()?, b" ", words.next()?, b" obj"].concat();
    let is_own = |at: &usize| at.checked_sub(1).is_none_or(|before| !bytes[before].is_ascii_digit());
    let at = memchr::memmem::find_iter(bytes, &header).find(is_own)?;
    Dict::from_bytes(bytes.get(at + header.len()..)?.trim_ascii_start())
}

/// The cipher RC4, which is its own reverse.
fn rc4(key: &[u8], data: &mut [u8]) {
    let mut state: [u8; 256] = std::array::from_fn(|i| i.to_le_bytes()[0]);
    let mut j = 0u8;
    for i in 0..state.len() {
        j = j.wrapping_add(state[i]).wrapping_add(key[i % key.len()]);
        state.swap(i, usize::from(j));
    }
    let (mut i, mut j) = (0u8, 0u8);
    for byte in data {
        i = i.wrapping_add(1);
        j = j.wrapping_add(state[usize::from(i)]);
        state.swap(usize::from(i), usize::from(j));
        *byte ^= state[usize::from(state[usize::from(i)].wrapping_add(state[usize::from(j)]))];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELD: [(u8, u8, &str); 3] = [
        (2, 40, "03749331098aa05ff744fd589091b741cfa4909bcf9933e46605dcf8edffc66c"),
        (3, 128, "3f21c18d45413349f615abc6ccaaab8f7917c69c1eba1faebdb241a42ec0e162"),
        (4, 128, "3f21c18d45413349f615abc6ccaaab8f7917c69c1eba1faebdb241a42ec0e162"),
    ];

    #[test]
    fn the_owner_of_a_file_knows_the_password_of_its_user() {
        // Made by pikepdf (qpdf) with the passwords "reader" and "own".
        for (revision, length, held) in HELD {
            let file = format!(
                "9 0 obj<</Filter/Standard/R {revision}/Length {length}/O<{held}>>>endobj trailer<</Encrypt 9 0 R>>"
            );
            assert_eq!(user_password(file.as_bytes(), "own").as_deref(), Some("reader"), "{revision}");
            assert_ne!(user_password(file.as_bytes(), "other").as_deref(), Some("reader"), "{revision}");
        }
        assert_eq!(user_password(b"trailer<</Encrypt 9 0 R>>", "own"), None);
        assert_eq!(user_password(b"trailer<</Encrypt<</R 3/Length 0/O()>>>>", "own"), None);
    }
}
