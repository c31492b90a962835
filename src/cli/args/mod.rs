//! What can be typed: the definitions that parsing, help, completions and the man page share.
//!
//! `corrections` has what publishers rewrote; `rules` saved searches, mute rules and marks; `sync`
//! the server to keep in step with; `word` what is asked of a dictionary; `forms` what is chosen by
//! name: sizes, colours, forms of output; `row_pattern` the pattern of `--format`.

mod corrections;
mod forms;
pub(crate) mod row_pattern;
mod rules;
mod sync;
mod word;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::config::LanguageChoice;

pub use corrections::ChangesArgs;
pub use forms::{BriefFormat, ExportFormat, Format, ListenExtent, Maker, MarkAs, Size, Sort, When};
pub use row_pattern::{PatternPart, RowField, RowPattern};
pub use rules::{MarkArgs, MuteAction, MuteArgs, RulesAction, RulesArgs, SavedAction, SavedArgs};
pub use sync::{LoginArgs, SyncAction, SyncArgs};
pub use word::{WordArgs, WordsArgs};

/// 기사: a terminal news reader that sets Hangul right, cleans pages, summarises offline and keeps
/// what you clip.
#[derive(Debug, Parser)]
#[command(name = "gisa", version, subcommand_precedence_over_arg = true)]
pub struct Cli {
    /// Flags of every command.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// What to read: addresses, files (.html .txt .xml .json), directories of them, or - for
    /// standard input; without any, the library.
    pub sources: Vec<String>,
    /// A linear screen, for screen readers and braille displays: no panes, boxes or marks, and the
    /// cursor on what is chosen.
    #[arg(long)]
    pub linear: bool,
    /// What to do instead of opening the reader.
    #[command(subcommand)]
    pub command: Option<CliCommand>,
}

/// Flags of every command.
#[derive(Debug, Args)]
pub struct GlobalArgs {
    /// Settings file [env: GISA_CONFIG].
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Directory for library and clippings [env: GISA_DATA_DIR].
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Never use the network.
    #[arg(long, global = true)]
    pub offline: bool,
    /// Language of the interface.
    #[arg(long, global = true, value_parser = ["ko", "en"])]
    pub lang: Option<String>,
}

impl GlobalArgs {
    /// The language that was asked for.
    pub(super) fn language(&self) -> Option<LanguageChoice> {
        match self.lang.as_deref()? {
            "ko" => Some(LanguageChoice::Ko),
            _ => Some(LanguageChoice::En),
        }
    }
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum CliCommand {
    /// Print an article as the reader would set it.
    Read(ReadArgs),
    /// Print the cleaned article.
    Extract(ExtractArgs),
    /// Print the short news of an article.
    Short(ShortArgs),
    /// Print the sentences of an article, one a line.
    Sentences(SentencesArgs),
    /// Read an article aloud.
    Listen(ListenArgs),
    /// Print an article, on paper or into a file.
    Print(PrintArgs),
    /// Make a newspaper to take along: a book, a PDF, a page, or sound.
    Edition(EditionArgs),
    /// Keep an article.
    #[command(visible_alias = "clip")]
    Scrap(ScrapArgs),
    /// List what was kept, export it, import what was kept elsewhere.
    #[command(visible_alias = "clippings")]
    Scraps(ScrapsArgs),
    /// Put articles aside to read later, with their text; without any, list those.
    Later(LaterArgs),
    /// Subscribe: to a feed, or to the feed of a site.
    Add(AddressArgs),
    /// Unsubscribe.
    Remove(AddressArgs),
    /// List subscriptions.
    Feeds(FeedsArgs),
    /// Subscribe to everything in the list or database of another reader.
    Import(ImportArgs),
    /// Write the subscriptions to an OPML file.
    Export(OpmlExportArgs),
    /// Write the whole library into one file: articles, clippings with their pictures,
    /// subscriptions.
    Backup(BackupArgs),
    /// Put a backup in the library's place; a copy from the folder copies is added to it.
    Restore(BackupArgs),
    /// Fetch everything that is due.
    Refresh(RefreshArgs),
    /// Keep in step with a server, or with other machines through a folder: bring what is new and
    /// changed there, send what was done here.
    Sync(SyncArgs),
    /// List articles of the library, newest first.
    List(FindArgs),
    /// Find articles of the library.
    Search(FindArgs),
    /// List saved searches, save one, forget one.
    Saved(SavedArgs),
    /// List mute rules, hide what a query finds, show it again.
    Mute(MuteArgs),
    /// List the rules for arriving articles, show what they would do.
    Rules(RulesArgs),
    /// Mark, keep or label all articles that a query finds.
    Mark(MarkArgs),
    /// Tell what publishers rewrote in articles after publication.
    Changes(ChangesArgs),
    /// Look a word up: the headwords that it may be a form of, with the entry of your dictionary.
    Word(WordArgs),
    /// List the words that you looked up, or write them as flash cards.
    Words(WordsArgs),
    /// Print today's issues: stories that several publishers carry.
    Issues(IssuesArgs),
    /// Print the day in brief: its issues, then what else is new; for a login shell or a mail.
    Brief(BriefArgs),
    /// Tell what this terminal can show, where files are, and how the library is.
    Doctor(DoctorArgs),
    /// The settings: where they are, a commented copy, what is in force.
    Config(ConfigArgs),
    /// Print completions for a shell.
    Completions(CompletionsArgs),
    /// Print the manual page, or that of a command.
    Man(ManArgs),
}

/// `gisa read`.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// Address, file, directory or -.
    pub source: String,
    /// Columns; those of the terminal where not given, 80 without one.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(2..=500))]
    pub width: Option<u16>,
    /// Text size.
    #[arg(long, value_enum, default_value_t = Size::Normal)]
    pub size: Size,
    /// The short news instead of the full text.
    #[arg(long)]
    pub short: bool,
    /// With --short: shorten it though the publisher wants to be asked first.
    #[arg(long, requires = "short")]
    pub agree: bool,
    /// Colours.
    #[arg(long, value_enum, default_value_t = When::Auto)]
    pub color: When,
}

