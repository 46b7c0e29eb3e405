//! Addresses from cells as targets of links: only what a browser or a mail program opens, and only
//! what Word reads as an address. A file or a program of this machine is never linked to.

/// Longer addresses are cut by Word.
const MOST: usize = 2_000;

/// The address as the target of a relation; the reason in Chinese if it cannot be one.
pub(crate) fn target(address: &str) -> Result<String, &'static str> {
    let address = address.trim();
    if address.len() > MOST {
        return Err("太长");
    }
    let lower = address.to_ascii_lowercase();
    let sound =
        if let Some(rest) = ["http://", "https://"].iter().find_map(|s| lower.strip_prefix(s)) {
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            is_host(&rest[..end])
        } else if let Some(rest) = lower.strip_prefix("mailto:") {
            is_mailbox(rest.split('?').next().unwrap_or_default())
        } else {
            return Err("不是 http://、https:// 或 mailto: 开头");
        };
    if sound { Ok(encoded(address)) } else { Err("写得不完整") }
}

/// A name or number with a port or without; names may be Chinese.
fn is_host(text: &str) -> bool {
    let (name, port) = text.split_once(':').unwrap_or((text, "80"));
    let label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
    };
    name.split('.').all(label)
        && (1..=5).contains(&port.len())
        && port.bytes().all(|b| b.is_ascii_digit())
}

/// One mailbox.
fn is_mailbox(text: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || "!#$&'*+-/=?^_`{|}~.%".contains(c);
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && name.chars().all(word) && !host.contains(':') && is_host(host)
    })
}

/// With blanks and what else is no part of an address written as `%20`; letters of any script stay,
/// as in an IRI (RFC 3987), and what is encoded already is not encoded again.
fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for (at, c) in address.char_indices() {
        let hex = |n: usize| address.as_bytes().get(at + n).is_some_and(u8::is_ascii_hexdigit);
        let kept = match c {
            '%' => hex(1) && hex(2),
            _ if c.is_ascii() => c.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=".contains(c),
            _ => c.is_alphanumeric(),
        };
        if kept {
            out.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::target;

    #[test]
    fn only_whole_addresses_of_the_web_and_of_mail_are_linked() {
        for (typed, written) in [
            ("https://www.example.cn/a?b=1&c=2#d", "https://www.example.cn/a?b=1&c=2#d"),
            ("HTTP://example.cn:8080", "HTTP://example.cn:8080"),
            ("http://农业.政务.cn/通知 一.html", "http://农业.政务.cn/通知%20一.html"),
            ("https://example.cn/a%20b%zz\"<", "https://example.cn/a%20b%25zz%22%3C"),
            ("mailto:ban@example.cn?subject=报送", "mailto:ban@example.cn?subject=报送"),
        ] {
            assert_eq!(target(typed).unwrap(), written);
        }
        for typed in [
            "www.example.cn",
            "file:///c:/a.docx",
            "javascript:alert(1)",
            "ftp://example.cn/a",
            "\\\\server\\a",
            "http://",
            "http:///a",
            "http://a@b.cn/",
            "http://exa mple.cn",
            "http://example.cn:端口",
            "mailto:",
            "mailto:ban",
            "mailto:a@b@c",
        ] {
            assert!(target(typed).is_err(), "{typed}");
        }
        assert!(target(&format!("http://example.cn/{}", "a".repeat(3000))).is_err());
    }
}
