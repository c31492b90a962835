//! Words found in the open article: what was typed for, or what the list is filtered by.

use super::reader::{FindState, Reader, Showing};
use super::sheet::PartRange;
use crate::app::env::Env;
use crate::news::{Query, Scope};

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
        self.find = hits(self, &query).map(|(hits, at)| FindState {
            hits,
            at,
            from_list: false,
        });
        self.go_to_hit(env.text_rows());
    }

    /// Forgets the words that were searched for.
    pub fn forget_found(&mut self) {
        self.find = None;
    }

    /// Whether words were searched for and are not there.
    pub fn found_nothing(&self) -> bool {
        self.find.as_ref().is_some_and(|f| f.hits.is_empty())
    }

    /// Lights in the article what the list is filtered by; the text stays where it is.
    pub fn light_matches(&mut self, query: Option<&Query>) {
        if self.find.as_ref().is_some_and(|find| !find.from_list) {
            return;
        }
        let found = query.and_then(|query| hits(self, query));
        let found = found.filter(|(hits, _)| !hits.is_empty());
        let is_lit = |hits: &Vec<PartRange>| self.find.as_ref().is_some_and(|f| f.hits == *hits);
        if found.as_ref().is_some_and(|(hits, _)| is_lit(hits)) {
            return;
        }
        // The next hit is the one from the top line on.
        self.find = found.map(|(hits, at)| FindState {
            at: (at + hits.len() - 1) % hits.len(),
            hits,
            from_list: true,
        });
    }
}

/// Where the words of `query` stand in the article, and which of them is the first from the top
/// line on.
fn hits(reader: &Reader, query: &Query) -> Option<(Vec<PartRange>, usize)> {
    let body = reader.body.as_ref()?;
    let parts = body.layout.document().parts.iter().enumerate();
    let hits: Vec<PartRange> = parts
        .flat_map(|(part, p)| {
            query
                .spans(&p.text, Scope::Anywhere)
                .into_iter()
                .map(move |bytes| PartRange { part, bytes })
        })
        .collect();
    let top = body.layout.anchor(body.top);
    let at = hits
        .iter()
        .position(|h| (h.part, h.bytes.end) > (top.part, top.byte))
        .unwrap_or(0);
    Some((hits, at))
}
