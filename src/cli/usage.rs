//! What was wrong with the command line, in Chinese, with a near miss.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::console::Console;
use super::{Exit, command};
use crate::diagnostic::did_you_mean;

/// Prints help or version as asked, or tells what was wrong.
pub(super) fn tell(error: &clap::Error, console: &mut Console) -> Exit {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            console.result(error.render().to_string().trim_end());
            return Exit::Fine;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand | ErrorKind::MissingSubcommand => {
            console.talk(error.render().to_string().trim_end());
            return Exit::Usage;
        }
        ErrorKind::InvalidSubcommand => {
            let typed = context(ContextKind::InvalidSubcommand);
            let command = command();
            let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
            format!("没有“{typed}”这个命令{}", did_you_mean(&typed, names))
        }
        ErrorKind::UnknownArgument => {
            let suggested = context(ContextKind::SuggestedArg);
            let hint = if suggested.is_empty() {
                String::new()
            } else {
                format!("，是否指“{suggested}”")
            };
            format!("没有“{argument}”这个选项{hint}")
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面缺少内容"),
        ErrorKind::InvalidValue => {
            let known = context(ContextKind::ValidValue);
            format!("{argument} 不能写“{value}”，可写：{known}")
        }
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string);
            format!("{argument} 不能写“{value}”：{}", reason.unwrap_or_default())
        }
        ErrorKind::ArgumentConflict => {
            format!("{argument} 与 {} 不能同时用", context(ContextKind::PriorArg))
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} 的个数不对")
        }
        _ => format!("命令写法有误 {argument}"),
    };
    console.talk(&format!("用法错误：{}\n看说明：shuzhi --help", message.trim_end()));
    Exit::Usage
}
