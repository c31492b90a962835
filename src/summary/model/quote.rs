//! The quoting mode: the model shortens numbered sentences by deletion and answers in lines
//! `N: words`. A line stands only if its words stand in that order in one sentence; `N` is tried
//! first.

use super::prompt::{Checked, local_lines, summary_of};
use super::prompt_injection::ordering;
use crate::news::hangul::is_hangul_syllable;
use crate::news::{Article, Clean, Summary, SummaryLine};
use crate::summary::tokens::stem;
use crate::summary::{Sentence, shown};

/// Fewest words of a shortened sentence.
const FEWEST_WORDS: usize = 2;

/// A line of the answer: the index of the sentence that it shortens, and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Index of the sentence in the article; `None` where the line names none.
    pub sentence: Option<usize>,
    /// The words, without the number.
    pub words: Clean,
}

/// The first `count` lines of an answer that carry a number, each sentence once.
pub fn quotes(answer: &str, count: usize) -> Vec<Quote> {
    let mut out: Vec<Quote> = Vec::new();
    for line in answer.lines() {
        let line = line.trim().trim_start_matches(['-', '*', '•', '[', ' ']);
        let digits = line.chars().take_while(char::is_ascii_digit).count();
        let rest = line[digits..].trim_start_matches([']', ' ']);
        let Some(words) = rest.strip_prefix([':', '.', ')', '：']) else {
            continue;
        };
        let sentence = line[..digits]
            .parse()
            .ok()
            .and_then(|n: usize| n.checked_sub(1));
        let words = Clean::line(words.trim().trim_matches('*'));
        let again = out.iter().any(|q| q.sentence == sentence);
        if digits > 0 && !again && words.chars().any(char::is_alphanumeric) {
            out.push(Quote { sentence, words });
        }
    }
    out.truncate(count);
    out
}

/// Whether `short` only leaves out words of `whole`: its words stand there in that order, except
/// for the ending of the last one and for particles, and it ends as a sentence does. What negates a
/// word or leaves it open stays with it.
pub fn is_deletion(short: &str, whole: &str) -> bool {
    // The quotation marks are not compared: deleting the middle of a speech moves them.
    let unquoted = |text: &str| text.replace(['"', '“', '”', '‘', '’', '\''], "");
    let (short, whole) = (unquoted(short), unquoted(whole));
    let (short, whole) = (words(&short), words(&whole));
    if short.len() < FEWEST_WORDS.min(whole.len()) {
        return false;
    }
    // From the end, so that the last words, which carry the verb, match the last ones that fit.
    let mut at = whole.len();
    let mut kept = vec![false; whole.len()];
    for (i, word) in short.iter().enumerate().rev() {
        let last = i + 1 == short.len();
        let found = whole[..at].iter().rposition(|w| same(word, w, last));
        let Some(found) = found else { return false };
        kept[found] = true;
        at = found;
    }
    let bound = |i: usize| is_bound(whole[i]) && i > 0 && kept[i - 1] && !kept[i];
    let turned = (0..whole.len()).any(bound);
    let ends = short.last().is_some_and(|w| {
        let korean = w.chars().last().filter(|c| is_hangul_syllable(*c));
        korean.is_none_or(|c| "다요죠까네음함임됨".contains(c))
    });
    !turned && (ends || kept.last() == Some(&true))
}

/// A word that changes what the word before it says: a negation, possibility or plan.
fn is_bound(word: &str) -> bool {
    const BEGINS: [&str; 8] = ["않", "못하", "못한", "못했", "아니", "아닌", "없", "수도"];
    const WHOLE: [&str; 7] = [
        "수",
        "것으로",
        "예정",
        "예정이다",
        "계획",
        "계획이다",
        "방침이다",
    ];
    BEGINS.iter().any(|b| word.starts_with(b))
        || WHOLE.contains(&word)
        || matches!(word, "not" | "never")
}

/// The words of `text`: what stands between blanks and brackets, without punctuation.
fn words(text: &str) -> Vec<&str> {
    let between = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>');
    text.split(between)
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '%'))
        .filter(|w| !w.is_empty())
        .collect()
}

/// `text` without what stands in round brackets: `시장(55)은` is `시장은`.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Whether two words are the same but for a particle or, for the last word, the ending.
fn same(a: &str, b: &str, last: bool) -> bool {
    if a == b {
        return true;
    }
    let korean = |w: &str| w.chars().next_back().is_some_and(is_hangul_syllable);
    let numbers = |w: &str| w.contains(|c: char| c.is_ascii_digit());
    if !korean(a) || !korean(b) || numbers(a) || numbers(b) {
        return false;
    }
    let (x, y) = (stem(a), stem(b));
    let nouns = x == y && x.len() < a.len() && y.len() < b.len();
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    nouns || (last && common >= 2 && a.ends_with('다'))
}

