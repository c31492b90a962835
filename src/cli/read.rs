//! `gisa read`: an article row by row as the reader pane shows it.

use std::io::{self, IsTerminal as _};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::args::{ReadArgs, When};
use super::context::CommandContext;
use super::error::CommandError;
use super::output::{print, print_styled};
use crate::app::geometry::Screen;
use crate::app::panes::reader::short_news::short_news_document;
use crate::app::panes::typography::{labels, measure_for};
use crate::config::{Depth, Theme};
use crate::glyph::Room;
use crate::news::printable::Styling;
use crate::news::{Article, Summary, sample};
use crate::runtime::start::zone;
use crate::runtime::terminal::Tty;
use crate::runtime::terminal::detection::{canvas, caps, policy};
use crate::runtime::terminal::probe::Probe;
use crate::summary;
use crate::text::{Document, Layout, TextSize, WidthPolicy};
use crate::view::badges::Badges;
use crate::view::reader::draw_line;
use crate::view::style_resolver::StyleResolver;

/// Prints the first article of a source.
pub(super) fn run(args: &ReadArgs, context: &CommandContext) -> Result<(), CommandError> {
    let article = context.article(&args.source, None)?;
    let width = args
        .width
        .unwrap_or_else(|| terminal_width().min(context.config.reading.measure));
    let colour = match args.color {
        When::Always => true,
        When::Never => false,
        When::Auto => {
            io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        }
    };
    let summary = if args.short {
        Some(short(&article, args.agree, context)?)
    } else {
        None
    };
    let text = set(&article, context, width, args.size.into(), summary, colour);
    let styling = if colour {
        Styling::Styled
    } else {
        Styling::Plain
    };
    print_styled(&text, styling)?;
    context.report_problem(&article)
}

/// The page's own summary, else an extractive one.
fn short(
    article: &Article,
    agreed: bool,
    context: &CommandContext,
) -> Result<Summary, CommandError> {
    let count = context.config.summary.sentences.into();
    summary::page(article).map_or_else(|| super::short::local(article, count, agreed, context), Ok)
}

/// Prints the articles as plain text, for pipes, files and dumb terminals. Without sources, those
/// of the sample edition.
pub(super) fn plain(sources: &[String], context: &CommandContext) -> Result<(), CommandError> {
    let mut articles = Vec::new();
    for source in sources {
        articles.extend(context.articles(source, None)?);
    }
    if sources.is_empty() {
        articles = sample::edition();
    }
    let width = terminal_width().min(context.config.reading.measure);
    for (index, article) in articles.iter().enumerate() {
        if index > 0 {
            print("\n")?;
        }
        print(&set(article, context, width, TextSize::Normal, None, false))?;
    }
    Ok(())
}

/// The terminal's width in columns; 80 without a terminal.
pub(super) fn terminal_width() -> u16 {
    let Screen { width, .. } = Tty::size().unwrap_or(Screen {
        width: 80,
        height: 24,
    });
    if io::stdout().is_terminal() {
        width.max(2)
    } else {
        80
    }
}

fn set(
    article: &Article,
    context: &CommandContext,
    width: u16,
    size: TextSize,
    short: Option<Summary>,
    colour: bool,
) -> String {
    let document = if let Some(summary) = short {
        short_news_document(&summary, article.title.clone(), &context.words)
    } else {
        Document::article(article, &labels(&context.words, &zone()))
    };
    let probe = Probe::default();
    let policy = policy(&context.config, &probe);
    let canvas = canvas(&context.config, &probe);
    let measure = measure_for(
        &context.config,
        &caps(&context.config, &probe, canvas),
        policy,
        size,
        Room::endless(width),
    );
    let layout = Layout::new(document.into(), measure);
    let depth = if colour { Depth::Sixteen } else { Depth::None };
    let theme = Theme::named(if colour { "terminal" } else { "mono" });
    let styles = StyleResolver::new(&theme, depth, policy);
    let mut out = String::new();
    let mut at = Some(layout.first());
    while let Some(spot) = at {
        let Some(part) = layout.document().parts.get(spot.part) else {
            break;
        };
        let line = layout.line(spot);
        // A cluster wider than the column (an emoji drawn as its parts) is still shown whole.
        let columns = width.max(line.indent.saturating_add(line.width));
        let mut buf = Buffer::empty(Rect {
            x: 0,
            y: 0,
            width: columns,
            height: line.rows.max(1),
        });
        draw_line(
            &styles,
            &layout,
            (part, spot),
            buf.area,
            &mut buf,
            &Badges::default(),
            |style, _| style,
        );
        rows(&buf, policy, colour, &mut out);
        at = layout.next(spot);
    }
    out
}

/// Appends the rows of a buffer to `out`, without trailing blanks.
fn rows(buf: &Buffer, policy: WidthPolicy, colour: bool, out: &mut String) {
    for y in 0..buf.area.height {
        let mut row = String::new();
        let (mut x, mut shown) = (0, Style::default());
        while x < buf.area.width {
            let cell = &buf[(x, y)];
            let style = Style {
                add_modifier: cell.modifier,
                fg: Some(cell.fg),
                ..Style::default()
            };
            if colour && style != shown {
                row.push_str(&escape(style));
                shown = style;
            }
            row.push_str(cell.symbol());
            x += u16::try_from(policy.width(cell.symbol()))
                .unwrap_or(1)
                .max(1);
        }
        let kept = row.trim_end_matches(' ').len();
        row.truncate(kept);
        if colour && !row.is_empty() {
            row.push_str("\x1b[0m");
        }
        out.push_str(&row);
        out.push('\n');
    }
}

/// The escape sequence that resets all attributes and sets `style`.
fn escape(style: Style) -> String {
    let mut codes = vec!["0".to_owned()];
    let modifiers = [
        (Modifier::BOLD, "1"),
        (Modifier::DIM, "2"),
        (Modifier::ITALIC, "3"),
        (Modifier::UNDERLINED, "4"),
        (Modifier::REVERSED, "7"),
    ];
    codes.extend(
        modifiers
            .iter()
            .filter(|(m, _)| style.add_modifier.contains(*m))
            .map(|(_, c)| (*c).to_owned()),
    );
    let colour = match style.fg {
        Some(Color::Blue) => Some("34"),
        Some(Color::Yellow) => Some("33"),
        Some(Color::Red) => Some("31"),
        Some(Color::Green) => Some("32"),
        _ => None,
    };
    codes.extend(colour.map(str::to_owned));
    format!("\x1b[{}m", codes.join(";"))
}
