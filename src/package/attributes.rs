//! Reads the attributes of a start tag, as slices. The package check looks at every attribute of
//! every paper, so nothing is copied and nothing is read twice.

/// Reads what stands behind the name of a start tag. Whether the attributes are written as XML
/// wants them and none stands twice; they go into `into`, values raw.
pub fn read<'a>(inner: &'a str, into: &mut Vec<(&'a str, &'a str)>) -> bool {
    into.clear();
    let mut rest = inner;
    while !rest.is_empty() {
        let (blanks, found) = split(rest, |byte| !is_blank(byte));
        if found.is_empty() {
            break;
        }
        let Some((key, value, after)) = attribute(found).filter(|_| !blanks.is_empty()) else {
            return false;
        };
        into.push((key, value));
        rest = after;
    }
    all_differ(into)
}

/// The attribute that a text begins with, and what stands after it.
fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let (key, rest) = split(text, |byte| is_blank(byte) || byte == b'=');
    let (_, rest) = split(rest, |byte| !is_blank(byte));
    let (_, rest) = split(rest.strip_prefix('=')?, |byte| !is_blank(byte));
    let quote = rest.bytes().next().filter(|byte| matches!(byte, b'"' | b'\''))?;
    let (value, rest) = split(&rest[1..], |byte| byte == quote);
    let sound = !key.is_empty() && !key.contains(['"', '\'', '<']) && !value.contains('<');
    Some((key, value, rest.get(1..)?)).filter(|_| sound)
}

/// Splits a text before the first byte that ends it; only ASCII bytes do.
fn split(text: &str, ends: impl Fn(u8) -> bool) -> (&str, &str) {
    text.split_at(text.bytes().position(ends).unwrap_or(text.len()))
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

/// Whether no attribute stands twice. A tag of many is sorted: one made to harm us holds thousands.
fn all_differ(attributes: &[(&str, &str)]) -> bool {
    const FEW: usize = 8;
    let mut keys = attributes.iter().map(|(key, _)| *key);
    if attributes.len() <= FEW {
        let later = |at: usize| attributes[at + 1..].iter().map(|(key, _)| *key);
        return keys.enumerate().all(|(at, key)| !later(at).any(|other| other == key));
    }
    let mut seen = std::collections::BTreeSet::new();
    keys.all(|key| seen.insert(key))
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn attributes_are_read_as_written_or_refused() {
        let mut found = Vec::new();
        assert!(read("", &mut found) && read(" ", &mut found));
        assert!(read(" b='1' c = \"2 > '\"\n", &mut found));
        assert_eq!(found, [("b", "1"), ("c", "2 > '")]);
        let broken = [
            " b",
            " b=",
            " b=1",
            " b=\"1",
            " b=\"1\"c=\"2\"",
            " =\"1\"",
            " b=\"<\"",
            " b=\"1\" b=\"2\"",
            " \"b\"=\"1\"",
            "b=\"1\"",
        ];
        for inner in broken {
            assert!(!read(inner, &mut found), "{inner}");
        }
    }
}