/// Checks `quotes` against the article. A line that is no deletion of its sentence is replaced by
/// that sentence where the extractive summary has it, else by its best one that is not shown yet.
pub fn check_quotes(
    article: &Article,
    sentences: &[Sentence],
    model: &str,
    quotes: &[Quote],
) -> (Summary, Vec<Checked>) {
    let orders = ordering(sentences);
    let is_cut_from = |words: &str, i: usize| {
        let whole = [
            sentences[i].text.to_string(),
            shown(&sentences[i], true).to_string(),
        ];
        let bare = whole.each_ref().map(|w| without_brackets(w));
        let mut forms = whole.iter().chain(&bare);
        forms.any(|w| is_deletion(words, w))
    };
    // Small models miscount: words that stand in another sentence are that sentence's.
    let stands = |quote: &Quote| -> Option<usize> {
        let named = quote.sentence.filter(|&i| i < sentences.len());
        let mut order = named.into_iter().chain(0..sentences.len());
        order.find(|&i| !orders[i] && is_cut_from(&quote.words, i))
    };
    let sources: Vec<Option<usize>> = quotes.iter().map(stands).collect();
    let mut taken: Vec<usize> = sources.iter().flatten().copied().collect();
    // The best sentences, then some more for where the model quotes these itself.
    let mut local = local_lines(article, sentences, &orders, quotes.len());
    let more = quotes.len() + taken.len();
    local.extend(local_lines(article, sentences, &orders, more));
    let mut out = Vec::new();
    for (quote, source) in quotes.iter().zip(sources) {
        // The sentence that the model named, if it is a good choice, else the best one left.
        let spare = || {
            let left = |l: &&SummaryLine| l.source.is_some_and(|s| !taken.contains(&s));
            let named = |l: &&SummaryLine| left(l) && l.source == quote.sentence;
            local.iter().find(named).or_else(|| local.iter().find(left))
        };
        let line = match source {
            Some(_) => Some(SummaryLine {
                text: quote.words.clone(),
                source,
                replaced: false,
                doubts: Vec::new(),
                ..SummaryLine::default()
            }),
            None => spare().cloned(),
        };
        let Some(line) = line else { continue };
        taken.extend(line.source);
        out.push(Checked {
            instead_of: line.replaced.then(|| quote.words.clone()),
            line,
            doubts: Vec::new(),
        });
    }
    let lines = out.iter().map(|c| c.line.clone()).collect();
    (summary_of(model, lines), out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_by_its_numbers() {
        let read = quotes(
            "요약입니다\n2: 다리가 열렸다.\n[5] 없음\n[4]: 길도 났다.\n2: 다시",
            3,
        );
        let read: Vec<_> = read.iter().map(|q| (q.sentence, &*q.words)).collect();
        assert_eq!(read, [(Some(1), "다리가 열렸다."), (Some(3), "길도 났다.")]);
    }

    #[test]
    fn a_refused_line_gives_way_to_the_sentence_that_it_named() {
        let texts = [
            "가람FC가 3일 가람경기장에서 열린 프로축구 15라운드에서 누리유나이티드를 2-1로 꺾었다.",
            "이날 경기장에는 관중 8,214명이 찾았다.",
            "가람은 전반 12분 한별의 헤딩골로 앞서 나갔다.",
            "누리는 후반 20분 이솔의 프리킥으로 균형을 맞췄다.",
            "교체로 들어온 강나루가 후반 추가시간에 골대 오른쪽 구석을 찌르는 결승골을 넣었다.",
            "3연승을 달린 가람은 승점 31로 2위로 올라섰다.",
        ];
        let article = Article {
            title: Clean::line("가람FC, 종료 직전 결승골…누리 꺾고 3연승"),
            blocks: texts
                .iter()
                .map(|t| crate::news::Block::paragraph(t))
                .collect(),
            lang: Some(Clean::line("ko")),
            ..Article::default()
        };
        let all = crate::summary::sentences(&article);
        let answer = "1: 가람FC가 누리유나이티드를 2-1로 꺾었다.\n5: 강나루가 결승골을 막았다.\n\
                      6: 가람은 2위로 올라섰다.";
        let (summary, checked) = check_quotes(&article, &all, "m", &quotes(answer, 3));
        let sources: Vec<_> = summary.sentences.iter().map(|l| l.source).collect();
        assert_eq!(sources, [Some(0), Some(4), Some(5)]);
        assert!(checked[1].line.replaced && !checked[0].line.replaced);
    }

    const WHOLE: &str = "시장은 3일 시청에서 \"다리를 새로 놓고 길이 420m의 길도 낼 수 있다\"며 반대하지 않았다고 밝혔다.";

    #[test]
    fn what_only_leaves_out_words_stands() {
        for short in [
            WHOLE,
            "시장은 3일 반대하지 않았다고 밝혔다.",
            "시장은 다리를 새로 놓고 길도 낼 수 있다며 반대하지 않았다고 밝혔다.",
            "시장은 시청에서 반대하지 않았다.",
        ] {
            assert!(is_deletion(short, WHOLE), "{short}");
        }
    }

    #[test]
    fn a_wrong_number_is_put_right() {
        let texts = [
            "시는 다리를 새로 놓는다고 밝혔다.",
            "공사비는 30억원이며 도가 절반을 낸다.",
        ];
        let article = Article {
            blocks: texts
                .iter()
                .map(|t| crate::news::Block::paragraph(t))
                .collect(),
            ..Article::default()
        };
        let all = crate::summary::sentences(&article);
        let said = quotes("1: 공사비는 30억원이며 절반을 낸다.", 3);
        let (summary, _) = check_quotes(&article, &all, "m", &said);
        let line = &summary.sentences[0];
        assert_eq!((line.source, line.replaced), (Some(1), false));
    }

    #[test]
    fn what_adds_turns_or_reorders_does_not() {
        for short in [
            "시장은 4일 반대하지 않았다고 밝혔다.",
            "시장은 반대했다고 밝혔다.",
            "시장은 반대하지 밝혔다.",
            "3일 시장은 반대하지 않았다고 밝혔다.",
            "시장은 다리를 허물고 길도 낼 수 있다며 반대하지 않았다고 밝혔다.",
            "시장은 길도 낼 있다며 반대하지 않았다고 밝혔다.",
            "시장은 3일 시청에서",
        ] {
            assert!(!is_deletion(short, WHOLE), "{short}");
        }
    }
}
