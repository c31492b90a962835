//! Shortens a long Korean sentence by deletion only: brackets, the first of two speeches, and
//! clauses that what follows can stand without.
//!
//! Whole words go, none is changed or moved; the sentence keeps its end, its topic and its
//! quotation marks in pairs. Where the forms of the words don't show that a cut is safe, it is not
//! made. The words are data: `assets/words/shortening.txt`.

use std::ops::Range;
use std::sync::LazyLock;

use super::cues::is_subject;
use super::subjects::{core, has_subject, is_topic};
use super::tokens::stem;
use crate::news::hangul::is_hangul_syllable;
use crate::news::order::Order as _;
use crate::news::{Clean, word_list};

const WORDS: &str = include_str!("../../assets/words/shortening.txt");

macro_rules! lists {
    ($($name:ident = $heading:literal;)*) => {
        $(static $name: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, $heading));)*
    };
}

lists! {
    CIRCUMSTANCES = "circumstances";
    AFTER_PARTICIPLE = "after a participle";
    JOINS = "joins";
    ATTRIBUTIONS = "attributions";
    REPORTS = "reports";
    BETWEEN_SPEECHES = "between speeches";
    LEANS = "leans";
    OPENERS = "openers";
}

/// A sentence of at most this many characters loses only brackets and words that say nothing.
const LONG_ENOUGH: usize = 50;
/// Fewest characters of what is left, and its least share of the sentence.
const FEWEST: usize = 30;
const SHARE: f64 = 0.35;
/// A topic stands among this many words at the start.
const TOPIC_WITHIN: usize = 4;

/// The sentence without what it can be understood without; `None` where nothing can go. `title` is
/// the headline: a clause that tells more of it than the rest stays. `used_elsewhere` tells whether
/// another line needs the words that a bracket explains.
pub(crate) fn shorten(
    text: &str,
    title: &str,
    used_elsewhere: impl Fn(&str) -> bool,
) -> Option<Clean> {
    let split = |text: &str| -> Vec<String> {
        let words = text.split(' ').filter(|w| !w.is_empty());
        words.map(str::to_owned).collect()
    };
    let mut words = split(&without_brackets(text, &|word: &str| {
        title.contains(word) || used_elsewhere(word)
    }));
    remove_empty_words(&mut words);
    if length(&words) < FEWEST {
        words = split(text);
    }
    while length(&words) > LONG_ENOUGH {
        let ways = CUTS.iter().filter_map(|cut| cut(&words, title));
        let sound = ways.into_iter().find(|cut| is_sound(&words, cut, text));
        let Some(cut) = sound else { break };
        remove(&mut words, cut);
    }
    let short = words.join(" ");
    (short.chars().count() < text.chars().count()).then(|| Clean::line(&short))
}

/// A way to shorten: the words that go.
type Cut = fn(&[String], &str) -> Option<Range<usize>>;

/// The ways, the surest first.
const CUTS: [Cut; 9] = [
    time_of_day,
    attribution,
    aside,
    first_speech,
    first_sentences_of_speech,
    opening_clause,
    clause_behind_topic,
    middle_of_list,
    venue,
];

fn length(words: &[String]) -> usize {
    let all: usize = words.iter().map(|w| w.chars().count() + 1).sum();
    all.saturating_sub(1)
}

/// Removes words; the opening mark of a speech whose beginning goes passes to the next word.
fn remove(words: &mut Vec<String>, cut: Range<usize>) {
    let opening = words[cut.start].chars().next().filter(|c| is_double(*c));
    let inside = is_inside(words)[cut.end.min(words.len() - 1)];
    let at = cut.start;
    words.drain(cut);
    if let (Some(mark), true) = (opening, inside)
        && let Some(next) = words.get_mut(at)
    {
        next.insert(0, mark);
    }
}

/// Whether what is left after a cut is a sentence: long enough, with its subject, and with marks in
/// pairs.
fn is_sound(words: &[String], cut: &Range<usize>, text: &str) -> bool {
    if cut.end >= words.len() {
        return false;
    }
    let mut rest = words.to_vec();
    remove(&mut rest, cut.clone());
    let left = length(&rest);
    let subject = |words: &[String]| words.iter().any(|w| is_subject(w));
    left >= FEWEST
        && left as f64 >= SHARE * text.chars().count() as f64
        && (subject(&rest) || !subject(words))
        && is_paired(&rest.join(" "))
}

fn is_paired(text: &str) -> bool {
    let count = |mark: char| text.chars().filter(|c| *c == mark).count();
    let pairs = [
        ('“', '”'),
        ('‘', '’'),
        ('(', ')'),
        ('<', '>'),
        ('《', '》'),
        ('[', ']'),
    ];
    count('"').is_multiple_of(2)
        && count('\'').is_multiple_of(2)
        && pairs
            .iter()
            .all(|(open, close)| count(*open) == count(*close))
}

