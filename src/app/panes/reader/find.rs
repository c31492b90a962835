//! Searching the open article for words, and going from one to the next.

use super::Reader;
use super::hits::FindState;
use super::sheet::Sheet;
use crate::app::env::Env;
use crate::app::panes::showing::Showing;
use crate::news::Query;

impl Reader {
    /// Lights these words in the article and goes to the first one from the top line on.
    pub fn find_words(&mut self, text: &str, env: &Env<'_>) {
        self.find = None;
        self.showing = Showing::Body;
        let phrase = format!("\"{}\"", text.replace('"', " ").trim());
        let query = Query::parse(&phrase, &env.now()).ok();
        let Some(query) = query.filter(|_| !text.trim().is_empty()) else {
            return;
        };
        let body = self.body.as_ref();
        self.find = body.map(|body| FindState::typed(body, &query));
        self.go_to_hit(env.text_rows());
    }

    /// Remembers what is shown, since a search goes to what it finds while it is typed.
    pub fn begin_find(&mut self) {
        let top = self.body.as_ref().map(Sheet::top_anchor);
        self.before_find = Some((self.showing, top, self.find.clone()));
    }

    /// Shows what was there before the search was begun.
    pub fn leave_find(&mut self) {
        self.find = None;
        let Some((showing, top, find)) = self.before_find.take() else {
            return;
        };
        (self.showing, self.find) = (showing, find);
        if let (Some(top), Some(body)) = (top, self.body.as_mut()) {
            body.put_anchor(top);
        }
    }

    /// Whether words were searched for and are not there.
    pub fn found_nothing(&self) -> bool {
        self.find.as_ref().is_some_and(|f| f.hits().is_empty())
    }

    /// Lights in the article what the list is filtered by; the text stays where it is.
    pub fn light_matches(&mut self, query: Option<&Query>) {
        if self.find.as_ref().is_some_and(|find| !find.is_from_list()) {
            return;
        }
        let found = query
            .zip(self.body.as_ref())
            .and_then(|(query, body)| FindState::of_list(body, query));
        let is_lit = |new: &FindState| {
            let lit = self.find.as_ref();
            lit.is_some_and(|lit| lit.hits() == new.hits())
        };
        if !found.as_ref().is_some_and(is_lit) {
            self.find = found;
        }
    }

    /// Goes on by `steps` found words, around the end; gives whether there are any.
    pub fn next_hit(&mut self, steps: isize, rows: u16) -> bool {
        let is_there = self.find.as_mut().is_some_and(|find| find.step(steps));
        if is_there {
            self.go_to_hit(rows);
        }
        is_there
    }

    /// Brings the found word that is looked at into view.
    fn go_to_hit(&mut self, rows: u16) {
        let anchor = self.find.as_ref().and_then(FindState::anchor);
        if let (Some(anchor), Some(body)) = (anchor, self.body.as_mut()) {
            self.showing = Showing::Body;
            body.show(anchor, rows);
        }
    }
}
