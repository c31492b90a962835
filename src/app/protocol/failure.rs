//! What went wrong, as a value: a cause and the thing it concerns. The sentence for each cause is
//! in the locale files.

use std::borrow::Cow;

use super::config_fault;
use crate::config::Words;
use crate::news::Clean;
use crate::news::address::text_without_secrets;

macro_rules! causes {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// Why something failed. The locales have exactly one sentence for each, `failure.NAME`,
        /// which also says what the user can do about it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Cause { $($(#[$doc])* $variant,)* }

        impl Cause {
            /// All causes.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The locale key of its sentence.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => concat!("failure.", $name),)* }
            }

            /// Its name in the log.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

causes! {
    /// The file does not exist.
    NotFound = "not-found",
    /// The file can't be read.
    Unreadable = "unreadable",
    /// Nothing was written into the pipe that is to be read.
    NoWriter = "no-writer",
    /// The page or file contains nothing that reads like an article.
    NoArticle = "no-article",
    /// The text is not a web address.
    BadAddress = "bad-address",
    /// The address leads to a place that pages may not link to, such as the user's own network.
    Forbidden = "forbidden",
    /// There is no network, or the settings forbid using it.
    Offline = "offline",
    /// The host name does not resolve, or the server does not accept connections.
    Unreachable = "unreachable",
    /// The proxy can't be reached, or doesn't connect to the server.
    Proxy = "proxy",
    /// The command in the settings gave no password for the server.
    FeedPassword = "feed-password",
    /// The command or file in the settings gave no subscriber's login for the site.
    SiteLogin = "site-login",
    /// The settings no longer name this source.
    SourceUnknown = "source-unknown",
    /// The program that is a source can't be started.
    SourceCommandMissing = "source-command-missing",
    /// The program that is a source ended with an error.
    SourceCommand = "source-command",
    /// The program that is a source took too long.
    SourceCommandSlow = "source-command-slow",
    /// The program that is a source wrote more than the limit.
    SourceCommandTooLarge = "source-command-too-large",
    /// The connection broke off, or the answer is not HTTP.
    BrokeOff = "broke-off",
    /// The server's certificate is not valid.
    Insecure = "insecure",
    /// The server does not support TLS.
    NoTls = "no-tls",
    /// The server did not answer in time.
    Timeout = "timeout",
    /// The server refused the request.
    Refused = "refused",
    /// The server has no page at that address.
    NoPage = "no-page",
    /// The server asks for fewer requests.
    Busy = "busy",
    /// The server reported an error of its own.
    ServerFault = "server-fault",
    /// The response is larger than the limit in the settings.
    TooLarge = "too-large",
    /// The server redirects in circles, or too often.
    Redirects = "redirects",
    /// The response is neither a page nor a feed.
    NotAFeed = "not-a-feed",
    /// An entry of an imported file names no address, or is damaged.
    BadEntry = "bad-entry",
    /// An imported file ends early or is damaged from some place on.
    BreaksOff = "breaks-off",
    /// An imported file holds, or unpacks to, more than an export does.
    ImportTooLarge = "import-too-large",
    /// The file has no scraps in a known form.
    NotAnExport = "not-an-export",
    /// The file is not OPML.
    NotAnOutline = "not-an-outline",
    /// What was typed to subscribe to is neither an address nor the name of a known publisher.
    UnknownPublisher = "unknown-publisher",
    /// Nothing is subscribed to.
    NoFeeds = "no-feeds",
    /// Not one subscription could be fetched.
    NothingFetched = "nothing-fetched",
    /// There is no such subscription.
    NotSubscribed = "not-subscribed",
    /// There is no saved search with that name.
    NotSaved = "not-saved",
    /// No such mute rule.
    NotMuted = "not-muted",
    /// There is no account on a server to sync with.
    SyncOff = "sync-off",
    /// The server refuses name and password.
    SyncDenied = "sync-denied",
    /// The server lacks what syncing needs.
    SyncUnsupported = "sync-unsupported",
    /// The server redirects elsewhere, where name and password are not sent.
    SyncMoved = "sync-moved",
    /// There is no password for the server.
    SyncPassword = "sync-password",
    /// The folder through which machines keep in step is not there.
    SyncFolder = "sync-folder",
    /// The command of the settings printed no passphrase for that folder.
    SyncKey = "sync-key",
    /// That command can't be started.
    SyncKeyMissing = "sync-key-missing",
    /// That command printed nothing in the time that it may take.
    SyncKeySlow = "sync-key-slow",
    /// Its passphrase is not that of the folder.
    SyncWrongKey = "sync-wrong-key",
    /// The folder is sealed, and the settings name no command for a passphrase.
    SyncSealed = "sync-sealed",
    /// A file of that folder was not read, or not to its end.
    SyncJournal = "sync-journal",
    /// The disk is full.
    DiskFull = "disk-full",
    /// The file or folder is read-only.
    ReadOnly = "read-only",
    /// A file or folder of the user's can't be written.
    Unwritable = "unwritable",
    /// A folder is asked for, and a file or a device lies there.
    NotFolder = "not-folder",
    /// A file of that name exists and holds something else.
    NameTaken = "name-taken",
    /// The library's file is damaged.
    Damaged = "damaged",
    /// Neither the damaged library nor its copies held anything that could be saved.
    NothingRescued = "nothing-rescued",
    /// The library lacks changes that its copies have.
    LibraryBehind = "library-behind",
    /// The file is no backup of this program's, or it is damaged.
    NotABackup = "not-a-backup",
    /// The library can be read, but may not be written.
    LibraryReadOnly = "library-read-only",
    /// The library can be read, but the disk is too full to write to it.
    LibraryFull = "library-full",
    /// The library's file was removed or replaced while it was open.
    TakenAway = "taken-away",
    /// The library was written by a newer version of the program.
    Newer = "newer",
    /// Another program holds a lock on the library.
    Locked = "locked",
    /// The library could not be read or written for another reason.
    Store = "store",
    /// No browser was found.
    NoBrowser = "no-browser",
    /// No speech program was found.
    NoVoice = "no-voice",
    /// The speech program failed.
    VoiceFailed = "voice-failed",
    /// No language model is named in the settings.
    ModelOff = "model-off",
    /// The publisher requires the user's consent before its text is summarised by a machine.
    SummaryAsk = "summary-ask",
    /// The user has not yet agreed that text is sent to the language model's server.
    ModelAsk = "model-ask",
    /// The publisher forbids summaries made by a machine.
    ModelNever = "model-never",
    /// The API key for the language model could not be read.
    ModelKey = "model-key",
    /// The model's server rejected the API key.
    ModelDenied = "model-denied",
    /// The model's server is over its rate limit or quota.
    ModelBusy = "model-busy",
    /// The model's server refused the request, or is not a server of this kind.
    ModelRefused = "model-refused",
    /// The model's answer ended too early.
    ModelBroken = "model-broken",
    /// Nothing in the model's answer is supported by the article.
    ModelAstray = "model-astray",
    /// No article of the library answers what an edition is to be made of.
    EmptyEdition = "empty-edition",
    /// The name of an edition's file says no form that it can have.
    EditionName = "edition-name",
    /// The system has no Korean font.
    NoFont = "no-font",
    /// The command of the settings that sends an edition on is missing or failed.
    EditionSend = "edition-send",
    /// No program for printing was found.
    NoPrinter = "no-printer",
    /// The printer rejected the job.
    PrinterFailed = "printer-failed",
    /// The picture has more bytes or pixels than the settings allow.
    PictureTooLarge = "picture-too-large",
    /// The file is not a picture, or it is damaged.
    PictureBroken = "picture-broken",
    /// No program for writing to the clipboard was found.
    NoClipboard = "no-clipboard",
    /// No program for mail was found.
    NoMail = "no-mail",
    /// A program from the user's settings is missing or failed.
    ShareFailed = "share-failed",
    /// No program for viewing pictures was found.
    NoViewer = "no-viewer",
    /// No other publisher has an article on the same story.
    NoVersions = "no-versions",
    /// The article is no longer where it was listed.
    Gone = "gone",
    /// The article has no address.
    NoAddress = "no-address",
    /// The user cancelled it.
    Cancelled = "cancelled",
    /// There is no Korean font with the name in the settings.
    UnknownFont = "unknown-font",
    /// There is no theme with that name.
    NoTheme = "no-theme",
    /// Key bindings in the settings collide.
    Keys = "keys",
    /// There is no pane of that name to bind keys for.
    KeyTable = "key-table",
    /// That is no key.
    KeyName = "key-name",
    /// There is no action of that name.
    KeyAction = "key-action",
    /// The settings are invalid.
    Config = "config",
    /// A rule in the settings is wrong.
    RuleWrong = "rule-wrong",
    /// A command of a rule can't be started.
    RuleCommandMissing = "rule-command-missing",
    /// A command of a rule ended with an error.
    RuleCommand = "rule-command",
    /// A command of a rule took too long.
    RuleCommandSlow = "rule-command-slow",
    /// Commands of a rule were not run, since the ones before took all the time.
    RuleCommandsLate = "rule-commands-late",
    /// Rules asked for more commands than are run after one refresh.
    RuleCommandsMany = "rule-commands-many",
    /// The query can't be parsed.
    Query = "query",
    /// This program was built without the feature that is asked for.
    NotBuilt = "not-built",
    /// A bug in this program.
    Bug = "bug",
}

/// A failure, as it is reported to the user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Why it failed, from which its sentence follows.
    pub cause: Cause,
    /// What it concerns: a file, a host, a title, an address without its secrets.
    pub subject: Clean,
}

impl Failure {
    /// A failure for `cause`, concerning `subject`.
    pub fn new(cause: Cause, subject: &str) -> Self {
        Self {
            cause,
            subject: Clean::line(&text_without_secrets(subject)),
        }
    }

    /// Parses what an entry of the stored log says about `subject`: a failure if it begins with the
    /// name of a cause, else the text itself as `Err`.
    pub fn of_log(written: &str, subject: &str) -> Result<Self, Clean> {
        let name = written.split(':').next().unwrap_or_default();
        let cause = Cause::ALL.iter().find(|cause| cause.name() == name);
        cause
            .map(|cause| Self::new(*cause, subject))
            .ok_or_else(|| Clean::line(written))
    }

    /// What happened and what to do about it, in one sentence.
    pub fn sentence(&self, words: &Words) -> String {
        let subject = match self.cause {
            Cause::Config => Cow::Owned(config_fault::in_words(&self.subject, words)),
            _ => Cow::Borrowed(&*self.subject),
        };
        words.fill(self.cause.key(), &[("subject", &subject)])
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
