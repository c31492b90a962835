//! What can be typed: the definitions that parsing, help, completions and the man page share.
//!
//! `corrections` has what publishers rewrote; `rules` saved searches, mute rules and marks; `sync`
//! the server to keep in step with; `word` what is asked of a dictionary; `forms` what is chosen by
//! name: sizes, colours, forms of output; `row_pattern` the pattern of `--format`; `plain` reads
//! the simplest command lines without the parser.

mod corrections;
mod forms;
mod plain;
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

/// A terminal news reader that sets Hangul right, cleans up pages, summarises offline and keeps
/// what you clip.
#[derive(Debug, Parser)]
#[command(name = "gisa", version, subcommand_precedence_over_arg = true)]
pub struct Cli {
    /// Flags of every command.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// What to read: addresses, files (.html .txt .xml .json), folders of them, or - for standard
    /// input. Opens the library if left out.
    pub sources: Vec<String>,
    /// A linear screen for screen readers and braille displays: no panes, boxes or marks; the
    /// cursor stays on the selection.
    #[arg(long)]
    pub linear: bool,
    /// What to do instead of opening the reader.
    #[command(subcommand)]
    pub command: Option<CliCommand>,
}

/// Languages of the interface.
const LANGUAGES: [&str; 2] = ["ko", "en"];

/// Flags of every command.
#[derive(Debug, Default, Args)]
pub struct GlobalArgs {
    /// Settings file [env: GISA_CONFIG].
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Folder for the library and clippings [env: GISA_DATA_DIR].
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Never use the network.
    #[arg(long, global = true)]
    pub offline: bool,
    /// Language of the interface.
    #[arg(long, global = true, value_parser = LANGUAGES)]
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
    /// Print an article the way the reader shows it.
    Read(ReadArgs),
    /// Print the cleaned article.
    Extract(ExtractArgs),
    /// Print the short news of an article.
    Short(ShortArgs),
    /// Print the sentences of an article, one per line.
    Sentences(SentencesArgs),
    /// Read an article aloud.
    Listen(ListenArgs),
    /// Print an article on paper or to a file.
    Print(PrintArgs),
    /// Make a newspaper to take along: an e-book, a PDF, an HTML page, or audio.
    Edition(EditionArgs),
    /// Clip an article.
    #[command(visible_alias = "clip")]
    Scrap(ScrapArgs),
    /// List your clippings, export them, or import what you saved elsewhere.
    #[command(visible_alias = "clippings")]
    Scraps(ScrapsArgs),
    /// Save articles to read later, with their text. Lists them if none is given.
    Later(LaterArgs),
    /// Subscribe to a feed, or to a site's feed.
    Add(AddressArgs),
    /// Unsubscribe.
    Remove(AddressArgs),
    /// List subscriptions.
    Feeds(FeedsArgs),
    /// Subscribe to everything in another reader's list or database.
    Import(ImportArgs),
    /// Write the subscriptions to an OPML file.
    Export(OpmlExportArgs),
    /// Write the whole library to one file: articles, clippings with their pictures, subscriptions.
    Backup(BackupArgs),
    /// Replace the library with a backup. A copy from the copies folder is added to the library
    /// instead.
    Restore(BackupArgs),
    /// Fetch every feed that is due.
    Refresh(RefreshArgs),
    /// Sync with a server, or with other machines through a folder: fetch what is new or changed
    /// there, send what was done here.
    Sync(SyncArgs),
    /// List the articles in the library, newest first.
    List(FindArgs),
    /// Search the articles in the library.
    Search(FindArgs),
    /// List saved searches, save one, or delete one.
    Saved(SavedArgs),
    /// List mute rules, hide what a query finds, or show it again.
    Mute(MuteArgs),
    /// List the rules for new articles, or show what they would do.
    Rules(RulesArgs),
    /// Mark, clip or tag all articles that a query finds.
    Mark(MarkArgs),
    /// Show what publishers changed in articles after publication.
    Changes(ChangesArgs),
    /// Look up a word: the headwords it may be a form of, with the entries from your dictionary.
    Word(WordArgs),
    /// List the words you looked up, or write them as flash cards.
    Words(WordsArgs),
    /// Print today's issues: the stories that several publishers carry.
    Issues(IssuesArgs),
    /// Print the day in brief: its issues, then what else is new. Suits a login shell or an e-mail.
    Brief(BriefArgs),
    /// Show what this terminal can do, where the files are, and whether the library is sound.
    Doctor(DoctorArgs),
    /// Show where the settings are, write a commented copy, or print those in effect.
    Config(ConfigArgs),
    /// Print shell completions.
    Completions(CompletionsArgs),
    /// Print the manual page of gisa or of a command.
    Man(ManArgs),
}