fn is_double(c: char) -> bool {
    matches!(c, '"' | '“' | '”')
}

/// Whether each word begins inside speech.
fn is_inside(words: &[String]) -> Vec<bool> {
    let mut inside = false;
    let mut out = Vec::with_capacity(words.len());
    for word in words {
        out.push(inside);
        for c in word.chars() {
            inside = match c {
                '“' => true,
                '”' => false,
                '"' => !inside,
                _ => inside,
            };
        }
    }
    out
}

/// Whether a clause of circumstance ends with the word at `i`.
fn closes_circumstance(words: &[String], i: usize) -> bool {
    let word = core(&words[i]);
    let participle = || {
        let before = i.checked_sub(1).map(|b| core(&words[b]));
        let last = before.and_then(|w| w.chars().next_back());
        last.is_some_and(|c| is_hangul_syllable(c) && (c as u32 - 0xac00) % 28 == 4)
    };
    CIRCUMSTANCES.iter().any(|e| word.ends_with(e))
        || (AFTER_PARTICIPLE.contains(&word) && participle())
}

/// Whether what begins at `i` leans on what stands before it: one of its first words stands for
/// something.
fn leans(words: &[String], i: usize) -> bool {
    let first = words[i.min(words.len())..].iter().map(|w| core(w));
    let stands_for = first.clone().take(3).any(|w| LEANS.contains(&w));
    // `파트너도 모른다` says that somebody before did the same.
    let likewise = first
        .take(4)
        .any(|w| w.ends_with('도') && w.chars().nth(2).is_some());
    i >= words.len() || stands_for || likewise
}

/// How many words of the headline stand in `words`.
fn from_title(words: &[String], title: &str) -> usize {
    let text = words.join(" ");
    title
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().nth(1).is_some() && text.contains(stem(w)))
        .count()
}

/// Removes what a line says nothing by: a word at its start that only ties it to the sentence
/// before (`한편`), `지난` before a year that is named (`지난 2019년`), and `이른바` before quotation
/// marks, which say the same.
fn remove_empty_words(words: &mut Vec<String>) {
    let opener = OPENERS.iter().find_map(|opener| {
        let opener: Vec<&str> = opener.split(' ').collect();
        let first = words.iter().map(|w| w.trim_end_matches(','));
        let begins = words.len() > opener.len() && first.take(opener.len()).eq(opener.clone());
        begins.then_some(opener.len())
    });
    words.drain(..opener.unwrap_or(0));
    let is_year = |word: &str| {
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        digits == 4 && word[digits..].starts_with('년')
    };
    let inside = is_inside(words);
    let says_nothing = |at: usize| {
        let next = words.get(at + 1).map_or("", String::as_str);
        let said_next = match &*words[at] {
            "지난" | "오는" => is_year(next),
            "이른바" => next.starts_with(['\'', '‘', '"', '“']),
            _ => false,
        };
        said_next && !inside[at]
    };
    let stays: Vec<bool> = (0..words.len()).map(|at| !says_nothing(at)).collect();
    let mut stays = stays.into_iter();
    words.retain(|_| stays.next().unwrap_or(true));
}

