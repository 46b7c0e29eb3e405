//! Pictures that cases name: `640x480.png` is one of that size, `坏.png` is none, `大.png` is too
//! large; any other name is missing. And what a folder of the machine gives.

use shuzhi::render::{Pictures, Unread};

/// Pictures drawn by their names.
#[derive(Debug)]
pub(crate) struct Drawn;

impl Pictures for Drawn {
    fn read(&self, name: &str, most: usize) -> Result<Vec<u8>, Unread> {
        if name == "坏.png" {
            return Ok(b"\x89PNG\r\n\x1a\n".to_vec());
        }
        if name == "大.png" {
            return Ok(vec![0; most + 1]);
        }
        let file = name.rsplit('/').next().unwrap();
        let (size, ending) = file.rsplit_once('.').ok_or(Unread::Missing)?;
        let (wide, high) = size.split_once('x').ok_or(Unread::Missing)?;
        let side = |text: &str| text.parse().map_err(|_| Unread::Missing);
        Ok(drawn(ending, side(wide)?, side(high)?))
    }
}

/// The head of a picture, which is all that is looked at.
pub(crate) fn drawn(ending: &str, wide: u16, high: u16) -> Vec<u8> {
    let mut out = Vec::new();
    match ending {
        "png" => {
            out.extend(b"\x89PNG\r\n\x1a\n\0\0\0\x0DIHDR");
            out.extend(u32::from(wide).to_be_bytes());
            out.extend(u32::from(high).to_be_bytes());
        }
        "jpg" => {
            out.extend(b"\xFF\xD8\xFF\xC0\0\x11\x08");
            out.extend(high.to_be_bytes());
            out.extend(wide.to_be_bytes());
        }
        "gif" => {
            out.extend(b"GIF89a");
            out.extend(wide.to_le_bytes());
            out.extend(high.to_le_bytes());
        }
        "bmp" => {
            out.extend(b"BM");
            out.extend([0; 12]);
            out.extend(40_u32.to_le_bytes());
            out.extend(u32::from(wide).to_le_bytes());
            out.extend(u32::from(high).to_le_bytes());
        }
        _ => out.extend(b"RIFF"),
    }
    out.extend([0; 32]);
    out
}