/// `gisa read`.
#[derive(Debug, Args)]
pub struct ReadArgs {
    /// Address, file, folder, or - for standard input.
    pub source: String,
    /// Width in columns. If left out: the terminal's width, or 80 without a terminal.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(2..=500))]
    pub width: Option<u16>,
    /// Text size.
    #[arg(long, value_enum, default_value_t = Size::Normal)]
    pub size: Size,
    /// Print the short news instead of the full text.
    #[arg(long)]
    pub short: bool,
    /// With --short: summarise even if the publisher wants to be asked first.
    #[arg(long, requires = "short")]
    pub agree: bool,
    /// When to use colour.
    #[arg(long, value_enum, default_value_t = When::Auto)]
    pub color: When,
}

/// `gisa extract`.
#[derive(Debug, Args)]
pub struct ExtractArgs {
    /// Address, file, folder, or - for standard input.
    pub source: String,
    /// Output format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// The address the input came from.
    #[arg(long, value_name = "BASE")]
    pub url: Option<String>,
    /// Every article of a feed or folder, not just the first. In JSON, one per line.
    #[arg(long)]
    pub all: bool,
    /// In JSON, also show passwords and tokens in the article's address.
    #[arg(long)]
    pub secrets: bool,
    /// Ignore publishers' profiles and read the page like that of an unknown publisher.
    #[arg(long)]
    pub no_profiles: bool,
}

/// `gisa short`.
#[derive(Debug, Args)]
pub struct ShortArgs {
    /// Address, file, folder, or - for standard input.
    pub source: String,
    /// How many sentences.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=60))]
    pub sentences: Option<u8>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
    /// Who writes it. If left out: the page's own summary if there is one, else local.
    #[arg(long, value_enum)]
    pub with: Option<Maker>,
    /// Summarise even if the publisher wants to be asked first. With llm, this also lets the
    /// article's text go to the server in the settings, which is remembered for that server.
    #[arg(long)]
    pub agree: bool,
}

/// `gisa sentences`.
#[derive(Debug, Args)]
pub struct SentencesArgs {
    /// Address, file, folder, or - for standard input. A .txt file is taken as body text as it is.
    pub source: String,
    /// Print a JSON array.
    #[arg(long)]
    pub json: bool,
}

/// `gisa listen`.
#[derive(Debug, Args)]
pub struct ListenArgs {
    /// Address, file, folder, or - for standard input.
    pub source: String,
    /// How much to read.
    #[arg(long, value_enum, default_value_t = ListenExtent::Full)]
    pub what: ListenExtent,
    /// Speed in percent of the voice's own. If left out, that of the settings.
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u16).range(50..=300))]
    pub rate: Option<u16>,
    /// Summarise even if the publisher wants to be asked first.
    #[arg(long)]
    pub agree: bool,
    /// Print what would be read, one sentence per line, without a sound.
    #[arg(long)]
    pub text: bool,
}

/// `gisa print`.
#[derive(Debug, Args)]
pub struct PrintArgs {
    /// Address, file, folder, or - for standard input.
    pub source: String,
    /// A printer, or a .pdf or .txt file. If left out, the system's printer.
    #[arg(long, value_name = "PRINTER|FILE")]
    pub to: Option<String>,
}