/// `gisa extract`.
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// Address, file, directory or -.
    pub source: String,
    /// Form of the output.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// The address that the bytes came from.
    #[arg(long, value_name = "BASE")]
    pub url: Option<String>,
    /// Every article of a feed or a directory, not the first alone; in JSON, one a line.
    #[arg(long)]
    pub all: bool,
    /// In JSON, show passwords and tokens of the article's address too.
    #[arg(long)]
    pub secrets: bool,
    /// Read it as a page of a publisher without a profile.
    #[arg(long)]
    pub no_profiles: bool,
}

/// `gisa short`.
#[derive(Debug, Args)]
pub struct ShortArgs {
    /// Address, file, directory or -.
    pub source: String,
    /// Sentences.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=60))]
    pub sentences: Option<u8>,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
    /// Who makes it. Without it: the page's own summary where there is one, else the local one.
    #[arg(long, value_enum)]
    pub with: Option<Maker>,
    /// Shorten it though the publisher wants to be asked first. With llm: the article's text may go
    /// to the server of the settings; remembered for that server.
    #[arg(long)]
    pub agree: bool,
}

/// `gisa sentences`.
#[derive(Debug, Args)]
pub struct SentencesArgs {
    /// Address, file, directory or -; a .txt is taken as body text as it stands.
    pub source: String,
    /// As a JSON array.
    #[arg(long)]
    pub json: bool,
}

/// `gisa listen`.
#[derive(Debug, Args)]
pub struct ListenArgs {
    /// Address, file, directory or -.
    pub source: String,
    /// How much is read.
    #[arg(long, value_enum, default_value_t = ListenExtent::Full)]
    pub what: ListenExtent,
    /// Rate in percent of the voice's own; the settings' where not given.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u16).range(50..=300))]
    pub rate: Option<u16>,
    /// Shorten it although the publisher wants to be asked first.
    #[arg(long)]
    pub agree: bool,
    /// Print what would be said, a sentence a line, and say nothing.
    #[arg(long)]
    pub text: bool,
}

/// `gisa print`.
#[derive(Debug, Args)]
pub struct PrintArgs {
    /// Address, file, directory or -.
    pub source: String,
    /// A printer, or a file: .pdf or .txt. The system's printer where not given.
    #[arg(long, value_name = "PRINTER|FILE")]
    pub to: Option<String>,
}

