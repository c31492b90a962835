//! An act: what one machine did to one field of one thing, and when.

use std::fmt;

/// The number of a machine, drawn when it first uses a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MachineId(pub u64);

impl MachineId {
    /// The number of its written form.
    pub fn parse(text: &str) -> Option<Self> {
        let is_hex = text.len() == 16 && text.bytes().all(|b| b.is_ascii_hexdigit());
        let number = is_hex.then(|| u64::from_str_radix(text, 16).ok())??;
        Some(Self(number))
    }

    pub(super) fn key(self) -> i64 {
        self.0.cast_signed()
    }

    pub(super) fn of_key(key: i64) -> Self {
        Self(key.cast_unsigned())
    }
}

impl fmt::Display for MachineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// When an act was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct ActStamp {
    /// Its number among the acts of its machine, from 1.
    pub seq: i64,
    /// Milliseconds since 1970 by the clock of its machine; 0 for what was so before the machine
    /// used a folder.
    pub wall: i64,
    /// A time, likewise, at which the machine knew of acts of others: the act is later than those.
    pub floor: i64,
}

/// What acts are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActField {
    /// Whether an article is read.
    Read,
    /// Where reading an article stopped: block and byte.
    Place,
    /// That an article is a scrap: since when, and what is known of it beside its text.
    Scrap,
    /// A scrap's article with its text.
    Text,
    /// The note on a scrap.
    Note,
    /// A label of a scrap; the label is the act's part.
    Tag,
    /// A highlight of a scrap; a hash of its passage is the act's part.
    Highlight,
    /// That a feed is subscribed to: its address and site.
    Feed,
    /// The folder of a subscription.
    Folder,
    /// The title of a subscription.
    Title,
    /// The machine's name.
    Machine,
    /// That another machine's clock was seen to be ahead; see [`super::clock`].
    Clock,
}

impl ActField {
    const ALL: [Self; 12] = [
        Self::Read,
        Self::Place,
        Self::Scrap,
        Self::Text,
        Self::Note,
        Self::Tag,
        Self::Highlight,
        Self::Feed,
        Self::Folder,
        Self::Title,
        Self::Machine,
        Self::Clock,
    ];

    /// Its name in journals.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Place => "place",
            Self::Scrap => "scrap",
            Self::Text => "text",
            Self::Note => "note",
            Self::Tag => "tag",
            Self::Highlight => "mark",
            Self::Feed => "feed",
            Self::Folder => "folder",
            Self::Title => "title",
            Self::Machine => "machine",
            Self::Clock => "clock",
        }
    }

    /// Whether it is one of a scrap.
    pub(super) fn is_of_scrap(self) -> bool {
        matches!(
            self,
            Self::Scrap | Self::Text | Self::Note | Self::Tag | Self::Highlight
        )
    }

    /// The field of that name; `None` for one of a newer version.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// An act as it stands in a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedAct {
    /// Whose it is.
    pub machine: MachineId,
    /// When it was done.
    pub stamp: ActStamp,
    /// The name of its field. One of a newer version is kept, and has no effect.
    pub field: String,
    /// The thing, by the name that all machines have for it.
    pub thing: i64,
    /// Which label or highlight; else empty.
    pub part: String,
    /// The new value as JSON; `None` where it was taken away.
    pub value: Option<String>,
}