/// `gisa edition`.
#[derive(Debug, Args)]
pub struct EditionArgs {
    /// A query as in the reader. If left out, or today: the articles of the last 24 hours, with
    /// their issues.
    pub query: Vec<String>,
    /// An .epub, .pdf or .html file, or a folder for audio files and a playlist.
    #[arg(long, value_name = "FILE|FOLDER")]
    pub to: PathBuf,
    /// At most this many articles. If left out, as many as the settings say.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=500))]
    pub limit: Option<u16>,
    /// Leave out pictures.
    #[arg(long)]
    pub no_pictures: bool,
    /// Then hand the file to the send command under [edition] in the settings.
    #[arg(long)]
    pub send: bool,
}

/// `gisa scrap`.
#[derive(Debug, Args)]
pub struct ScrapArgs {
    /// Address, file, folder, or - for standard input.
    pub source: String,
    /// A note to go with it.
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
    /// A tag. Can be repeated.
    #[arg(long = "tag", value_name = "T")]
    pub tags: Vec<String>,
}

/// `gisa later`.
#[derive(Debug, Args)]
pub struct LaterArgs {
    /// Address, file, - for standard input, or id:…. Can be repeated.
    pub sources: Vec<String>,
    /// Remove them from read later.
    #[arg(long, requires = "sources")]
    pub done: bool,
    /// Print the list as JSON, one object per line.
    #[arg(long)]
    pub json: bool,
}

/// `gisa scraps`.
#[derive(Debug, Args)]
pub struct ScrapsArgs {
    /// Print JSON, one object per line.
    #[arg(long)]
    pub json: bool,
    /// With --json: also show passwords and tokens in addresses.
    #[arg(long, requires = "json")]
    pub secrets: bool,
    /// Only those that match this query, as in the reader: tag:, words in the text or notes,
    /// after:.
    #[arg(long, value_name = "QUERY")]
    pub find: Option<String>,
    /// What to do instead of listing.
    #[command(subcommand)]
    pub action: Option<ScrapsAction>,
}

/// `gisa scraps …`.
#[derive(Debug, Subcommand)]
pub enum ScrapsAction {
    /// Write clippings to a folder, one file each, or all to one file that other services can read.
    Export {
        /// The folder, or the file (.html, .csv, .json) for formats that use a single one.
        dir: PathBuf,
        /// Format of the files [default: as the file's name says, else md].
        #[arg(long, value_enum)]
        format: Option<ExportFormat>,
        /// Only those that match this query.
        #[arg(long, value_name = "QUERY")]
        find: Option<String>,
        /// Only the one with this id, as --json shows it.
        #[arg(long, value_name = "ID")]
        id: Option<String>,
        /// With a single file: replace it even if it holds something else.
        #[arg(long)]
        replace: bool,
    },
    /// Look at the pages of clippings again and tell which have changed or gone. The copies stay as
    /// they are.
    Check {
        /// Only those that match this query.
        #[arg(long, value_name = "QUERY")]
        find: Option<String>,
    },
    /// Fetch the text of clippings that came without one. Each is kept as it arrives, so an
    /// interrupted run can be continued.
    Fetch {
        /// Only those that match this query.
        #[arg(long, value_name = "QUERY")]
        find: Option<String>,
        /// Also fetch from addresses inside your own network.
        #[arg(long)]
        inward: bool,
        /// Also try pages that were gone before.
        #[arg(long)]
        again: bool,
    },
    /// Import JSON that gisa exported, or an export from Pocket, Instapaper, Omnivore, wallabag,
    /// Readwise Reader, Karakeep, linkding, Raindrop or a browser. Clippings you already have gain
    /// tags, notes and highlights, and lose nothing.
    Import {
        /// Files (CSV, HTML, JSON, zip) or folders of them. The format is recognised by content.
        #[arg(required = true, value_name = "FILE")]
        from: Vec<PathBuf>,
    },
}

/// `gisa add`, `gisa remove`.
#[derive(Debug, Args)]
pub struct AddressArgs {
    /// Address of the feed or of its site.
    pub url: String,
}

/// `gisa import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// OPML, newsboat's urls or cache.db, a list of newsraft or sfeed, a database of NewsFlash or
    /// eilmeldung, or addresses, one per line. The format is recognised by content.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Subscribe to addresses inside your own network too, without asking.
    #[arg(long)]
    pub inward: bool,
}

