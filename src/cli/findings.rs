//! The lines of a report of `gisa doctor`, as text and as JSON.

use serde_json::{Value, json};

use super::context::CommandContext;
use super::error::CommandError;
use super::output::print;
use crate::news::Clean;

/// One line of the report; `section` and `name` are keys of texts.
pub(super) struct Finding {
    pub(super) section: &'static str,
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) care: bool,
}

/// A line of the report.
pub(super) fn finding(
    section: &'static str,
    name: &'static str,
    value: impl Into<String>,
    care: bool,
) -> Finding {
    // Environment variables and file names may hold control characters.
    Finding {
        section,
        name,
        value: Clean::line(&value.into()).to_string(),
        care,
    }
}

/// Prints a report. The exit code is 1 where something needs attention.
pub(super) fn report(
    findings: &[Finding],
    is_json: bool,
    context: &CommandContext,
) -> Result<(), CommandError> {
    if is_json {
        print(&format!("{:#}", as_json(findings)))?;
    } else {
        print(&as_text(findings, context))?;
    }
    if findings.iter().any(|f| f.care) {
        Err(CommandError::Reported(1))
    } else {
        Ok(())
    }
}

fn as_json(findings: &[Finding]) -> Value {
    let rows = findings.iter().map(|f| {
        let tail = |key: &'static str| key.rsplit('.').next().unwrap_or(key);
        json!({
            "section": tail(f.section),
            "name": tail(f.name),
            "value": f.value,
            "care": f.care,
        })
    });
    Value::Array(rows.collect())
}

fn as_text(findings: &[Finding], context: &CommandContext) -> String {
    let words = &context.words;
    let mut lines = Vec::new();
    let mut section = "";
    for finding in findings {
        if finding.section != section {
            section = finding.section;
            lines.push(words.get(section).to_owned());
        }
        let mark = if finding.care { "!" } else { " " };
        let name = words.get(finding.name);
        let colon = if name.is_empty() { "" } else { ": " };
        lines.push(format!("{mark} {name}{colon}{}", finding.value));
    }
    lines.join("\n")
}
