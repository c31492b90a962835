//! Texts of which only the beginning is given: a feed's cut lead, or what a paywall shows. This is
//! the one place that says whether a text is cut, and where.
//!
//! A cut text says so by a mark at its end (`…`, `[...]`, `더보기`, `Read more`), or it stops within a
//! sentence. The latter is believed of a short text only, as descriptions in feeds are: a long one
//! may end with a line that is no sentence.

use std::sync::LazyLock;

use super::{Article, Block, ExtractionMethod, Problem, word_list};

const WORDS: &str = include_str!("../../assets/words/cut_marks.txt");

static MORE: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "more"));
static ORIGINAL: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "original"));
static ADDED_BEGINNINGS: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "added beginnings"));
static ADDED_PARTS: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "added parts"));
static CREDIT_BEGINNINGS: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "credit beginnings"));
static CREDIT_ENDS: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "credit ends"));
static CREDIT_SIGNS: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "credit signs"));

/// Most characters of a text that is taken for a description. Of the feeds that cut without a mark,
/// most do so after 100 to 500.
const DESCRIPTION: usize = 1000;
/// Fewest columns (two for a syllable) of a text without any end of a sentence that is taken for
/// the beginning of one, and not for a label.
const LABEL: usize = 100;
/// Fewest words of such a text.
const LABEL_WORDS: usize = 8;
/// Most ellipses in a text of which the last says that it is cut; one of four dots counts twice.
const MOST_ELLIPSES: usize = 2;
/// Most characters of the words after the last sentence that can be a credit.
const CREDIT: usize = 40;

/// Where the words of a cut text end, before the mark that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CutEnd {
    /// Index of the block; what stands in the blocks after it says only that there is more.
    pub block: usize,
    /// Index of the item in a list; 0 for other blocks.
    pub item: usize,
    /// The byte of its text after the last word.
    pub byte: usize,
    /// Whether it ends within a sentence.
    pub is_mid_sentence: bool,
}

impl Article {
    /// Whether only the beginning of the text is there.
    pub fn is_cut(&self) -> bool {
        self.cut_end().is_some()
    }

    /// Where the beginning ends, if only that is there.
    pub fn cut_end(&self) -> Option<CutEnd> {
        let is_known = self.extraction.cut || self.extraction.problem == Some(Problem::Paywall);
        if !is_known && !may_be_cut(&self.extraction.method) {
            return None;
        }
        let length: usize = self.blocks.iter().map(|b| b.plain().chars().count()).sum();
        let mut is_marked = is_known;
        for (block, it) in self.blocks.iter().enumerate().rev() {
            let (item, text) = match it {
                Block::Image { .. } | Block::Embed { .. } => continue,
                Block::Paragraph { text, .. } | Block::Quote { text, .. } => (0, text),
                Block::List { items, .. } => (items.len().checked_sub(1)?, items.last()?),
                Block::Heading { text, .. } | Block::Code { text } if is_known => (0, text),
                Block::Heading { .. } | Block::Table { .. } | Block::Code { .. } => return None,
            };
            if text.is_blank() || is_added(text) {
                continue;
            }
            let end = TextEnd::before_link(it, text);
            is_marked |= match end.mark {
                CutMark::None => false,
                CutMark::Dots => length <= DESCRIPTION && !self.is_full_of_ellipses(),
                CutMark::Likely => length <= DESCRIPTION,
                CutMark::Sure => true,
            };
            if end.byte == 0 {
                continue;
            }
            let is_mid_sentence = !ends_sentence(&text[..end.byte]);
            let is_prose = matches!(it, Block::Paragraph { .. } | Block::Quote { .. });
            let stops = || {
                let is_short = is_prose && is_mid_sentence && length <= DESCRIPTION;
                is_short && !self.is_post() && !ends_with_link(it) && is_broken_off(text)
            };
            let is_cut = is_marked || stops();
            return is_cut.then_some(CutEnd {
                block,
                item,
                byte: end.byte,
                is_mid_sentence,
            });
        }
        None
    }

