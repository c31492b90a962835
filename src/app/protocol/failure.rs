//! What went wrong, as a value: a cause, and what it happened to. Its one sentence stands in the
//! locale files.

use crate::config::Words;
use crate::news::Clean;

macro_rules! causes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// Why something failed. Each has exactly one sentence per language, `failure.NAME`, that
        /// says what to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Cause { $($(#[$doc])* $variant,)* }

        impl Cause {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The key of its sentence.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => concat!("failure.", $name),)* }
            }

            /// What it is called in a log.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

causes! {
    /// No such file.
    NotFound = "not-found",
    /// The file can't be read.
    Unreadable = "unreadable",
    /// Nothing in it that reads like an article.
    NoArticle = "no-article",
    /// Not an address.
    BadAddress = "bad-address",
    /// The address leads where it must not.
    Forbidden = "forbidden",
    /// No network, or told not to use it.
    Offline = "offline",
    /// The name or the server can't be reached.
    Unreachable = "unreachable",
    /// What was sent broke off, or is no HTTP.
    BrokeOff = "broke-off",
    /// The certificate is not good.
    Insecure = "insecure",
    /// The server has no secure connection at all.
    NoTls = "no-tls",
    /// No answer in time.
    Timeout = "timeout",
    /// The server said no.
    Refused = "refused",
    /// The server has nothing at that address.
    NoPage = "no-page",
    /// The server wants to be left alone for a while.
    Busy = "busy",
    /// The server is at fault.
    ServerFault = "server-fault",
    /// More than the limit.
    TooLarge = "too-large",
    /// Redirected in circles.
    Redirects = "redirects",
    /// What came is neither a page nor a feed.
    NotAFeed = "not-a-feed",
    /// No OPML.
    NotAnOutline = "not-an-outline",
    /// Not subscribed to.
    NotSubscribed = "not-subscribed",
    /// No saved search of that name.
    NotSaved = "not-saved",
    /// No such mute rule.
    NotMuted = "not-muted",
    /// The disk is full.
    DiskFull = "disk-full",
    /// The place can't be written.
    ReadOnly = "read-only",
    /// A file or folder of the reader's can't be written.
    Unwritable = "unwritable",
    /// A file of that name holds something else.
    NameTaken = "name-taken",
    /// The store is damaged.
    Damaged = "damaged",
    /// The library's file was taken away, or another put in its place, while it was open.
    TakenAway = "taken-away",
    /// The store was written by a newer version.
    Newer = "newer",
    /// The store is held by another program.
    Locked = "locked",
    /// The store could not be read or written for another reason.
    Store = "store",
    /// No browser to be found.
    NoBrowser = "no-browser",
    /// No program that speaks.
    NoVoice = "no-voice",
    /// The program that speaks fails.
    VoiceFailed = "voice-failed",
    /// No language model is named in the settings.
    ModelOff = "model-off",
    /// The publisher wants the reader to be asked before a machine shortens its text.
    SummaryAsk = "summary-ask",
    /// The reader is to agree first that text goes to a language model.
    ModelAsk = "model-ask",
    /// The publisher lets no machine shorten its text.
    ModelNever = "model-never",
    /// The key for the model can't be had.
    ModelKey = "model-key",
    /// The model's server does not take the key.
    ModelDenied = "model-denied",
    /// The model's server takes no more requests for now.
    ModelBusy = "model-busy",
    /// The model's server says no, or something else is there.
    ModelRefused = "model-refused",
    /// The model's answer ended too early.
    ModelBroken = "model-broken",
    /// The model's answer says nothing that the article does.
    ModelAstray = "model-astray",
    /// No program that prints.
    NoPrinter = "no-printer",
    /// The printer refuses.
    PrinterFailed = "printer-failed",
    /// More bytes or pixels than the settings let a picture have.
    PictureTooLarge = "picture-too-large",
    /// No picture, or a broken one.
    PictureBroken = "picture-broken",
    /// No program that puts text on the clipboard.
    NoClipboard = "no-clipboard",
    /// No program that sends mail.
    NoMail = "no-mail",
    /// A program of the reader's own is missing, or fails.
    ShareFailed = "share-failed",
    /// No program that shows pictures.
    NoViewer = "no-viewer",
    /// Nobody else tells what the article tells.
    NoVersions = "no-versions",
    /// The article is gone from where it was.
    Gone = "gone",
    /// The article has no address.
    NoAddress = "no-address",
    /// The reader stopped it.
    Cancelled = "cancelled",
    /// No theme of that name.
    NoTheme = "no-theme",
    /// Keys of the settings that can't be.
    Keys = "keys",
    /// The settings are wrong.
    Config = "config",
    /// A query can't be read.
    Query = "query",
    /// A fault of ours.
    Bug = "bug",
}

/// A failure on its way to the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Why.
    pub cause: Cause,
    /// To what: a file, a host, a title.
    pub subject: Clean,
}

impl Failure {
    /// `cause`, to `subject`.
    pub fn new(cause: Cause, subject: &str) -> Self {
        Self {
            cause,
            subject: Clean::line(subject),
        }
    }

    /// What a log's words tell of `subject`, where they begin with the cause's name; the words
    /// themselves where not.
    pub fn of_log(written: &str, subject: &str) -> Result<Self, Clean> {
        let name = written.split(':').next().unwrap_or_default();
        let cause = Cause::ALL.iter().find(|cause| cause.name() == name);
        cause
            .map(|cause| Self::new(*cause, subject))
            .ok_or_else(|| Clean::line(written))
    }

    /// What happened and what to do, in one sentence.
    pub fn sentence(&self, words: &Words) -> String {
        words.fill(self.cause.key(), &[("subject", &self.subject)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Language;

    #[test]
    fn every_cause_has_its_sentence() {
        for language in [Language::Korean, Language::English] {
            let words = Words::of(language);
            for cause in Cause::ALL {
                assert!(words.has(cause.key()), "{language:?} {}", cause.key());
                assert_eq!(
                    Failure::of_log(&format!("{}: x: y", cause.name()), "a"),
                    Ok(Failure::new(*cause, "a"))
                );
            }
        }
    }
}
