//! Puts fixed phrases (固定用语) into a text template: `{{用语 名称}}` becomes the phrase's text,
//! before anything else is made of the template. Phrases may use phrases, to a bounded depth.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Location, Outcome, TemplateSpot, codes, did_you_mean};

/// How deep phrases may use phrases: a circle ends here.
const DEPTH: usize = 8;

/// The largest template after its phrases are put in.
const BYTES: usize = 4 * 1024 * 1024;

/// What opens a phrase's tag.
const OPEN: &str = "{{用语 ";

/// Puts the phrases into a template. Lines keep their numbers: a phrase is one line.
pub fn expand(name: &str, text: &str, phrases: &BTreeMap<String, String>) -> Outcome<String> {
    let mut out = Outcome::clean(String::new());
    for (at, line) in text.split_inclusive('\n').enumerate() {
        if out.value.len() > BYTES {
            break;
        }
        let mut troubles = Vec::new();
        out.value.push_str(&expand_line(line, phrases, DEPTH, &mut troubles));
        for trouble in troubles {
            let (message, help) = trouble.told(phrases);
            let spot = TemplateSpot {
                template: name.to_owned(),
                line: u32::try_from(at + 1).unwrap_or(u32::MAX),
                ..TemplateSpot::default()
            };
            let found = Diagnostic::new(&codes::D121, message).help(help);
            out.diagnostics.push(found.located(Location::Template(spot)));
        }
    }
    out
}

/// Why a phrase cannot be put in.
#[derive(PartialEq)]
enum Trouble {
    Unknown(String),
    Unclosed,
    TooDeep(String),
}

impl Trouble {
    fn told(self, phrases: &BTreeMap<String, String>) -> (String, String) {
        let known = || phrases.keys().map(String::as_str);
        match self {
            Self::Unknown(name) => (
                format!("固定用语.toml 里没有“{name}”{}", did_you_mean(&name, known())),
                format!("可用的用语：{}", known().collect::<Vec<_>>().join("、")),
            ),
            Self::Unclosed => ("“{{用语”没有以“}}”结束".to_owned(), "补上“}}”".to_owned()),
            Self::TooDeep(name) => (
                format!("用语“{name}”套得太深或套着自己，最多{DEPTH}层"),
                "在固定用语.toml 里拆开这几条用语".to_owned(),
            ),
        }
    }
}

/// A line with its phrases; nothing stands for one that cannot be put in.
fn expand_line(
    line: &str,
    phrases: &BTreeMap<String, String>,
    depth: usize,
    troubles: &mut Vec<Trouble>,
) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(start) = rest.find(OPEN) {
        out.push_str(&rest[..start]);
        let tag = &rest[start + OPEN.len()..];
        let Some(end) = tag.find("}}") else {
            troubles.push(Trouble::Unclosed);
            rest = &rest[start..];
            break;
        };
        let name = tag[..end].trim();
        rest = &tag[end + 2..];
        let trouble = match phrases.get(name) {
            None => Trouble::Unknown(name.to_owned()),
            // A circle is entered once.
            Some(_) if troubles.iter().any(|found| matches!(found, Trouble::TooDeep(_))) => {
                continue;
            }
            Some(_) if depth == 0 || out.len() > BYTES => Trouble::TooDeep(name.to_owned()),
            Some(text) => {
                let text = text.trim_end_matches('\n');
                out.push_str(&expand_line(text, phrases, depth - 1, troubles));
                continue;
            }
        };
        if !troubles.contains(&trouble) {
            troubles.push(trouble);
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::expand;

    #[test]
    fn phrases_use_phrases_and_a_circle_is_told_on_its_line() {
        let phrases: BTreeMap<String, String> =
            [("甲", "（{{用语 乙}}）"), ("乙", "{{日期}}"), ("圈", "{{用语 圈}}")]
                .map(|(name, text)| (name.to_owned(), text.to_owned()))
                .into();
        let done = expand("模板.md", "一\n二{{用语 甲}}三\n", &phrases);
        assert_eq!(done.value, "一\n二（{{日期}}）三\n");
        assert!(done.diagnostics.is_empty());
        let wide = [("圈".to_owned(), "{{用语 圈}}".repeat(100))].into();
        assert_eq!(expand("模板.md", "{{用语 圈}}", &wide).diagnostics.len(), 1);
        for (text, said) in
            [("{{用语 圈}}", "套着自己"), ("{{用语 丙}}", "没有“丙”"), ("{{用语 甲", "没有以")]
        {
            let told = expand("模板.md", &format!("\n{text}"), &phrases).diagnostics;
            assert!(told[0].message.contains(said), "{}", told[0].message);
        }
    }
}