    /// Whether it is a post without a headline, of which the first words serve as one. Posts often
    /// end without a full stop.
    fn is_post(&self) -> bool {
        let title = self.title.trim_end_matches('…');
        !title.is_empty() && self.text().starts_with(title)
    }

    /// Whether the author ends sentences with an ellipsis, as in letters and diaries: then the last
    /// one is the author's as well.
    fn is_full_of_ellipses(&self) -> bool {
        let text = self.text();
        let dots = text.matches("..").count();
        let signs = text.matches('…').count();
        dots + signs > MOST_ELLIPSES
    }
}

/// Whether the block ends with a link: words to click on are no sentence (`Download it here`).
fn ends_with_link(block: &Block) -> bool {
    let Block::Paragraph { text, links, .. } = block else {
        return false;
    };
    let length = text.chars().count();
    links.iter().any(|link| link.end >= length)
}

/// Whether a text that was had in this way may be the beginning alone: a page's may not.
fn may_be_cut(method: &ExtractionMethod) -> bool {
    matches!(
        method,
        ExtractionMethod::Feed
            | ExtractionMethod::Section
            | ExtractionMethod::Json
            | ExtractionMethod::Unknown
    )
}

/// Whether a text ends with words or with an ellipsis in brackets that say that there is more.
pub fn has_cut_mark(text: &str) -> bool {
    let mut lines = text.lines().rev().filter(|l| !l.trim().is_empty());
    lines
        .find(|line| !is_added(line))
        .is_some_and(|line| TextEnd::of(line).mark == CutMark::Sure)
}

/// What a text ends with, from the weakest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum CutMark {
    /// A word, or the end of a sentence.
    None,
    /// An ellipsis, which may be the author's.
    Dots,
    /// Words that lead to the original, which may say the same.
    Likely,
    /// Words that say that there is more, or an ellipsis in brackets.
    Sure,
}

/// The end of a text.
struct TextEnd {
    /// The byte after its last word, without the marks.
    byte: usize,
    mark: CutMark,
}

impl TextEnd {
    /// The end of `text`, that of `block`, where a link that says that there is more may stand
    /// right behind the words: `공사비 312억 원은 시와더보기`.
    fn before_link(block: &Block, text: &str) -> Self {
        let whole = Self::of(text);
        let Block::Paragraph { links, .. } = block else {
            return whole;
        };
        let length = text.chars().count();
        let last = links.iter().find(|link| link.end >= length);
        let Some((start, _)) = last.and_then(|link| text.char_indices().nth(link.start)) else {
            return whole;
        };
        let label = Self::of(&text[start..]);
        if label.byte > 0 || label.mark < CutMark::Likely {
            return whole;
        }
        let end = Self::of(&text[..start]);
        Self {
            byte: end.byte,
            mark: end.mark.max(label.mark),
        }
    }

    fn of(text: &str) -> Self {
        let mut rest = text.trim_end();
        let mut mark = CutMark::None;
        while let Some((shorter, found)) = without_words(rest, &MORE, CutMark::Sure)
            .or_else(|| without_words(rest, &ORIGINAL, CutMark::Likely))
            .or_else(|| without_count(rest))
            .or_else(|| without_ellipsis(rest))
        {
            rest = shorter.trim_end();
            mark = mark.max(found);
        }
        Self {
            byte: rest.len(),
            mark,
        }
    }
}

/// Signs around the words that say that there is more.
fn is_ornament(c: char) -> bool {
    c.is_whitespace() || "[](){}<>〈〉《》【】«»‹›→⇒➔➜▶►▷>·|:-–—+".contains(c)
}

/// `text` without the one of `phrases` at its end, which means `mark`.
fn without_words<'t>(text: &'t str, phrases: &[&str], mark: CutMark) -> Option<(&'t str, CutMark)> {
    let bare = text.trim_end_matches(|c| is_ornament(c) || matches!(c, '.' | '…'));
    phrases.iter().find_map(|more| {
        let at = bare.len().checked_sub(more.len())?;
        let (before, end) = (bare.get(..at)?, bare.get(at..)?);
        let kept = before.trim_end_matches(is_ornament);
        let begins = kept.len() < before.len()
            || kept.is_empty()
            || kept.ends_with(|c: char| !c.is_alphanumeric());
        (end.to_lowercase() == *more && begins).then_some((kept, mark))
    })
}

