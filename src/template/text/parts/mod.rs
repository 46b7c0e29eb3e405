//! The parts of a Word file that docx-rs does not yield: styles, settings, fonts, footers,
//! properties, and how they hang together. All are made from the layout profile alone.

pub(super) mod fonts;
pub(super) mod footers;
pub(super) mod section;
pub(super) mod stylesheet;

use quick_xml::escape::escape;

use crate::kit::Layout;
use crate::package::Part;

/// How every part begins.
pub(super) const DECLARATION: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The namespaces of the main parts.
pub(super) const NAMESPACES: &str = concat!(
    " xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"",
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
);

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The parts beside document.xml: file, kind, relation id.
fn beside() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let main = [("styles", "rId1"), ("settings", "rId2"), ("fontTable", "rId3")];
    let footers = footers::ALL.iter().map(|footer| (footer.name, "footer", footer.id));
    main.into_iter().map(|(name, id)| (name, name, id)).chain(footers)
}

/// All parts of a Word file around a finished document.xml.
pub(super) fn assemble(title: &str, document: String, layout: &Layout) -> Vec<Part> {
    let mut parts = vec![
        part("[Content_Types].xml", content_types()),
        part("_rels/.rels", package_relations()),
        part("docProps/core.xml", core(title)),
        part("docProps/app.xml", app()),
        Part { name: "word/document.xml".to_owned(), bytes: document.into_bytes() },
        part("word/_rels/document.xml.rels", document_relations()),
        part("word/styles.xml", stylesheet::styles(layout)),
        part("word/settings.xml", settings(layout)),
        part("word/fontTable.xml", fonts::table(layout)),
    ];
    for footer in footers::ALL {
        parts.push(part(&format!("word/{}.xml", footer.name), footers::footer(*footer, layout)));
    }
    parts
}

fn part(name: &str, xml: String) -> Part {
    Part { name: name.to_owned(), bytes: format!("{DECLARATION}{xml}").into_bytes() }
}

fn content_types() -> String {
    let mut out = format!(
        "<Types xmlns=\"{TYPES}\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    let mut add = |name: &str, kind: &str| {
        out.push_str(&format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>"));
    };
    add("word/document.xml", &format!("{WORD}.document.main+xml"));
    for (name, kind, _) in beside() {
        add(&format!("word/{name}.xml"), &format!("{WORD}.{kind}+xml"));
    }
    add("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    add(
        "docProps/app.xml",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    );
    out.push_str("</Types>");
    out
}

fn package_relations() -> String {
    format!(
        "<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/><Relationship Id=\"rId2\" Type=\"{RELATIONS}/metadata/core-properties\" Target=\"docProps/core.xml\"/><Relationship Id=\"rId3\" Type=\"{OFFICE}/extended-properties\" Target=\"docProps/app.xml\"/></Relationships>"
    )
}

fn document_relations() -> String {
    let mut out = format!("<Relationships xmlns=\"{RELATIONS}\">");
    for (name, kind, id) in beside() {
        out.push_str(&format!(
            "<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{name}.xml\"/>"
        ));
    }
    out.push_str("</Relationships>");
    out
}

/// Title only: no author we do not know, no clock. A file's name may hold what XML cannot.
fn core(title: &str) -> String {
    let title: String = title
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
        .collect();
    format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:language>zh-CN</dc:language></cp:coreProperties>",
        escape(title.as_str())
    )
}

fn app() -> String {
    "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>shuzhi</Application></Properties>".to_owned()
}

/// The settings of a Chinese Word (study/format.md §2): odd and even footers, punctuation
/// compressed. `adjustLineHeightInTable` stays out, since it turns the grid on in tables.
fn settings(layout: &Layout) -> String {
    let compat = |name: &str, value: &str| {
        format!(
            "<w:compatSetting w:name=\"{name}\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"{value}\"/>"
        )
    };
    format!(
        "<w:settings{NAMESPACES}><w:zoom w:percent=\"100\"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val=\"420\"/><w:evenAndOddHeaders/><w:drawingGridVerticalSpacing w:val=\"{}\"/><w:characterSpacingControl w:val=\"compressPunctuation\"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:useFELayout/>{}{}{}{}</w:compat><w:themeFontLang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/><w:decimalSymbol w:val=\".\"/><w:listSeparator w:val=\",\"/></w:settings>",
        layout.line,
        compat("compatibilityMode", "15"),
        compat("overrideTableStyleFontSizeAndJustification", "1"),
        compat("enableOpenTypeFeatures", "1"),
        compat("doNotFlipMirrorIndents", "1"),
    )
}
