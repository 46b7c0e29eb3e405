//! Pictures that cells name, as parts of the paper and as drawings in its text. The bytes come from
//! whoever calls ([`Pictures`]); no name that leaves the folder of the workbooks is ever asked for.

use std::collections::BTreeMap;
use std::fmt::Debug;

use super::Bounds;
use super::relations::NAMESPACE;
use crate::package::Part;
use crate::package::register::register_ending;
use crate::template::Compiled;
use crate::template::compiled::{CompiledPart, Room};

/// English metric units in a millimetre, in a pixel at 96 dpi, in a twip.
const MILLIMETRE: u64 = 36_000;
const PIXEL: u64 = 9_525;
const TWIP: u64 = 635;

/// Marks a drawing whose line must be as high as it is; taken out again when settling.
pub(crate) const PICTURE_MARK: &str = "<?shuzhi-picture?>";

/// Where pictures come from.
pub trait Pictures: Debug + Sync {
    /// The bytes of a picture, at most `most`. The name is relative, its steps parted by `/`, none
    /// of them `..`.
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, Unread>;
}

/// Why a picture cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// No such file.
    Missing,
    /// Its name leads out of the folder of the workbooks.
    Outside,
    /// More bytes than a picture may have.
    TooLarge,
    /// More bytes than the pictures of a paper may have together.
    TooMany,
    /// It cannot be opened, or is no picture of a known kind.
    Unreadable,
}

impl Unread {
    /// The reason in Chinese.
    pub(crate) fn reason(self) -> &'static str {
        match self {
            Self::Missing => "没有这个文件",
            Self::Outside => "不在工作簿所在的文件夹里",
            Self::TooLarge => "太大",
            Self::TooMany => "全文的图片合起来太大",
            Self::Unreadable => "打不开，或不是 png、jpg、gif、bmp 图片",
        }
    }

    /// What to do.
    pub(crate) fn cure(self) -> &'static str {
        match self {
            Self::Missing => "把图片放到工作簿旁边，单元格里写它的文件名，连同后缀",
            Self::Outside => "把图片放到工作簿旁边，单元格里只写文件名，不写盘符、“..”和网络位置",
            Self::TooLarge | Self::TooMany => "用画图之类的软件把图片缩小后另存",
            Self::Unreadable => "在画图之类的软件里打开，另存为 png 或 jpg",
        }
    }
}

/// No pictures at all.
#[derive(Debug, Clone, Copy)]
pub struct NoPictures;

impl Pictures for NoPictures {
    fn read(&self, _: &str, _: usize) -> Result<Vec<u8>, Unread> {
        Err(Unread::Missing)
    }
}

/// A name from a cell as steps that stay inside a folder.
fn inside(name: &str) -> Result<String, Unread> {
    let name = name.trim().replace('\\', "/");
    let name = name.strip_prefix("./").unwrap_or(&name);
    // A colon is a drive, a scheme, or a second stream of a file.
    let bad = |step: &str| {
        step.is_empty() || step.chars().all(|c| c == '.' || c == ' ') || step.contains(':')
    };
    if name.split('/').any(bad) { Err(Unread::Outside) } else { Ok(name.to_owned()) }
}

/// A picture of the paper.
#[derive(Debug)]
struct Media {
    bytes: Vec<u8>,
    ending: &'static str,
    pixels: (u64, u64),
}

/// The pictures of a paper, each once.
#[derive(Debug)]
pub(crate) struct Album<'p> {
    source: &'p dyn Pictures,
    by_name: BTreeMap<String, Result<usize, Unread>>,
    media: Vec<Media>,
    /// The number of the first: a paper of ours may have become the template.
    first: usize,
    most: usize,
    left: usize,
}

impl<'p> Album<'p> {
    /// An empty one, with bounds on one picture and on all.
    pub(crate) fn new(source: &'p dyn Pictures, bounds: Bounds, compiled: &Compiled) -> Self {
        let number = |part: &CompiledPart| match part {
            CompiledPart::Raw(part) => {
                let name = part.name.strip_prefix("word/media/shuzhi-")?;
                name.split('.').next()?.parse::<usize>().ok()?.checked_add(1)
            }
            CompiledPart::Filled(_) => None,
        };
        let first = compiled.parts.iter().filter_map(number).max().unwrap_or(1);
        let (most, left) = (bounds.picture, bounds.pictures);
        Self { source, by_name: BTreeMap::new(), media: Vec::new(), first, most, left }
    }