/// `text` without an ellipsis at its end, in brackets or not. Of four full stops and more, the
/// first is that of the sentence.
fn without_ellipsis(text: &str) -> Option<(&str, CutMark)> {
    let inner = text.trim_end_matches([']', ')', '}', '>']).trim_end();
    let kept = inner.trim_end_matches(['…', '⋯', '‥', '.', '·']);
    let mark = &inner[kept.len()..];
    let dots = mark.chars().filter(|c| matches!(c, '.' | '·')).count();
    let signs = mark.chars().count() - dots;
    if signs == 0 && dots < 2 {
        return None;
    }
    let is_stop_first = mark
        .strip_prefix('.')
        .is_some_and(|more| dots >= 4 || !more.starts_with('.'));
    let bare = kept.trim_end();
    let outside = bare.trim_end_matches(['[', '(', '{', '<']);
    Some(if outside.len() < bare.len() && inner.len() < text.len() {
        (outside, CutMark::Sure)
    } else if is_stop_first {
        (&inner[..=kept.len()], CutMark::Dots)
    } else {
        (kept, CutMark::Dots)
    })
}

/// `text` without a count of what is missing, as some services put it: `[+2817 chars]`.
fn without_count(text: &str) -> Option<(&str, CutMark)> {
    let (kept, count) = text.strip_suffix(" chars]")?.rsplit_once("[+")?;
    let is_count = count.chars().all(|c| c.is_ascii_digit());
    is_count.then_some((kept, CutMark::Sure))
}

/// Whether the line was added by the feed's software and says nothing of the text.
fn is_added(line: &str) -> bool {
    let lower = line.trim_start().to_lowercase();
    ADDED_BEGINNINGS.iter().any(|b| lower.starts_with(b))
        && ADDED_PARTS.iter().any(|p| lower.contains(p))
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '。' | '！' | '？' | '．' | '｡')
}

fn is_closer(c: char) -> bool {
    "\"'”’」』》〉)]}）］】".contains(c)
}

/// Whether the words end as a sentence does.
fn ends_sentence(text: &str) -> bool {
    let bare = text.trim_end_matches(|c| is_closer(c) || c == ' ');
    bare.ends_with(is_terminator)
}

/// Whether a text without a mark at its end stops within a sentence.
fn is_broken_off(text: &str) -> bool {
    let text = text.trim_end();
    let line = text.lines().next_back().unwrap_or_default();
    let is_open = |c: char| c.is_alphanumeric() || ",、，·‘“「『(".contains(c);
    if !line.ends_with(is_open) {
        return false;
    }
    // Korean reports often end their last sentence without a full stop.
    if line.ends_with(['다', '요', '죠', '음', '함', '됨', '임']) {
        return false;
    }
    let last = line.rmatch_indices(is_terminator).find(|(at, mark)| {
        let after = &line[at + mark.len()..];
        let after = after.trim_start_matches(is_closer);
        after.starts_with(char::is_whitespace) || !mark.is_ascii()
    });
    let Some((at, mark)) = last else {
        return is_long_phrase(line);
    };
    let fragment = line[at + mark.len()..].trim_start_matches(|c| is_closer(c) || c == ' ');
    let lower = fragment.to_lowercase();
    let has_credit = CREDIT_BEGINNINGS.iter().any(|w| lower.starts_with(w))
        || CREDIT_ENDS.iter().any(|w| lower.ends_with(w))
        || CREDIT_SIGNS.iter().any(|w| lower.contains(w));
    let last_word = fragment.split_whitespace().next_back().unwrap_or_default();
    let is_number = last_word.contains('-') && last_word.contains(|c: char| c.is_ascii_digit());
    let is_credit = has_credit && fragment.chars().count() <= CREDIT;
    !(is_number || is_credit)
}

