//! Whether a fetched page is the article that a feed lists: a login page of a hotel, a notice of
//! consent or a front page answers under any address, and is no article of the feed.

use std::collections::HashSet;

use crate::news::Article;
use crate::news::hangul::is_alphabetic;

/// Smallest share of the headline's units that the page has. Of 719 articles, the median of the
/// share is 0.8, and 0.05 for the headline of another article; 2 in 100 of either are on the wrong
/// side. The page's own headline is counted too, so that almost no article is refused.
const HEADLINE_PERCENT: usize = 30;

/// Smallest share of the feed's text. Summaries written by hand share 0.4 or more with their
/// article, the beginning of another article 0.4 or less.
const TEXT_PERCENT: usize = 40;

/// Fewest units of a feed's text that say something: "Comments" and "Read more" don't.
const TELLING: usize = 8;

/// Most bytes of the feed's text that are compared.
const BEGINNING: usize = 4 << 10;

/// Whether `page` shares headline or text with the `held` article. An article with neither can't be
/// compared, and then any page will do.
pub(super) fn is_same_article(page: &Article, held: &Article) -> bool {
    let mut headline = HashSet::new();
    add_units(&held.title, &mut headline);
    let mut text = HashSet::new();
    let mut bytes = 0;
    for words in held.blocks.iter().map(|block| block.plain()) {
        add_units(&words, &mut text);
        bytes += words.len();
        if bytes >= BEGINNING {
            break;
        }
    }
    let has_text = text.len() >= TELLING;
    if headline.is_empty() && !has_text {
        return true;
    }
    let mut found = HashSet::new();
    add_units(&page.title, &mut found);
    for line in &page.subheads {
        add_units(line, &mut found);
    }
    for block in &page.blocks {
        add_units(&block.plain(), &mut found);
    }
    let shares = |wanted: &HashSet<Unit>, percent: usize| {
        !wanted.is_empty() && wanted.intersection(&found).count() * 100 >= wanted.len() * percent
    };
    shares(&headline, HEADLINE_PERCENT) || has_text && shares(&text, TEXT_PERCENT)
}

/// The first letters of a word of an alphabet, so that its endings don't matter; of other scripts
/// two neighbouring letters, since words there have particles or no blanks between them.
type Unit = [char; STEM];

const STEM: usize = 5;
/// Shorter words of an alphabet are mostly articles and prepositions.
const SHORTEST: usize = 4;
const NONE: char = '\0';

fn add_units(text: &str, units: &mut HashSet<Unit>) {
    let (mut word, mut letters) = ([NONE; STEM], 0);
    let mut before = None;
    let blank = std::iter::once(' ');
    for c in text.chars().flat_map(char::to_lowercase).chain(blank) {
        let is_letter = is_alphabetic(c);
        let is_of_alphabet = is_letter && c < '\u{590}';
        if is_of_alphabet {
            if let Some(place) = word.get_mut(letters) {
                *place = c;
            }
            letters += 1;
        } else {
            if letters >= SHORTEST {
                units.insert(word);
            }
            (word, letters) = ([NONE; STEM], 0);
        }
        let other = Some(c).filter(|_| is_letter && !is_of_alphabet);
        if let (Some(first), Some(second)) = (before, other) {
            units.insert([first, second, NONE, NONE, NONE]);
        }
        before = other;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::{Block, Clean};

    fn article(title: &str, text: &str) -> Article {
        Article {
            title: Clean::line(title),
            blocks: if text.is_empty() {
                Vec::new()
            } else {
                vec![Block::paragraph(text)]
            },
            ..Article::default()
        }
    }

    #[test]
    fn a_page_that_shares_neither_headline_nor_text_is_another() {
        let login = article(
            "Sign in to the network",
            "Please accept the terms of use and enter your room number. The internet can be used \
             for twenty-four hours after that.",
        );
        let consent = article(
            "쿠키 사용에 동의해 주세요",
            "더 나은 서비스를 위해 쿠키를 씁니다. 동의하지 않으면 일부 기능을 쓸 수 없습니다.",
        );
        for held in [
            article(
                "Harbour bridge opens",
                "The mayor opened the bridge on Monday morning.",
            ),
            article(
                "항구 다리 열려",
                "시장은 월요일 아침 다리를 열었다고 시청이 전했다.",
            ),
            article("항구 다리 열려", ""),
            article("Harbour bridge opens", ""),
            article("", "시장은 월요일 아침 다리를 열었다고 시청이 전했다."),
            article("港の橋が開通", ""),
        ] {
            assert!(!is_same_article(&login, &held), "{held:?}");
            assert!(!is_same_article(&consent, &held), "{held:?}");
        }
    }

    #[test]
    fn a_rewritten_headline_or_a_headline_alone_is_enough() {
        let page = article(
            "시민 숙원 이뤄졌다",
            "시장은 월요일 아침 항구의 다리를 열었다. 공사에는 삼 년이 걸렸고 시민들이 건넜다.",
        );
        for held in [
            article("드디어 개통", "시장은 월요일 아침 항구의 다리를 열었다고…"),
            article("[속보] 항구 다리 열려", ""),
            article("시민 숙원 이뤄졌다", "기사 보기"),
            article("", "댓글"),
            article("12.3", ""),
        ] {
            assert!(is_same_article(&page, &held), "{held:?}");
        }
        let page = article(
            "A crossing at last",
            "On Monday the mayor opened Harbour Bridge.",
        );
        for held in [
            article("Bridge over harbour opened", "Comments"),
            article(
                "At last!",
                "The mayor has opened the bridge of the harbour on a Monday, after three years; a crossing",
            ),
        ] {
            assert!(is_same_article(&page, &held), "{held:?}");
        }
    }
}