    /// Whether any picture was taken in.
    pub(crate) fn is_empty(&self) -> bool {
        self.media.is_empty()
    }

    /// The number of a picture, which is read the first time it is named.
    pub(crate) fn find(&mut self, name: &str) -> Result<usize, Unread> {
        if let Some(known) = self.by_name.get(name) {
            return *known;
        }
        let found = self.read(name);
        self.by_name.insert(name.to_owned(), found);
        found
    }

    fn read(&mut self, name: &str) -> Result<usize, Unread> {
        let bytes = self.source.read(&inside(name)?, self.most)?;
        if bytes.len() > self.most {
            return Err(Unread::TooLarge);
        }
        if let Some(same) = self.media.iter().position(|media| media.bytes == bytes) {
            return Ok(same);
        }
        let ending = kind(&bytes).ok_or(Unread::Unreadable)?.0;
        let size = imagesize::blob_size(&bytes).map_err(|_| Unread::Unreadable)?;
        let side = |pixels: usize| {
            u64::try_from(pixels).ok().filter(|pixels| (1..=65_535).contains(pixels))
        };
        let (Some(wide), Some(high)) = (side(size.width), side(size.height)) else {
            return Err(Unread::Unreadable);
        };
        self.left = self.left.checked_sub(bytes.len()).ok_or(Unread::TooMany)?;
        self.media.push(Media { bytes, ending, pixels: (wide, high) });
        Ok(self.media.len() - 1)
    }

    /// The name of a picture's part below `word/`.
    pub(crate) fn target(&self, at: usize) -> String {
        let ending = self.media.get(at).map_or("", |media| media.ending);
        format!("media/shuzhi-{}.{ending}", self.first.saturating_add(at))
    }

    /// The drawing of a picture, as wide as is asked or as there is room.
    pub(crate) fn drawing(
        &self,
        at: usize,
        id: &str,
        name: &str,
        width: &str,
        room: Room,
    ) -> String {
        let Some(media) = self.media.get(at) else { return String::new() };
        let (wide, high) = size(media.pixels, width, room);
        let name = name.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        format!(
            "<w:drawing><wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{wide}\" cy=\"{high}\"/><wp:docPr id=\"1\" name=\"{name}\" descr=\"{name}\"/><a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:nvPicPr><pic:cNvPr id=\"0\" name=\"{name}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip {NAMESPACE} r:embed=\"{id}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{wide}\" cy=\"{high}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
        )
    }

    /// Adds the pictures to the parts of a paper.
    pub(crate) fn write(self, parts: &mut Vec<Part>) {
        let names: Vec<String> = (0..self.media.len()).map(|at| self.target(at)).collect();
        for (media, name) in self.media.into_iter().zip(names) {
            if let Some((ending, of)) = kind(&media.bytes) {
                register_ending(parts, ending, of);
            }
            parts.push(Part { name: format!("word/{name}"), bytes: media.bytes });
        }
    }
}

/// The ending and the type of a picture, by its first bytes: an ending in a cell may lie.
fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const KINDS: [(&[u8], &str, &str); 4] = [
        (b"\x89PNG\r\n\x1a\n", "png", "image/png"),
        (b"\xFF\xD8\xFF", "jpeg", "image/jpeg"),
        (b"GIF8", "gif", "image/gif"),
        (b"BM", "bmp", "image/bmp"),
    ];
    let found = KINDS.iter().find(|(first, _, _)| bytes.starts_with(first))?;
    Some((found.1, found.2))
}

/// Width and height in English metric units, in the proportion of the pixels.
fn size((wide, high): (u64, u64), width: &str, room: Room) -> (u64, u64) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let asked = width
        .parse::<f64>()
        .ok()
        .filter(|mm| *mm > 0.0)
        .map(|mm| (mm.clamp(1.0, 550.0) * MILLIMETRE as f64) as u64);
    let in_proportion = |width: u64| (width * high / wide).max(1);
    if let Some(width) = asked {
        return (width, in_proportion(width));
    }
    let mut width = (wide * PIXEL).min(u64::from(room.wide) * TWIP).max(1);
    let most = u64::from(room.high) * TWIP;
    if in_proportion(width) > most {
        width = (most * wide / high).max(1);
    }
    (width, in_proportion(width))
}
