//! The sample edition: invented articles that show every form of news page, for a reader who has no
//! feeds yet.
//!
//! Written for this program, in the JSON of `gisa extract`; one file an article in
//! `assets/sample/`.

use super::Article;

const FILES: [&str; 17] = [
    include_str!("../../assets/sample/guide.json"),
    include_str!("../../assets/sample/guide-en.json"),
    include_str!("../../assets/sample/bicycle-library-1.json"),
    include_str!("../../assets/sample/bicycle-library-2.json"),
    include_str!("../../assets/sample/brief.json"),
    include_str!("../../assets/sample/lighthouse.json"),
    include_str!("../../assets/sample/interview.json"),
    include_str!("../../assets/sample/numbers.json"),
    include_str!("../../assets/sample/old-letters.json"),
    include_str!("../../assets/sample/emoji.json"),
    include_str!("../../assets/sample/code.json"),
    include_str!("../../assets/sample/nfd.json"),
    include_str!("../../assets/sample/signs.json"),
    include_str!("../../assets/sample/recipe.json"),
    include_str!("../../assets/sample/sports.json"),
    include_str!("../../assets/sample/science.json"),
    include_str!("../../assets/sample/tide-school.json"),
];

/// The pictures of the sample edition, drawn for it by `pictures/draw.py`, with their addresses.
const PICTURES: [(&str, &[u8]); 2] = [
    (
        "sample:lighthouse.png",
        include_bytes!("../../assets/sample/pictures/lighthouse.png"),
    ),
    (
        "sample:bicycles.png",
        include_bytes!("../../assets/sample/pictures/bicycles.png"),
    ),
];

/// The file of a picture of the sample edition, by its address.
pub fn picture(url: &str) -> Option<&'static [u8]> {
    PICTURES
        .iter()
        .find(|(name, _)| *name == url)
        .map(|(_, file)| *file)
}

/// The articles of the sample edition: first the guide, then the others in the order of `FILES`.
pub fn edition() -> Vec<Article> {
    // The files are embedded, and the tests below check that each of them can be parsed.
    FILES
        .iter()
        .filter_map(|file| serde_json::from_str(file).ok())
        .collect()
}

/// The sample edition with the guide in `lang`, its first article in that language, moved to the
/// front.
pub fn edition_in(lang: &str) -> Vec<Article> {
    let mut edition = edition();
    let guide = edition
        .iter()
        .position(|a| a.lang.as_deref() == Some(lang))
        .unwrap_or(0);
    edition[..=guide].rotate_right(1);
    edition
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::news::{Block, ExtractionMethod, stamp::KST};

    #[test]
    fn the_guide_in_the_readers_language_comes_first() {
        let (korean, english) = (edition_in("ko"), edition_in("en"));
        assert_eq!(korean, edition());
        assert_eq!(english[0].lang.as_deref(), Some("en"));
        assert_eq!((english.len(), &english[1]), (korean.len(), &korean[0]));
        assert_eq!(edition_in("fr"), korean);
    }

    #[test]
    fn every_file_reads_and_says_that_it_is_a_sample() {
        let edition = edition();
        assert_eq!(edition.len(), FILES.len());
        assert!(edition.iter().filter(|a| a.is_korean()).count() >= 12);
        assert!(
            edition
                .iter()
                .filter(|a| a.lang.as_deref() == Some("en"))
                .count()
                >= 2
        );
        for a in &edition {
            assert_eq!(a.extraction.method, ExtractionMethod::Sample, "{}", a.title);
            assert!(!a.title.is_blank() && !a.blocks.is_empty());
            assert!(
                a.copyright
                    .as_deref()
                    .is_some_and(|c| c.contains("견본") || c.contains("Sample"))
            );
            let wall = a
                .published
                .expect("dated")
                .at
                .to_zoned_datetime(KST.to_time_zone());
            assert_eq!((wall.year(), wall.month()), (2026, 11), "{}", a.title);
        }
        assert_eq!(
            edition
                .iter()
                .map(Article::id)
                .collect::<HashSet<_>>()
                .len(),
            edition.len()
        );
    }

    #[test]
    fn links_cover_the_words_that_they_mean() {
        let mut links = 0;
        for a in edition() {
            for block in &a.blocks {
                let Block::Paragraph {
                    text, links: own, ..
                } = block
                else {
                    continue;
                };
                for link in own {
                    let words: String = text
                        .chars()
                        .skip(link.start)
                        .take(link.end - link.start)
                        .collect();
                    assert_eq!(
                        words.chars().count(),
                        link.end - link.start,
                        "{}: {words}",
                        a.title
                    );
                    assert_eq!(words.trim(), words, "{}", a.title);
                    assert!(link.url.starts_with("https://"));
                    links += 1;
                }
            }
        }
        assert!(links >= 4);
    }

    #[test]
    fn every_shape_of_a_page_is_there() {
        let edition = edition();
        let has = |test: &dyn Fn(&Block) -> bool| edition.iter().flat_map(|a| &a.blocks).any(test);
        assert!(
            has(&|b| matches!(b, Block::Heading { .. }))
                && has(&|b| matches!(b, Block::Quote { .. }))
        );
        assert!(
            has(&|b| matches!(b, Block::List { ordered: true, .. }))
                && has(&|b| matches!(b, Block::List { ordered: false, .. }))
        );
        assert!(
            has(&|b| matches!(b, Block::Table { .. })) && has(&|b| matches!(b, Block::Code { .. }))
        );
        assert!(
            has(&|b| matches!(b, Block::Embed { .. }))
                && has(&|b| matches!(
                    b,
                    Block::Image {
                        credit: Some(_),
                        ..
                    }
                ))
        );
        assert!(
            edition.iter().any(|a| a.subheads.len() == 3)
                && edition.iter().any(|a| a.bylines.len() >= 3)
        );
        assert!(
            edition.iter().any(|a| a.blocks.len() == 1)
                && edition.iter().any(|a| a.blocks.len() > 40)
        );
        assert!(
            edition.iter().any(|a| !a.page_summary.is_empty())
                && edition.iter().any(|a| !a.most_read.is_empty())
        );
        let all: String = edition.iter().map(Article::text).collect();
        for sign in [
            "▲",
            "※",
            "…",
            "“",
            "·",
            "ⓒ",
            "①",
            "●",
            "★",
            "→",
            "㎡",
            "℃",
            "ᄊᆞ",
            "漢",
            "👨‍👩‍👧‍👦",
        ] {
            assert!(all.contains(sign), "{sign}");
        }
    }

    #[test]
    fn every_picture_of_the_edition_is_there() {
        let edition = edition();
        let named: HashSet<&str> = edition
            .iter()
            .flat_map(|a| &a.blocks)
            .filter_map(|b| match b {
                Block::Image { url, .. } if !url.is_blank() => Some(url.as_str()),
                _ => None,
            })
            .collect();
        assert_eq!(named, PICTURES.iter().map(|(name, _)| *name).collect());
        assert!(
            named
                .iter()
                .all(|name| picture(name).is_some_and(|file| file.len() < 40_000))
        );
    }

    #[test]
    fn decomposed_hangul_in_the_files_is_composed() {
        assert!(FILES.iter().any(|f| f.contains('\u{1112}')));
        let title = "풀어 쓴 글자도 한 글자로…파일 이름이 깨지던 까닭";
        assert!(edition().iter().any(|a| &*a.title == title));
    }
}
