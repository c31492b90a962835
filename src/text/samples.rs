//! Hostile texts, policies and sizes for the property tests.

use proptest::prelude::*;

use super::{Ambiguous, FaceId, Scale, Sequences, WidthPolicy};

/// Pieces of news text, and pieces that should not be in any, separated by `¦`.
const PIECES: &str = "\
    \u{1112}\u{1161}\u{11ab}¦\u{a960}\u{1161}\u{11ab}¦\u{1161}¦ㅋㅋ¦漢字¦カード¦あっと¦ｶﾞ¦\u{3164}¦\
    (MOU)을¦15주년을¦207만명,¦25.3℃에서¦50%였다¦「논문」을¦정치·경제·사회¦84㎡¦한—미¦2026.11.22.자¦-2.5%p¦\
    “그는¦말했다”며¦'일'¦\"안녕\"이라고¦▲¦▲지속¦※ ¦① ¦■¦…¦~¦3~4일¦R&D¦$100¦₩¦ⓒ¦👨‍👩‍👧‍👦¦👍🏿¦🇰🇷🇰🇷¦❤️¦1️⃣¦\
    가\u{301}¦e\u{301}\u{302}¦ \u{301}¦\u{200d}¦가\u{200d}나¦नमस्ते¦\u{a0}¦\u{200b}¦\u{2060}¦ ¦  \
    ¦\u{3000}¦\t¦\n¦\r\n¦\
    https://a.kr/b/c?d=e&f=g-h_i¦www.x.co.kr¦a@b.com¦(¦)¦[¦」¦,¦.¦%¦!¦?¦:¦/¦-¦*¦\"¦=";

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[가-힣]{1,8}",
        2 => Just(" ".to_owned()),
        1 => "[a-zA-Z]{1,12}",
        1 => "[0-9]{1,6}",
        6 => proptest::sample::select(PIECES.split('¦').collect::<Vec<_>>())
            .prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ]
}

pub(super) fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

pub(super) fn policy() -> impl Strategy<Value = WidthPolicy> {
    (any::<bool>(), 1_u8..=2, any::<bool>()).prop_map(|(wide, emoji_vs16, apart)| WidthPolicy {
        ambiguous: if wide {
            Ambiguous::Wide
        } else {
            Ambiguous::Narrow
        },
        emoji_vs16,
        emoji_sequence: if apart {
            Sequences::Apart
        } else {
            Sequences::Joined
        },
    })
}

pub(super) fn scale() -> impl Strategy<Value = Scale> {
    prop_oneof![
        3 => Just(Scale::Cells),
        1 => (1_u8..=6, 1_u8..=4).prop_map(|(half, rows)| Scale::Blocks {
            face: FaceId(0), half, full: half * 2, rows
        }),
        1 => proptest::sample::select(vec![(2_u8, 3_u8, 4_u8), (2, 1, 1), (3, 3, 4), (2, 5, 8)])
            .prop_map(|(scale, num, den)| Scale::Protocol { scale, num, den }),
        1 => proptest::sample::select(vec![(4_u8, 5_u8, 1_u8), (3, 2, 2), (2, 1, 2), (5, 2, 3)])
            .prop_map(|(num, den, rows)| Scale::Drawn { num, den, rows }),
    ]
}
