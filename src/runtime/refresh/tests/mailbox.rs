//! Maildirs and mboxes, with what programs and people write into them.

use std::time::{Duration, SystemTime};

use super::*;

fn message(n: usize) -> String {
    format!("From: kim@a.example\nSubject: {n}\nMessage-ID: <{n}@a>\n\n글 {n}\n")
}

fn texts(found: &[MailMessage]) -> Vec<String> {
    let text = |m: &MailMessage| String::from_utf8(m.bytes().unwrap()).unwrap();
    found.iter().map(text).collect()
}

fn read(path: &Path, position: &MailboxPosition) -> (Vec<MailMessage>, MailboxPosition) {
    messages(path, position, &Cancel::new()).unwrap()
}

#[test]
fn an_mbox_is_parted_where_messages_begin_and_not_where_their_text_says_from() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("box");
    let body = "Subject: 하나\n\nFrom the editor: hello.\n\nFrom here on it is 2026 and 09:00.\nNote: no header\n\n\
        From Seoul Sat Nov 28 09:00:00 2026\n\nplain words, no header\n\n>From a quoted line\n>>From deeper\n";
    let first = format!("From a@b Sat Nov 28 09:00:00 2026\n{body}\n");
    let second = format!("From c@d Sun Nov 29 10:00:00 2026 +0900\n{}\n", message(2));
    std::fs::write(&path, format!("{first}{second}")).unwrap();
    let (found, position) = read(&path, &MailboxPosition::default());
    let found = texts(&found);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("Subject: 하나") && found[0].contains("From Seoul"));
    assert!(
        found[0].contains("\nFrom a quoted line\n>From deeper\n"),
        "{}",
        found[0]
    );
    // What is appended is all that is read the next time.
    assert_eq!(read(&path, &position).0, []);
    let third = format!(
        "{first}{second}From c@d Mon Nov 30 10:00:00 2026\n{}\n",
        message(3)
    );
    std::fs::write(&path, third).unwrap();
    let (found, position) = read(&path, &position);
    assert_eq!(texts(&found).len(), 1);
    assert!(texts(&found)[0].contains("글 3"));
    // A box that was written anew is read anew.
    std::fs::write(&path, &second).unwrap();
    assert_eq!(read(&path, &position).0.len(), 1);
    for junk in ["", "no mail at all\n", "From \n\n\n", "\0\0\0"] {
        std::fs::write(&path, junk).unwrap();
        assert_eq!(read(&path, &MailboxPosition::default()).0, [], "{junk:?}");
    }
    // A line without an end.
    std::fs::write(&path, format!("{second}{}", "x".repeat(1 << 20))).unwrap();
    assert_eq!(read(&path, &MailboxPosition::default()).0.len(), 1);
}

#[test]
fn of_a_maildir_with_ten_thousand_messages_the_newest_are_read_and_then_what_comes() {
    let dir = tempfile::tempdir().unwrap();
    for part in ["new", "cur", "tmp"] {
        std::fs::create_dir(dir.path().join(part)).unwrap();
    }
    let begun = SystemTime::now() - Duration::from_secs(400 * 24 * 3600);
    let put = |part: &str, n: usize| {
        let path = dir.path().join(part).join(format!("{n}.a:2,S"));
        std::fs::write(&path, message(n)).unwrap();
        let at = begun + Duration::from_secs(3600 * n as u64);
        let file = File::options().write(true).open(&path).unwrap();
        file.set_modified(at).unwrap();
    };
    for n in 0..10_000 {
        put(if n % 2 == 0 { "cur" } else { "new" }, n);
    }
    put("tmp", 99_999);
    let (found, position) = read(dir.path(), &MailboxPosition::default());
    assert_eq!(found.len(), MOST);
    assert!(texts(&found[MOST - 1..])[0].contains("글 9999"));
    put("new", 10_001);
    let (found, position) = read(dir.path(), &position);
    assert!(found.len() <= 26, "a day, and what came: {}", found.len());
    assert!(texts(&found).last().unwrap().contains("글 10001"));
    assert!(read(dir.path(), &position).0.len() <= 26);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/dev/zero", dir.path().join("new/endless")).unwrap();
        read(dir.path(), &position);
    }
}

#[test]
fn a_folder_of_messages_is_read_and_one_that_is_missing_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("a.eml"), message(1)).unwrap();
    std::fs::write(dir.path().join("notes.txt"), message(2)).unwrap();
    assert_eq!(read(dir.path(), &MailboxPosition::default()).0.len(), 1);
    let missing = dir.path().join("none");
    assert!(messages(&missing, &MailboxPosition::default(), &Cancel::new()).is_err());
}
