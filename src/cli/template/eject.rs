//! `template eject`: a paper's template as a Word file, tags visible, to be changed in Word or
//! WPS and used with `generate --template`.

use std::path::PathBuf;

use super::store::{self, Readers};
use super::{Console, Exit, files, read, report_unread};
use crate::batch::{eject, own_template};
use crate::diagnostic::{did_you_mean, text};
use crate::kit::{self, SubjectKind};
use crate::place::Sources;

/// 把一种材料的模板导出成 Word 文件.
#[derive(Debug, clap::Args)]
#[command(after_help = "例：\n  shuzhi template eject 自查报告-党组\n  \
    shuzhi template eject 自查报告-站股室 --out 我的模板.docx\n  \
    shuzhi template eject 整改台账.md           自己写的文本模板也行")]
pub(super) struct Args {
    /// 材料的编号（见 template list），或一个文本模板（.md）
    #[arg(value_name = "编号")]
    paper: String,
    /// 写到哪个文件；不写就是 编号.docx
    #[arg(long, value_name = "文件")]
    out: Option<PathBuf>,
    /// 自己的模板文件夹
    #[arg(long, value_name = "文件夹")]
    kit: Option<PathBuf>,
}

pub(super) fn run(args: &Args, console: &mut Console) -> anyhow::Result<Exit> {
    let loaded = read(&[], args.kit.as_ref())?;
    report_unread(&loaded, console);
    let mut kit = loaded.kit;
    let ids: Vec<String> = kit.papers.iter().map(|paper| paper.id.clone()).collect();
    let path = PathBuf::from(&args.paper);
    if kit::is_text(&args.paper) && path.is_file() {
        let (name, bytes) = files::template(&path)?;
        own_template::put(&mut kit, &name, bytes, &[SubjectKind::PartyGroup]);
    } else {
        kit.papers.retain(|paper| paper.id == args.paper.trim());
    }
    let Some(paper) = kit.papers.first() else {
        let hint = did_you_mean(&args.paper, ids.iter().map(String::as_str));
        let ids = ids.join("、");
        console.talk(&format!("没有“{}”这种材料{hint}。可写：{ids}", args.paper));
        return Ok(Exit::Usage);
    };
    let ejected = eject(&kit, paper);
    for diagnostic in &ejected.diagnostics {
        console.talk(&text::line(diagnostic, &Sources::default()));
    }
    let Some(bytes) = ejected.value else { return Ok(Exit::Template) };
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from(format!("{}.docx", paper.id)));
    let written = store::write(&out, &bytes, Readers::Usual)?;
    written.report("写好", console);
    console.talk(
        "在 Word 或 WPS 里改文字和格式，{{ }} 里的标签照样留着；改好用 shuzhi template check 查，\
         用 shuzhi generate … --template 生成；一直用它的，放进工作簿旁边的“模板”文件夹，\
         文件名写成材料的编号",
    );
    Ok(Exit::Fine)
}
