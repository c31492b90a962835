//! 하이라이트: the mode in which text is chosen with the keyboard, and the highlights made of it.

use super::document::colour_key;
use super::keyboard_selection::{KeyboardSelection, Span};
use super::{Annotations, OpenArticle};
use crate::app::env::Env;
use crate::app::input::action::Action;
use crate::app::input::prompt::{many_lines, one_line};
use crate::app::panes::reader::words::look_up;
use crate::app::protocol::prefs::Purpose;
use crate::app::reply::{Intent, ReaderIntent, Reply};
use crate::news::{Annotation, Article, Highlight, Point, highlight};

/// Looks up the word at a place of the body.
fn look_up_from(article: &Article, from: Point) -> Reply {
    let texts = highlight::texts(article);
    let mut texts = texts.into_iter();
    let text = texts.find(|(block, item, _)| (*block, *item) == (from.block, from.item));
    text.map_or_else(Reply::none, |(_, _, text)| look_up(text, from.byte))
}

impl Annotations {
    /// Begins to choose text at `from`.
    pub fn begin_selection(&mut self, article: &Article, from: Point, env: &Env<'_>) -> Reply {
        self.selection = KeyboardSelection::begin(article, from);
        if self.selection.is_none() {
            return Reply::none().say(env.text("notice.nothing-to-mark"));
        }
        self.show_head()
    }

    /// Does an action while text is chosen; `None` where it means what it always means.
    pub fn on_selection(
        &mut self,
        action: Action,
        count: usize,
        open: &OpenArticle,
        env: &Env<'_>,
    ) -> Option<Reply> {
        let selection = self.selection.as_mut()?;
        if selection.go(&open.article, action, count) {
            return Some(self.show_head());
        }
        match action {
            Action::Stretch => selection.toggle_stretching(),
            Action::NextColour => return Some(self.recolour(&open.article)),
            Action::LookUp => {
                let (from, _) = selection.head();
                self.selection = None;
                return Some(look_up_from(&open.article, from));
            }
            Action::Open => return Some(self.highlight(open, env)),
            Action::Note => return Some(self.ask_highlight_note(open, env)),
            Action::Remove => return Some(self.remove_highlight(&open.article, env)),
            Action::NextMatch => return Some(self.select_highlight(true, env)),
            Action::PreviousMatch => return Some(self.select_highlight(false, env)),
            Action::Back | Action::Close | Action::Highlight => self.selection = None,
            // These would take the text away in which something is chosen; others, such as sizes
            // and undo, do not.
            Action::NextArticle
            | Action::PreviousArticle
            | Action::ShortNews
            | Action::Scrap
            | Action::FullText => {}
            _ => return None,
        }
        Some(Reply::none())
    }

    /// Brings the head of the selection into view.
    fn show_head(&self) -> Reply {
        let head = self.selection.as_ref().map(KeyboardSelection::head);
        head.map_or_else(Reply::none, |(from, until)| {
            Reply::none().intent(ReaderIntent::ShowSpan(from, until))
        })
    }

    /// The index, in the scrap's list, of the highlight in which the head of the selection begins.
    fn selected_index(&self) -> Option<usize> {
        let head = self.selection.as_ref()?.head();
        let holds = |h: &Highlight| h.from < head.1 && head.0 < h.until;
        let (index, _) = self.placed.iter().find(|(_, h)| holds(h))?;
        Some(*index)
    }

    /// The highlight in which the head of the selection begins.
    pub fn selected_highlight(&self) -> Option<&Highlight> {
        let scrap = self.scrap.as_ref()?;
        scrap.highlights.get(self.selected_index()?)
    }

