//! `completions SHELL`: a script that lets the shell complete verbs and options.

use clap_complete::Shell;

use super::console::Console;
use super::{Exit, command};

/// 输出命令行补全脚本.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "例：\n  shuzhi completions bash > ~/.local/share/bash-completion/completions/shuzhi"
)]
pub(super) struct Args {
    /// 哪种命令行：bash、zsh、fish、powershell、elvish
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn run(args: &Args, console: &mut Console) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command(), "shuzhi", &mut script);
    console.bytes(&script);
    Ok(Exit::Fine)
}
