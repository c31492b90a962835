//! `gisa short` and `gisa sentences`.

use std::path::Path;
use std::time::Instant;

use serde_json::json;

use super::args::{Maker, Sentences, Short};
use super::context::Context;
use super::{Stop, print};
use crate::brief;
use crate::extract::decode::decode;
use crate::news::{Article, Block};
use crate::runtime::failures::of_io;

/// Prints the short news.
pub(super) fn run(args: &Short, context: &Context) -> Result<(), Stop> {
    let article = context.article(&args.source, None)?;
    let count = usize::from(args.sentences.unwrap_or(context.config.summary.sentences));
    let begun = Instant::now();
    let page = if args.with == Some(Maker::Local) { None } else { brief::page(&article) };
    let digest = page.unwrap_or_else(|| brief::digest(&article, count));
    let took = begun.elapsed().as_secs_f64() * 1000.0;
    let notice = context.words.get(if digest.whole { "brief.whole" } else { "brief.disclaimer-print" });
    if args.json {
        let shape = json!({
            "sentences": digest.sentences,
            "method": digest.method.to_string(),
            "disclaimer": notice,
            "took_ms": (took * 100.0).round() / 100.0,
        });
        return print(&shape.to_string());
    }
    let mut lines: Vec<String> = vec![article.title.to_string(), String::new()];
    lines.extend(digest.sentences.iter().enumerate().map(|(i, line)| format!("{}. {}", i + 1, line.text)));
    lines.extend([String::new(), notice.to_owned()]);
    print(&lines.join("\n"))
}

/// Prints the sentences.
pub(super) fn sentences(args: &Sentences, context: &Context) -> Result<(), Stop> {
    let article = if is_text(&args.source) { body(&args.source)? } else { context.article(&args.source, None)? };
    let sentences: Vec<String> = brief::sentences(&article).into_iter().map(|s| s.text.to_string()).collect();
    if args.json { print(&json!(sentences).to_string()) } else { print(&sentences.join("\n")) }
}

fn is_text(source: &str) -> bool {
    Path::new(source).extension().is_some_and(|e| e.eq_ignore_ascii_case("txt")) && Path::new(source).is_file()
}

/// A file as nothing but body text: each line that is not blank is a paragraph.
fn body(source: &str) -> Result<Article, Stop> {
    let bytes = std::fs::read(source).map_err(|e| of_io(&e, source))?;
    let text = decode(&bytes, None);
    let blocks = text.lines().filter(|l| !l.trim().is_empty()).map(Block::paragraph).collect();
    Ok(Article { blocks, ..Article::default() })
}