/// The hour that is only roughly known: `오전 9시15분쯤`.
fn time_of_day(words: &[String], _: &str) -> Option<Range<usize>> {
    let at = words.iter().position(|w| matches!(&**w, "오전" | "오후"))?;
    let hours = words[at + 1..].iter().take(2);
    let last = hours.take_while(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    let count = last.count();
    let rough = words
        .get(at + count)
        .is_some_and(|w| w.ends_with(['쯤', '께', '경']));
    (count > 0 && rough).then_some(at..at + count + 1)
}

/// `경찰에 따르면` at the start of a sentence that says by its end that it was reported; `거래소에
/// 따르면` before any: what an exchange publishes of trading is no claim of somebody.
fn attribution(words: &[String], _: &str) -> Option<Range<usize>> {
    let mut first = words.iter().take(9);
    let end = first.position(|w| ATTRIBUTIONS.contains(&core(w)))?;
    let last = core(words.last()?);
    let exchange = end > 0 && core(&words[end - 1]).ends_with("거래소에");
    let reported = exchange || REPORTS.iter().any(|r| last.ends_with(r));
    let mut next = words[end + 1..].iter().take(2 * TOPIC_WITHIN);
    (reported && next.any(|w| is_subject(w)) && !leans(words, end + 1)).then_some(0..end + 1)
}

/// What is said in passing of what stands before it: `…했는데, 이는 종전 기록을 넘은 것으로, …`.
fn aside(words: &[String], title: &str) -> Option<Range<usize>> {
    let inside = is_inside(words);
    let start = (1..words.len()).find(|&i| {
        matches!(&*words[i], "이는" | "이것은") && words[i - 1].ends_with(',') && !inside[i]
    })?;
    let length = words[start..].iter().position(|w| w.ends_with("것으로,"))?;
    let cut = start..start + length + 1;
    let untouched = !words[cut.clone()].iter().any(|w| w.contains(is_double));
    (untouched && !leans(words, cut.end) && from_title(&words[cut.clone()], title) == 0)
        .then_some(cut)
}

/// Where somebody said it, before the speech: `시장은 한 라디오에 출연해 "…"고`.
fn venue(words: &[String], title: &str) -> Option<Range<usize>> {
    let speech = words.iter().position(|w| w.starts_with(is_double))?;
    let from = words[..speech]
        .iter()
        .take(TOPIC_WITHIN + 1)
        .position(|w| is_topic(w))?
        + 1;
    let end = speech.checked_sub(1)?;
    let cut = from..speech;
    let closes = matches!(core(&words[end]), "출연해" | "출연해서" | "나와" | "나와서");
    (cut.len() > 1 && closes && from_title(&words[cut.clone()], title) == 0).then_some(cut)
}

/// The first of two speeches: `"…"며` before `"…"고 말했다`.
fn first_speech(words: &[String], title: &str) -> Option<Range<usize>> {
    let inside = is_inside(words);
    let end = (0..words.len().saturating_sub(1)).find(|&i| {
        let tail = words[i].rsplit(is_double).next().unwrap_or_default();
        words[i].contains(is_double)
            && BETWEEN_SPEECHES.contains(&core(tail))
            && words[i + 1].starts_with(is_double)
            && !inside[i + 1]
    })?;
    let start = start_of_speech(words, &inside, end)?;
    may_go_first(words, start..end + 1, title)
}

/// All sentences of a speech but the last.
fn first_sentences_of_speech(words: &[String], title: &str) -> Option<Range<usize>> {
    let inside = is_inside(words);
    let stop = |i: &usize| {
        inside[i + 1]
            && words[*i].ends_with(['.', '!', '?'])
            && core(&words[*i]).ends_with(is_hangul_syllable)
    };
    let end = (0..words.len().saturating_sub(1)).rev().find(stop)?;
    let start = start_of_speech(words, &inside, end)?;
    may_go_first(words, start..end + 1, title)
}

fn start_of_speech(words: &[String], inside: &[bool], end: usize) -> Option<usize> {
    (0..=end)
        .rev()
        .find(|&i| words[i].starts_with(is_double) && !inside[i])
}

/// `cut`, where what follows it doesn't lean on it and tells as much of the headline.
fn may_go_first(words: &[String], cut: Range<usize>, title: &str) -> Option<Range<usize>> {
    let told = from_title(&words[cut.clone()], title) <= from_title(&words[cut.end..], title);
    (told && !leans(words, cut.end)).then_some(cut)
}

/// A clause of time or circumstance before the topic: `논란이 되자 시장은 …`.
fn opening_clause(words: &[String], _: &str) -> Option<Range<usize>> {
    (0..words.len().saturating_sub(3)).find_map(|i| {
        let (clause, rest) = words.split_at(i + 1);
        let topic = rest.iter().take(TOPIC_WITHIN - 1).any(|w| is_topic(w));
        let own = clause.iter().take(TOPIC_WITHIN).any(|w| is_topic(w));
        let speech = clause.iter().any(|w| w.contains(is_double));
        (closes_circumstance(words, i) && topic && !own && !speech && !leans(words, i + 1))
            .then_some(0..i + 1)
    })
}

/// A clause between the topic and the last clause: `시는 설계를 마쳤으며, 내년에 …`.
fn clause_behind_topic(words: &[String], title: &str) -> Option<Range<usize>> {
    let mut first = words.iter().take(TOPIC_WITHIN + 1);
    let from = first.position(|w| is_topic(w))? + 1;
    let end = (from..words.len().saturating_sub(3)).find(|&i| {
        let word = core(&words[i]);
        JOINS.iter().any(|e| word.ends_with(e)) || closes_circumstance(words, i)
    })?;
    let (gone, rest) = (&words[from..=end], &words[end + 1..]);
    // What is said in a speech has subjects of its own.
    let inside = is_inside(words);
    let own_subject = |range: Range<usize>| {
        let mut outside = range.filter(|&i| !inside[i] && !words[i].starts_with(is_double));
        outside.any(|i| has_subject(&words[i]))
    };
    let near = &rest[..rest.len().min(3)];
    let speech = gone.iter().any(|w| w.contains(is_double));
    // An object is shared by the clauses behind it until one has its own.
    let object = |words: &[String]| words.iter().any(|w| core(w).ends_with(['을', '를']));
    let lost_object = object(gone) && !object(near);
    let subjects = own_subject(from..end + 1) || own_subject(end + 1..words.len());
    (gone.len() > 1 && !subjects && !speech && !lost_object)
        .then(|| may_go_first(words, from..end + 1, title))
        .flatten()
}

/// Items of a list between the first two and the last: `가, 나, 다, 라, 마 등`.
fn middle_of_list(words: &[String], title: &str) -> Option<Range<usize>> {
    let and_so_on = |w: &String| w.starts_with('등') && w.chars().count() <= 3;
    let end = words.iter().position(and_so_on)?;
    let is_item = |item: &[String]| {
        item.len() <= 3
            && item.iter().all(|w| {
                !w.contains(is_double)
                    && !w.contains(|c: char| c.is_ascii_digit())
                    && !core(w).ends_with(['은', '는', '을', '를', '고', '며'])
            })
    };
    // The first words of the items, from the last item to the first.
    let mut starts = Vec::new();
    let mut to = end;
    for from in (0..end).rev() {
        if from > 0 && !words[from - 1].ends_with(',') {
            continue;
        }
        if !is_item(&words[from..to]) {
            break;
        }
        starts.push(from);
        to = from;
    }
    let cut = (starts.len() >= 5).then(|| starts[starts.len() - 3]..starts[0])?;
    (from_title(&words[cut.clone()], title) == 0).then_some(cut)
}

/// One word in so many may lose a bracket inside it: the others stay as they are written.
const WORDS_A_BRACKET: usize = 7;

/// `text` without what round brackets outside speech explain, the longest first. Figures stay, and
/// what the headline or another line needs.
fn without_brackets(text: &str, is_needed: &impl Fn(&str) -> bool) -> String {
    let mut found = brackets(text);
    found.retain(|range| {
        let inner = &text[range.start + 1..range.end - 1];
        // `(이하 금감원)`: the headline and the other lines have the short name alone.
        let name = inner.strip_prefix("이하 ").unwrap_or(inner);
        only_explains(inner) && !is_needed(name) && particle_fits(text, range)
    });
    found.order_by_key(|range| std::cmp::Reverse(range.len()));
    found.truncate(text.split(' ').count() / WORDS_A_BRACKET);
    found.order_by_key(|range| range.start);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for range in found {
        out.push_str(&text[from..range.start]);
        from = range.end;
    }
    out.push_str(&text[from..]);
    out
}

/// The byte ranges of round brackets outside speech, with the brackets; none at the start.
fn brackets(text: &str) -> Vec<Range<usize>> {
    let mut speech = false;
    let mut open = None;
    let mut out = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '“' => speech = true,
            '”' => speech = false,
            '"' => speech = !speech,
            '(' if !speech && at > 0 => open = Some(at),
            ')' => out.extend(open.take().map(|from| from..at + 1)),
            _ => {}
        }
    }
    out
}

