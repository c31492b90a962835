//! Recognises dates of what an article announces, which are not the day of its publication.

use crate::news::hangul::is_alphanumeric;
/// What stands before the day of an event, in lower case.
const LABELS: [&str; 22] = [
    "일시",
    "일정",
    "기간",
    "마감",
    "접수",
    "모집",
    "신청",
    "개최",
    "행사",
    "때",
    "개막",
    "개봉",
    "방송",
    "시행",
    "발인",
    "when",
    "date and time",
    "deadline",
    "starts",
    "doors",
    "日時",
    "期間",
];

/// Whether a line's date is that of an event: a label says so, and its colon stands before the day.
pub(crate) fn is_of_event(line: &str) -> bool {
    let Some((label, _)) = line.split_once([':', '：']) else {
        return false;
    };
    if label.contains(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let label = label
        .trim_matches(|c: char| !is_alphanumeric(c))
        .to_lowercase();
    LABELS
        .iter()
        .any(|l| label.starts_with(l) || label.ends_with(l))
}

#[cfg(test)]
mod tests {
    use super::is_of_event;

    #[test]
    fn days_of_events_have_labels() {
        for line in [
            "일시: 2026년 12월 1일(화) 오후 2시",
            "□ 신청 기간 : 2026. 12. 1.~12. 24.",
            "원고 마감: 2026-12-31 18:00",
            "When: May 3, 2026, 10:15",
        ] {
            assert!(is_of_event(line), "{line}");
        }
        for line in [
            "입력: 2026.11.22 09:12",
            "2026.11.22 09:12",
            "방송일 2026.11.22",
            "By Jane Doe: May 3, 2026",
            "마감 지난 2026년",
        ] {
            assert!(!is_of_event(line), "{line}");
        }
    }
}
