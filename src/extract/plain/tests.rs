//! Pasted pages.
use super::*;
use std::path::Path;

fn shared(path: &str) -> Option<String> {
    let found = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(path)).ok();
    if found.is_none() {
        println!("skipped: ../shared/{path} is not here");
    }
    found
}

#[test]
fn the_seed_page_comes_out_whole() {
    let Some(text) = shared("seed/article-page.txt") else { return };
    let a = plain(&text, None);
    eprintln!("{}", crate::news::write::text(&a));
    assert_eq!(&*a.title, "서울시, 쿠알라룸푸르·타슈켄트와 디지털·문화 협력 추진");
    assert_eq!(
        a.subheads.iter().map(|s| &**s).collect::<Vec<_>>(),
        ["쿠알라룸푸르와 우호도시 협정 체결", "타슈켄트와는 글로벌 인재 육성 논의", "비슈케크서는 정책공유 포럼 개최"]
    );
    assert_eq!(a.blocks.len(), 9);
}