/// Whether words without any end of a sentence are the beginning of one, and not a label or a list
/// of tags.
fn is_long_phrase(line: &str) -> bool {
    let columns: usize = line.chars().map(|c| 1 + usize::from(c >= '\u{1100}')).sum();
    let words = line.split_whitespace().count();
    let commas = line.matches([',', '·', '|', '/', '#']).count();
    columns >= LABEL && words >= LABEL_WORDS && commas * 3 < words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::{Clean, Extraction, Link};

    fn article(method: ExtractionMethod, texts: &[&str]) -> Article {
        Article {
            title: Clean::line("한내강 보행 다리, 내년 봄에 놓는다"),
            blocks: texts.iter().map(|t| Block::paragraph(t)).collect(),
            extraction: Extraction {
                method,
                ..Extraction::default()
            },
            ..Article::default()
        }
    }

    /// Makes the last characters, this many, of the only paragraph a link.
    fn link_end(article: &mut Article, count: usize) {
        if let Block::Paragraph { text, links, .. } = &mut article.blocks[0] {
            let end = text.chars().count();
            links.push(Link {
                start: end - count,
                end,
                url: Clean::line("https://river.example/bridge"),
            });
        }
    }

    /// The words of a feed's text before the cut, and whether they end within a sentence.
    fn cut<'t>(texts: &[&'t str]) -> Option<(&'t str, bool)> {
        let end = article(ExtractionMethod::Feed, texts).cut_end()?;
        Some((&texts[end.block][..end.byte], end.is_mid_sentence))
    }

    const WHOLE: &str = "가람시는 한내강에 보행 다리를 놓는다고 3일 밝혔다.";

    #[test]
    fn marks_of_all_kinds_are_found_and_the_words_before_them() {
        let within = format!("{WHOLE} 공사비 312억 원은 시와");
        for mark in [
            "…",
            " …",
            "...",
            "....",
            " […]",
            "[...]",
            " (...)",
            "⋯",
            "··",
            "… 더보기",
            "... [더 보기]",
            "… <전문보기>",
            "… 기사 계속 읽기 ▶",
            "…Read more »",
            " Read More",
            " [Continue reading →]",
            "... (See More)",
            "… 続きを読む",
            "[+2817 chars]",
            " … [+41 chars]",
        ] {
            // Four dots are a full stop and an ellipsis.
            let is_whole = mark == "....";
            let text = format!("{within}{mark}");
            let words = if is_whole {
                format!("{within}.")
            } else {
                within.clone()
            };
            assert_eq!(cut(&[&text]), Some((&*words, !is_whole)), "{mark}");
            let text = format!("{WHOLE}{mark}");
            let (words, is_mid) = cut(&[&text]).unwrap();
            assert!(
                !is_mid && words.starts_with(WHOLE.trim_end_matches('.')),
                "{mark}: {words}"
            );
        }
        let mut glued = article(ExtractionMethod::Feed, &[&format!("{within}더보기")]);
        link_end(&mut glued, 3);
        let end = glued.cut_end().unwrap();
        assert_eq!((end.byte, end.is_mid_sentence), (within.len(), true));
        let lines = ["Read more", "더보기", "[…]", "…", "전문 보기 >"];
        for line in lines {
            assert_eq!(cut(&[WHOLE, line]), Some((WHOLE, false)), "{line}");
            assert_eq!(cut(&[&within, line]), Some((&*within, true)), "{line}");
        }
        let added = "The post 한내강 다리 appeared first on 가람일보.";
        assert_eq!(
            cut(&[&format!("{within} […]"), added]).map(|c| c.1),
            Some(true)
        );
        assert_eq!(cut(&[WHOLE, added]), None);
    }

    #[test]
    fn a_description_that_stops_within_a_sentence_is_cut() {
        let long = "가람시가 한내강을 건너는 보행 다리를 내년 봄에 놓기 시작해 이듬해 가을에 여는 것을 목표로 시공할 회사를 이달 안에 고르기로";
        for text in [
            &format!("{WHOLE} 다리는 길이 420m로 이듬해 문을 열며 이어지는"),
            &format!("{WHOLE} 이번"),
            &format!("{WHOLE} 길이 420m,"),
            &format!("{WHOLE} 시장은 “"),
            "The city will build a bridge. Work begins next spring and the",
            long,
        ] {
            assert_eq!(cut(&[text]), Some((text, true)), "{text}");
            assert_eq!(cut(&[WHOLE, text]), Some((text, true)), "{text}");
        }
    }

    #[test]
    fn what_ends_otherwise_than_with_a_sentence_is_not_cut_for_that() {
        for text in [
            WHOLE,
            "“다리를 놓아 달라.”",
            "다리 공사를 내년에 시작한다",
            "한내강 보행 다리 착공",
            "Golden hour on the river",
            &format!("{WHOLE} 강나루 기자"),
            &format!("{WHOLE} 강나루 기자 river@paper.example"),
            &format!("{WHOLE} 사진=가람시 제공"),
            &format!("{WHOLE} 문의 02-123-4567"),
            &format!("{WHOLE} https://river.example/bridge"),
            &format!("{WHOLE} #가람시 #다리"),
            &format!("{WHOLE} (끝)"),
            &format!("{WHOLE} /연합뉴스"),
            "금리, 물가, 환율, 집값, 세금, 연금, 임금, 실업, 수출, 수입, 무역, 주식, 채권, 예금, 적금, 보험, 대출, 카드",
        ] {
            assert_eq!(cut(&[text]), None, "{text}");
        }
        let diary = format!("다리를 건넜다... 참 좋았다... 내일 또 가야지... {WHOLE} 그럼 이만...");
        assert_eq!(cut(&[&diary]), None);
        let long = format!("{} 다리는 이듬해 문을 열며 이어지는", [WHOLE; 40].join(" "));
        assert_eq!(cut(&[&long]), None);
        assert_eq!(cut(&[&format!("{long}. 원문 보기")]), None);
        assert_eq!(cut(&[&format!("{WHOLE} 원문 보기")]), Some((WHOLE, false)));
        let mut linked = article(
            ExtractionMethod::Feed,
            &[&format!("{WHOLE} 신청은 여기에서")],
        );
        assert!(linked.is_cut());
        link_end(&mut linked, 8);
        assert!(!linked.is_cut());
        assert!(cut(&[&format!("{long} [...]")]).is_some());
        let mut post = article(
            ExtractionMethod::Feed,
            &[&format!("{WHOLE} 다들 건너 보시길 바라며 이만")],
        );
        assert!(post.is_cut());
        post.title = Clean::line(&format!("{WHOLE} 다들…"));
        assert!(!post.is_cut());
    }

    #[test]
    fn a_page_is_whole_except_behind_a_paywall() {
        let text = format!("{WHOLE} 공사비는…");
        for method in [
            ExtractionMethod::Density,
            ExtractionMethod::JsonLd,
            ExtractionMethod::Pasted,
            ExtractionMethod::Publisher(Clean::line("gasan")),
        ] {
            let mut page = article(method, &[&text]);
            assert!(!page.is_cut());
            page.extraction.problem = Some(Problem::Paywall);
            assert!(page.cut_end().is_some_and(|end| end.is_mid_sentence));
            page.extraction.problem = Some(Problem::Video);
            assert!(!page.is_cut());
        }
        let mut told = article(ExtractionMethod::Feed, &[WHOLE]);
        told.extraction.cut = true;
        assert!(told.cut_end().is_some_and(|end| !end.is_mid_sentence));
    }

    #[test]
    fn whether_a_text_is_cut_is_seen_in_linear_time_and_never_panics() {
        for c in [
            "…",
            ".",
            "더보기 ",
            "[",
            "]",
            "(",
            "다. ",
            "·",
            "> ",
            "+",
            "[+1 chars]",
        ] {
            for before in ["", "가", "😀"] {
                let text = before.to_owned() + &c.repeat(20_000);
                article(ExtractionMethod::Feed, &[&text]).cut_end();
                has_cut_mark(&text);
            }
        }
    }
}
