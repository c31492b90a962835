//! The row below an article, which leads on from it as the foot of its page does. It can be
//! clicked, and its words have letters where links have them.

use crate::app::input::action::Action;
use crate::config::Words;
use crate::news::Clean;
use crate::text::{Part, PartLink, PartRole, PartSource};

/// What the row offers: the action, and the locale key of its name.
const WAYS: [(Action, &str); 5] = [
    (Action::PublisherHome, "foot.home"),
    (Action::MostRead, "foot.most-read"),
    (Action::Issues, "foot.issues"),
    (Action::First, "foot.top"),
    (Action::NextArticle, "foot.next"),
];

/// The row, as a part of the article's document.
pub fn part(words: &Words) -> Part {
    let (mut text, mut links) = (String::new(), Vec::new());
    for (action, key) in WAYS {
        if !text.is_empty() {
            text.push_str(" · ");
        }
        let start = text.len();
        text.push_str(words.get(key));
        links.push(PartLink {
            range: start..text.len(),
            url: Clean::line(action.name()),
        });
    }
    Part {
        links,
        ..Part::new(PartRole::Foot, Clean::line(&text), PartSource::Other)
    }
}

/// The action of the word at `byte` of the row; `None` in any other part, whatever its links say.
pub fn action_at(part: &Part, byte: usize) -> Option<Action> {
    if part.role != PartRole::Foot {
        return None;
    }
    let link = part.links.iter().find(|link| link.range.contains(&byte))?;
    Action::named(&link.url)
}
