//! `init 文件夹`: the three blank workbooks and an empty 模板/, ready to work in.

use std::path::PathBuf;

use anyhow::anyhow;

use super::Exit;
use super::console::Console;
use super::store::{self, Readers};
use crate::contract::MEETING_BOOK;
use crate::form;

/// 建一个可以直接开工的文件夹.
#[derive(Debug, clap::Args)]
#[command(after_help = "例：\n  shuzhi init 我的材料\n\n\
    已有的文件不会被动；示例行（第一格以“示例”开头）读取时自动跳过。")]
pub(super) struct Args {
    /// 建在哪里
    #[arg(value_name = "文件夹")]
    folder: PathBuf,
}

pub(super) fn run(args: &Args, console: &mut Console) -> anyhow::Result<Exit> {
    let made = store::make_folder(&args.folder.join("模板"));
    let mut exit = made.map_or_else(|error| console.trouble(&error), |()| Exit::Fine);
    let mut kept = 0;
    for (name, bytes) in form::blank().map_err(|message| anyhow!(message))? {
        let path = args.folder.join(&name);
        // A blank one beside it would be read along with it.
        if path.is_symlink() || path.is_file() {
            kept += 1;
            console.result(&format!("已有 {}，没有动", path.display()));
            continue;
        }
        let readers = if name == MEETING_BOOK { Readers::Owner } else { Readers::Usual };
        match store::write(&path, &bytes, readers) {
            Ok(written) => written.report("建好", console),
            Err(error) => exit = console.trouble(&error),
        }
    }
    if exit != Exit::Fine {
        return Ok(exit);
    }
    if kept == 0 {
        console.result("先填 台账.xlsx 的“设置”“班子成员”“单位名册”，再填“履责情况”；黄色列必填。");
    }
    console.result(&format!("填好后：shuzhi check {}", args.folder.display()));
    Ok(Exit::Fine)
}