/// `gisa edition`.
#[derive(Debug, Args)]
pub struct EditionArgs {
    /// What to find, in the reader's query language; today or nothing: the articles of the last 24
    /// hours with their issues.
    pub query: Vec<String>,
    /// The file: .epub, .pdf or .html; or a folder for sound files and a playlist.
    #[arg(long, value_name = "FILE|FOLDER")]
    pub to: PathBuf,
    /// So many articles at most; the settings' number where not given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=500))]
    pub limit: Option<u16>,
    /// Without pictures.
    #[arg(long)]
    pub no_pictures: bool,
    /// Hand the file to the command of the settings (send under [edition]) afterwards.
    #[arg(long)]
    pub send: bool,
}

/// `gisa scrap`.
#[derive(Debug, Args)]
pub struct ScrapArgs {
    /// Address, file, directory or -.
    pub source: String,
    /// Words of your own about it.
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// A label; may be given again.
    #[arg(long = "tag", value_name = "T")]
    pub tags: Vec<String>,
}

/// `gisa later`.
#[derive(Debug, Args)]
pub struct LaterArgs {
    /// Address, file, - or id:…; several may be given.
    pub sources: Vec<String>,
    /// Take them out of the queue.
    #[arg(long, requires = "sources")]
    pub done: bool,
    /// The list: one JSON object a line.
    #[arg(long)]
    pub json: bool,
}

/// `gisa scraps`.
#[derive(Debug, Args)]
pub struct ScrapsArgs {
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
    /// With --json: show passwords and tokens of addresses too.
    #[arg(long, requires = "json")]
    pub secrets: bool,
    /// Only those that answer this, in the reader's own query language: tag:, words of text and
    /// notes, after:.
    #[arg(long, value_name = "QUERY")]
    pub find: Option<String>,
    /// What to do instead of listing.
    #[command(subcommand)]
    pub action: Option<ScrapsAction>,
}

/// `gisa scraps …`.
#[derive(Debug, Subcommand)]
pub enum ScrapsAction {
    /// Write every scrap into a directory, one file each; or all into one file that other services
    /// read.
    Export {
        /// Where: a directory, or for the forms of one file the file (.html, .csv, .json).
        dir: PathBuf,
        /// Form of the files [default: that of the file's name, else md].
        #[arg(long, value_enum)]
        format: Option<ExportFormat>,
        /// Only those that answer this.
        #[arg(long, value_name = "QUERY")]
        find: Option<String>,
        /// Only this one, by the id that --json tells.
        #[arg(long, value_name = "ID")]
        id: Option<String>,
        /// Replace the one file if it exists and holds something else.
        #[arg(long)]
        replace: bool,
    },
    /// Look at the pages of scraps again, and tell which have changed or gone. The copies stay as
    /// they are.
    Check {
        /// Only those that answer this.
        #[arg(long, value_name = "QUERY")]
        find: Option<String>,
    },
    /// Fetch the texts of scraps that came without one. Each is kept when it comes: what is
    /// interrupted goes on with the next call.
    Fetch {
        /// Only those that answer this.
        #[arg(long, value_name = "QUERY")]
        find: Option<String>,
        /// Also ask addresses inside your own network.
        #[arg(long)]
        inward: bool,
        /// Also ask for pages that were gone before.
        #[arg(long)]
        again: bool,
    },
    /// Keep what was exported as JSON, here or by Pocket, Instapaper, Omnivore, wallabag, Readwise
    /// Reader, Karakeep, linkding, Raindrop, a browser …; scraps that are there already gain
    /// labels, notes and highlights and lose nothing.
    Import {
        /// Files (CSV, HTML, JSON, zip) or directories of them; what they are is told by their
        /// content.
        #[arg(required = true, value_name = "FILE")]
        from: Vec<PathBuf>,
    },
}

/// `gisa add`, `gisa remove`.
#[derive(Debug, Args)]
pub struct AddressArgs {
    /// The feed's address, or its site's.
    pub url: String,
}

/// `gisa import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// OPML; newsboat's urls or cache.db; lists of newsraft or sfeed; a database of NewsFlash or
    /// eilmeldung; addresses, one a line. What a file is is told by its content.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Also subscribe to addresses inside your own network, without asking.
    #[arg(long)]
    pub inward: bool,
}

