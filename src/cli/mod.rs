//! The command line: the only place that knows terminal, clock, environment and files.
//!
//! One file per verb, each with its arguments and a `run` that returns an exit code. Results go
//! to standard output, talk to standard error.
#![expect(clippy::disallowed_methods, reason = "the edge: files, clock and arguments are here")]

mod check;
mod completions;
mod console;
mod data;
mod explain;
mod files;
mod form;
mod generate;
mod init;
mod load;
mod pictures;
mod store;
mod template;
mod usage;

use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use console::Console;

use crate::batch::Exit;

/// Set to end a run after the papers in hand.
static STOP: AtomicBool = AtomicBool::new(false);

#[derive(Debug, Parser)]
#[command(
    name = "shuzhi",
    version,
    about = "述职·数智：把履责台账和检查发现变成排好版的 Word 材料",
    long_about = "述职·数智：把单位的履责情况、检查发现台账（Excel）变成排好版的自查报告等 Word 材料。\n\
                  不联网；材料里每一句都来自您录入的行，缺的写成【待填】，您手改过的文件不会被覆盖。",
    after_help = "例：\n  shuzhi init 我的材料              建好空白工作簿\n  \
                  shuzhi check 我的材料             查数据\n  \
                  shuzhi generate 我的材料 --out 输出  生成材料\n  \
                  shuzhi explain L101              解释一条提示",
    disable_help_subcommand = true,
    arg_required_else_help = true
)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// 建一个可以直接开工的文件夹：三本空白工作簿和模板文件夹
    Init(init::Args),
    /// 查台账：读表、对照责任清单、试生成，把要改的一次列全
    Check(check::Args),
    /// 生成材料
    Generate(generate::Args),
    /// 模板：列出、查字段、导出成 Word、查毛病
    Template(template::Args),
    /// 看某一步的数据（单元格、台账、评估、字段、出处）
    Data(data::Args),
    /// 解释一条提示的编号
    Explain(explain::Args),
    /// 把文本表写成 Excel 工作簿
    Form(form::Args),
    /// 输出命令行补全脚本
    Completions(completions::Args),
}

/// The command with Chinese headings throughout, its subcommands too.
fn command() -> clap::Command {
    chinese(Arguments::command(), "")
}

fn chinese(command: clap::Command, above: &str) -> clap::Command {
    const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}\n";
    let command = command
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .disable_help_flag(true)
        .arg(
            clap::Arg::new("help")
                .short('h')
                .long("help")
                .action(clap::ArgAction::Help)
                .help("显示本说明")
                .help_heading("选项")
                .display_order(900),
        );
    let command = if command.get_version().is_some() {
        command.disable_version_flag(true).arg(
            clap::Arg::new("version")
                .short('V')
                .long("version")
                .action(clap::ArgAction::Version)
                .help("显示版本")
                .help_heading("选项")
                .display_order(901),
        )
    } else {
        command
    };
    let path = format!("{above} {}", command.get_name()).trim_start().to_owned();
    let mut usage =
        if command.has_subcommands() { path.clone() } else { format!("{path} [选项]") };
    for arg in command.get_positionals() {
        let name = arg.get_value_names().and_then(|names| names.first()).map_or("", |n| n.as_str());
        let many = if arg.get_action().takes_values()
            && arg.get_num_args().is_some_and(|n| n.max_values() > 1)
        {
            "…"
        } else {
            ""
        };
        let (open, close) = if arg.is_required_set() { ("<", ">") } else { ("[", "]") };
        usage.push_str(&format!(" {open}{name}{close}{many}"));
    }
    if command.has_subcommands() {
        usage.push_str(" <命令>");
    }
    command
        .override_usage(usage)
        .mut_args(|arg| {
            let takes = arg.get_action().takes_values();
            let arg =
                if takes { arg.hide_default_value(true).hide_possible_values(true) } else { arg };
            if arg.get_help_heading().is_some() {
                return arg;
            }
            let heading = if arg.is_positional() { "参数" } else { "选项" };
            arg.help_heading(heading)
        })
        .mut_subcommands(|below| chinese(below, &path))
}

/// Parses the arguments, runs one verb, returns its exit code.
pub fn main() -> ExitCode {
    let mut console = Console::new();
    let arguments = match command()
        .try_get_matches_from(std::env::args_os())
        .and_then(|matches| Arguments::from_arg_matches(&matches))
    {
        Ok(arguments) => arguments,
        Err(error) => return ExitCode::from(usage::tell(&error, &mut console) as u8),
    };
    // A panic is our bug: it is told as one, in Chinese, and never as a bare backtrace.
    std::panic::set_hook(Box::new(|_| {}));
    let run = std::panic::AssertUnwindSafe(|| run(arguments, &mut console));
    let exit = match std::panic::catch_unwind(run) {
        Ok(Ok(exit)) => exit,
        Ok(Err(error)) => console.trouble(&error),
        Err(panic) => {
            let words = panic
                .downcast_ref::<String>()
                .map(String::as_str)
                .or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or_default();
            console.talk(&format!(
                "内部错误：这是程序的缺陷，不是您的数据有误。没有写坏任何文件。\n\
                 请把版本号 {} 和这一行报给维护者：{words}",
                env!("CARGO_PKG_VERSION")
            ));
            Exit::Internal
        }
    };
    let exit = match console.close() {
        Ok(()) => exit,
        Err(error) => {
            console.talk(&format!("错误：结果没有写全，磁盘满了或写不进去：{error}"));
            exit.max(Exit::Files)
        }
    };
    ExitCode::from(exit as u8)
}

fn run(arguments: Arguments, console: &mut Console) -> anyhow::Result<Exit> {
    match arguments.verb {
        Verb::Init(args) => init::run(&args, console),
        Verb::Check(args) => check::run(&args, console),
        Verb::Generate(args) => generate::run(&args, console),
        Verb::Template(args) => template::run(&args, console),
        Verb::Data(args) => data::run(&args, console),
        Verb::Explain(args) => explain::run(&args, console),
        Verb::Form(args) => form::run(&args, console),
        Verb::Completions(args) => completions::run(&args, console),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_is_well_formed() {
        super::command().debug_assert();
    }
}