    /// Keeps the selected text as a highlight. Text that is highlighted in the same colour already
    /// stays as it is.
    fn highlight(&mut self, open: &OpenArticle, env: &Env<'_>) -> Reply {
        let reply = match self.ensure_scrap(open, env) {
            Ok(reply) => reply,
            Err(reply) => return reply,
        };
        let (Some(selection), Some(scrap)) = (&mut self.selection, &self.scrap) else {
            return reply;
        };
        let (from, until) = selection.chosen();
        // Highlights are anchored in the copy; the page of today may be shown instead.
        let new = Highlight::of(&open.article, from, until, selection.colour())
            .and_then(|h| h.placed(&scrap.article));
        let Some(new) = new else {
            return reply.say(env.text("notice.not-in-copy"));
        };
        selection.choose((from, until));
        let colour = env.text(colour_key(selection.colour()));
        let all = highlight::with(&scrap.highlights, new, &scrap.article);
        if all == scrap.highlights {
            return reply;
        }
        reply
            .and(self.annotate(Annotation::Highlights(all), &open.article))
            .say(env.fill("notice.highlighted", &[("colour", &colour)]))
    }

    /// The next colour: of the selected highlight, else of the one to be made.
    fn recolour(&mut self, article: &Article) -> Reply {
        let index = self.selected_index();
        let Some(selection) = &mut self.selection else {
            return Reply::none();
        };
        let Some((index, scrap)) = index.zip(self.scrap.as_ref()) else {
            selection.set_colour(selection.colour().next());
            return Reply::none();
        };
        let mut all = scrap.highlights.clone();
        if let Some(highlight) = all.get_mut(index) {
            highlight.colour = highlight.colour.next();
            selection.set_colour(highlight.colour);
        }
        self.annotate(Annotation::Highlights(all), article)
    }

    /// Asks for a note on the selected text.
    fn ask_highlight_note(&self, open: &OpenArticle, env: &Env<'_>) -> Reply {
        if let Err(reply) = self.check(open, env) {
            return reply;
        }
        let note = self.selected_highlight().and_then(|h| h.note.as_deref());
        Reply::none().intent(Intent::Prompt(
            Purpose::HighlightNote,
            one_line(note.unwrap_or_default()),
        ))
    }

    /// The note on the selected text was typed. Text that is not highlighted yet becomes a
    /// highlight, unless the note is empty.
    pub fn highlight_note_typed(&mut self, text: &str, open: &OpenArticle, env: &Env<'_>) -> Reply {
        let note = Some(many_lines(text)).filter(|n| !n.is_blank());
        let made = match self.selected_index() {
            None if note.is_some() => self.highlight(open, env),
            _ => Reply::none(),
        };
        let Some((index, scrap)) = self.selected_index().zip(self.scrap.as_ref()) else {
            return made;
        };
        let mut all = scrap.highlights.clone();
        if let Some(highlight) = all.get_mut(index) {
            highlight.note = note;
        }
        if all == scrap.highlights {
            made
        } else {
            made.and(self.annotate(Annotation::Highlights(all), &open.article))
        }
    }

    /// Deletes the selected highlight.
    fn remove_highlight(&mut self, article: &Article, env: &Env<'_>) -> Reply {
        let Some((index, scrap)) = self.selected_index().zip(self.scrap.as_ref()) else {
            return Reply::none().say(env.text("notice.no-highlight"));
        };
        let mut all = scrap.highlights.clone();
        all.remove(index);
        self.annotate(Annotation::Highlights(all), article)
            .say(env.text("notice.highlight-removed"))
    }

    /// Selects the next highlight, or the one before, around the end.
    fn select_highlight(&mut self, onwards: bool, env: &Env<'_>) -> Reply {
        let Some(selection) = &mut self.selection else {
            return Reply::none();
        };
        let head = selection.head();
        let spans: Vec<Span> = self.placed.iter().map(|(_, h)| (h.from, h.until)).collect();
        let found = if onwards {
            spans.iter().find(|s| s.0 > head.0).or(spans.first())
        } else {
            spans.iter().rev().find(|s| s.0 < head.0).or(spans.last())
        };
        match found {
            Some(span) => {
                selection.choose(*span);
                self.show_head()
            }
            None => Reply::none().say(env.text("notice.no-highlight")),
        }
    }
}