/// `gisa export`.
#[derive(Debug, Args)]
pub struct OpmlExportArgs {
    /// The file.
    #[arg(value_name = "FILE.opml")]
    pub file: PathBuf,
    /// Write passwords and keys of addresses too, into a file that only you can read.
    #[arg(long)]
    pub secrets: bool,
}

/// `gisa backup`, `gisa restore`.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The file.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// `gisa refresh`.
#[derive(Debug, Args)]
pub struct RefreshArgs {
    /// Addresses of subscriptions; all that is due without any.
    pub feeds: Vec<String>,
    /// Ask every feed, due or not.
    #[arg(long)]
    pub all: bool,
    /// Fetch the pages of unread articles too.
    #[arg(long)]
    pub full: bool,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

/// `gisa feeds`.
#[derive(Debug, Args)]
pub struct FeedsArgs {
    /// Those only that no longer bring anything: unanswered for 30 days, or without news for 60;
    /// with the reason and what to do.
    #[arg(long)]
    pub dead: bool,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
    /// Show passwords and keys of addresses too.
    #[arg(long)]
    pub secrets: bool,
}

/// `gisa list`, `gisa search`.
#[derive(Debug, Args)]
pub struct FindArgs {
    /// What to find, in the reader's query language.
    pub query: Vec<String>,
    /// Those that a saved search finds.
    #[arg(long, value_name = "NAME")]
    pub saved: Option<String>,
    /// In this order [default: that of the query, else newest].
    #[arg(long, value_enum)]
    pub sort: Option<Sort>,
    /// So many at most.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// How many there are, and nothing else.
    #[arg(long, conflicts_with_all = ["json", "format"])]
    pub count: bool,
    /// A line for each by this pattern: {title} {url} {publisher} {published} {id} {read}
    /// {scrapped}, \t, \n and \{.
    #[arg(
        long,
        value_name = "PATTERN",
        conflicts_with = "json",
        allow_hyphen_values = true
    )]
    pub format: Option<RowPattern>,
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
    /// With --json: show passwords and tokens of addresses too.
    #[arg(long, requires = "json")]
    pub secrets: bool,
}

/// `gisa issues`.
#[derive(Debug, Args)]
pub struct IssuesArgs {
    /// Articles to look at (.jsonl: one a line); the library's latest without any.
    pub sources: Vec<String>,
    /// Articles further apart than this tell different stories [default: 48].
    #[arg(long, value_name = "N")]
    pub hours: Option<u32>,
    /// Look at titles and leads only.
    #[arg(long)]
    pub lead_only: bool,
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
}

/// `gisa brief`.
#[derive(Debug, Args)]
pub struct BriefArgs {
    /// Articles to look at (.jsonl: one a line); the library's latest without any.
    pub sources: Vec<String>,
    /// How far back.
    #[arg(long, value_name = "N", default_value_t = 24)]
    pub hours: u32,
    /// So many issues and so many other articles at most.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// Form of the output.
    #[arg(long, value_enum, default_value_t = BriefFormat::Text)]
    pub format: BriefFormat,
}

/// `gisa doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// As JSON.
    #[arg(long)]
    pub json: bool,
    /// Put a damaged library aside and save scraps and subscriptions, from it and from the copies
    /// that are made of them.
    #[arg(long, conflicts_with = "json")]
    pub rescue: bool,
    /// Tell which programs can read aloud, their Korean and English voices, which of them reads,
    /// and how to choose another.
    #[arg(long, conflicts_with = "rescue")]
    pub voices: bool,
}

/// `gisa config`.
#[derive(Debug, Args)]
pub struct ConfigArgs {
    /// What about them.
    #[command(subcommand)]
    pub action: ConfigAction,
}

/// `gisa config …`.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum ConfigAction {
    /// Print where the settings file is looked for.
    Path,
    /// Write a commented copy of the defaults there.
    Init,
    /// Print the settings in force.
    Show,
}

/// `gisa completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// Which shell.
    pub shell: clap_complete::Shell,
}

/// `gisa man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// A command, with its own after it (scraps export); the whole program without any.
    pub command: Vec<String>,
    /// Write the pages of gisa and of each command into this folder instead.
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub to: Option<PathBuf>,
}