/// What a number counts where its bracket stays.
const UNITS: [&str; 13] = [
    "%",
    "원",
    "명",
    "포인트",
    "달러",
    "도",
    "배",
    "건",
    "점",
    "일",
    "월",
    "년",
    "차",
];

/// Whether what a bracket holds only explains: more than a letter, and no figure: a number with a
/// unit, or with a point or a sign (`12.5포인트(0.6) 오른`).
fn only_explains(inner: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || "만억조천백".contains(c);
    let figure = UNITS.iter().any(|unit| {
        let mut places = inner.match_indices(unit);
        places.any(|(at, _)| inner[..at].ends_with(number))
    });
    let number = !inner.contains(char::is_alphabetic) && inner.contains(['.', '-', '+', '−']);
    inner.chars().nth(1).is_some() && !figure && !number
}

/// Whether the particle behind a bracket fits the word before it: `장미(rose)는` but not
/// `장미(꽃)은`. After letters whose sound is not written it must be one that always fits.
fn particle_fits(text: &str, bracket: &Range<usize>) -> bool {
    let behind = &text[bracket.end..];
    let eojeol = behind.split(' ').next().unwrap_or_default();
    let with_final = match core(eojeol) {
        p if p.starts_with(['은', '을', '과']) || p == "이" || p.starts_with("으로") => true,
        p if p.starts_with(['는', '가', '를', '와']) || p == "로" => false,
        _ => return true,
    };
    let before = text[..bracket.start].trim_end_matches(|c: char| !c.is_alphanumeric());
    let last = before.chars().next_back();
    last.is_some_and(|c| {
        let consonant = (c as u32).wrapping_sub(0xac00) % 28;
        is_hangul_syllable(c) && (consonant > 0) == with_final
    })
}
