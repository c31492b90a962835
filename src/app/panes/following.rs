//! Following a reporter or a series from an open article: a saved search for it.

use crate::app::env::Env;
use crate::app::input::action::Action;
use crate::app::jobs::PendingChange;
use crate::app::protocol::change::Change;
use crate::app::protocol::undo::Undo;
use crate::app::reply::{Intent, Reply};
use crate::news::{Article, Clean};

/// Shortest name of a series, in characters without spaces: shorter words in brackets are marks
/// such as `[속보]` or `[단독]`.
const SHORTEST_SERIES: usize = 5;

/// Saves a search for the reporter, or for the series, of the open article.
pub fn follow(action: Action, article: Option<&Article>, env: &Env<'_>) -> Reply {
    let Some(article) = article else {
        return Reply::none();
    };
    let found = match action {
        Action::FollowSeries => series_search(article),
        _ => author_search(article),
    };
    let Some((name, query)) = found else {
        let key = match action {
            Action::FollowSeries => "notice.no-series",
            _ => "notice.no-author",
        };
        return Reply::none().say(env.text(key));
    };
    Reply::none()
        .say(env.fill("notice.followed", &[("name", &name)]))
        .intent(Intent::Undoable(Undo::Saved(name.clone())))
        .intent(Intent::InvalidateSidebar)
        .change(Change::SaveSearch(name, query), PendingChange::Other)
}

/// Name and query of a search for the first author, in the same publisher: reporters of one name
/// write for several.
fn author_search(article: &Article) -> Option<(Clean, Clean)> {
    let author = article.bylines.iter().map(|byline| plain(&byline.name));
    let author = author.into_iter().find(|name| !name.is_empty())?;
    let publisher = article.publisher.as_deref().map(plain).unwrap_or_default();
    Some(match publisher.is_empty() {
        true => (
            Clean::line(&author),
            Clean::line(&format!("기자:\"{author}\"")),
        ),
        false => (
            Clean::line(&format!("{author} · {publisher}")),
            Clean::line(&format!("기자:\"{author}\" 언론사:\"{publisher}\"")),
        ),
    })
}

/// Name and query of a search for the series that the headline names in brackets.
fn series_search(article: &Article) -> Option<(Clean, Clean)> {
    let title = article.title.trim();
    let inner = [('[', ']'), ('<', '>'), ('〈', '〉'), ('【', '】')]
        .iter()
        .find_map(|(open, close)| title.strip_prefix(*open)?.split_once(*close))?
        .0;
    let series = plain(inner);
    let letters = series.chars().filter(|c| !c.is_whitespace()).count();
    (letters >= SHORTEST_SERIES).then(|| {
        (
            Clean::line(&series),
            Clean::line(&format!("제목:\"{series}\"")),
        )
    })
}

/// A name without what would end the quotation marks around it.
fn plain(name: &str) -> String {
    name.replace('"', "").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::Byline;

    fn article(title: &str, author: &str) -> Article {
        Article {
            title: Clean::line(title),
            publisher: Some(Clean::line("강물일보")),
            bylines: vec![Byline {
                name: Clean::line(author),
                ..Byline::default()
            }],
            ..Article::default()
        }
    }

    #[test]
    fn a_reporter_is_followed_in_the_same_paper_and_a_series_by_its_name() {
        let (name, query) = author_search(&article("가", "강나\"루")).unwrap();
        assert_eq!(&*name, "강나루 · 강물일보");
        assert_eq!(&*query, "기자:\"강나루\" 언론사:\"강물일보\"");
        assert!(author_search(&article("가", " ")).is_none());
        let series = |title: &str| series_search(&article(title, "")).map(|(_, q)| q.to_string());
        let named = series("[나는 이렇게 산다] 첫째 이야기");
        assert_eq!(named.as_deref(), Some("제목:\"나는 이렇게 산다\""));
        for mark in [
            "[속보] 가",
            "[단독]가",
            "가 [나는 이렇게 산다]",
            "[열린 괄호",
            "",
        ] {
            assert_eq!(series(mark), None, "{mark}");
        }
    }
}