/// `gisa export`.
#[derive(Debug, Args)]
pub struct OpmlExportArgs {
    /// The file.
    #[arg(value_name = "FILE.opml")]
    pub file: PathBuf,
    /// Also write passwords and tokens in addresses, to a file that only you can read.
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
    /// Addresses of the feeds to fetch. If left out, every feed that is due.
    pub feeds: Vec<String>,
    /// Fetch every feed, due or not.
    #[arg(long)]
    pub all: bool,
    /// Also fetch the full text of unread articles.
    #[arg(long)]
    pub full: bool,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// `gisa feeds`.
#[derive(Debug, Args)]
pub struct FeedsArgs {
    /// Only feeds that no longer bring anything (unreachable for 30 days, or nothing new for 60),
    /// with the reason and what to do.
    #[arg(long)]
    pub dead: bool,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
    /// Also show passwords and tokens in addresses.
    #[arg(long)]
    pub secrets: bool,
}

/// `gisa list`, `gisa search`.
#[derive(Debug, Args)]
pub struct FindArgs {
    /// A query, as in the reader.
    pub query: Vec<String>,
    /// Those that this saved search finds.
    #[arg(long, value_name = "NAME")]
    pub saved: Option<String>,
    /// Sort order [default: as the query says, else newest].
    #[arg(long, value_enum)]
    pub sort: Option<Sort>,
    /// At most this many.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// Print only how many there are.
    #[arg(long, conflicts_with_all = ["json", "format"])]
    pub count: bool,
    /// Print each in this format: {title} {url} {publisher} {published} {id} {read} {scrapped}, \t,
    /// \n and \{.
    #[arg(
        long,
        value_name = "PATTERN",
        conflicts_with = "json",
        allow_hyphen_values = true
    )]
    pub format: Option<RowPattern>,
    /// Print JSON, one object per line.
    #[arg(long)]
    pub json: bool,
    /// With --json: also show passwords and tokens in addresses.
    #[arg(long, requires = "json")]
    pub secrets: bool,
}

/// `gisa issues`.
#[derive(Debug, Args)]
pub struct IssuesArgs {
    /// Articles to look at (.jsonl: one per line). If left out, the latest in the library.
    pub sources: Vec<String>,
    /// Treat articles more than this many hours apart as different stories [default: 48].
    #[arg(long, value_name = "N")]
    pub hours: Option<u32>,
    /// Look only at headlines and leads.
    #[arg(long)]
    pub lead_only: bool,
    /// Print JSON, one object per line.
    #[arg(long)]
    pub json: bool,
}

/// `gisa brief`.
#[derive(Debug, Args)]
pub struct BriefArgs {
    /// Articles to look at (.jsonl: one per line). If left out, the latest in the library.
    pub sources: Vec<String>,
    /// How many hours to look back.
    #[arg(long, value_name = "N", default_value_t = 24)]
    pub hours: u32,
    /// At most this many issues, and this many other articles.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// Output format.
    #[arg(long, value_enum, default_value_t = BriefFormat::Text)]
    pub format: BriefFormat,
}

/// `gisa doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
    /// Set a damaged library aside, and recover clippings and subscriptions from it and from its
    /// copies.
    #[arg(long, conflicts_with = "json")]
    pub rescue: bool,
    /// Show which programs can read aloud, their Korean and English voices, which one is used, and
    /// how to choose another.
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
    /// Print where gisa looks for the settings file.
    Path,
    /// Write a commented copy of the defaults there.
    Init,
    /// Print the settings in effect.
    Show,
}

/// `gisa completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell.
    pub shell: clap_complete::Shell,
}

/// `gisa man`.
#[derive(Debug, Args)]
pub struct ManArgs {
    /// A command, or one of its subcommands (scraps export). If left out, gisa itself.
    pub command: Vec<String>,
    /// Write the manual pages of gisa and of every command to this folder.
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub to: Option<PathBuf>,
}
