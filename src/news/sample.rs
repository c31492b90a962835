//! The sample edition.
use super::{Article, Block, Clean};
/// interim
pub fn edition() -> Vec<Article> {
    (1..15).map(|i| Article { title: Clean::line(&format!("견본 기사 {i}: 서울의 새 도서관, 밤에도 문을 연다")), publisher: Some(Clean::line("견본일보")), blocks: (0..20).map(|n| Block::paragraph(&format!("{n} 서울시가 말레이시아 쿠알라룸푸르, 우즈베키스탄 타슈켄트와 도시 협력에 나선다. 디지털, 문화, 인적 교류 확대는 물론 스마트 정책도 공유하기로 했다. 두 번째 문장도 여기에 있다."))).collect(), ..Article::default() }).collect()
}
