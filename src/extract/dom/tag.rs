//! The elements that matter for reading, and how each behaves.

macro_rules! tags {
    ($($variant:ident $name:literal,)*) => {
        /// An element's kind, or what stands in its place in the tree.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Tag {
            /// A run of text; character references are not resolved yet.
            Text,
            /// A run of text without character references (scripts, styles).
            Raw,
            /// Any element without a row here.
            Other,
            $(#[doc = $name] $variant,)*
        }

        impl Tag {
            /// By lower-case name.
            fn known(name: &[u8]) -> Self {
                $(if name == $name.as_bytes() { return Self::$variant; })*
                Self::Other
            }

            /// Lower-case name; empty for text and for elements without a row.
            pub(crate) fn name(self) -> &'static str {
                match self {
                    Self::Text | Self::Raw | Self::Other => "",
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

tags! {
    A "a", Abbr "abbr", Address "address", Article "article", Aside "aside", Audio "audio", B "b", Base "base", Big "big",
    Blockquote "blockquote", Body "body", Br "br", Button "button", Canvas "canvas", Caption "caption", Center "center",
    Cite "cite", Code "code", Col "col", Colgroup "colgroup", Dd "dd", Del "del", Details "details", Dialog "dialog",
    Div "div", Dl "dl", Dt "dt", Em "em", Embed "embed", Fieldset "fieldset", Figcaption "figcaption", Figure "figure",
    Font "font", Footer "footer", Form "form", Frame "frame", Frameset "frameset", H1 "h1", H2 "h2", H3 "h3", H4 "h4",
    H5 "h5", H6 "h6", Head "head", Header "header", Hgroup "hgroup", Hr "hr", Html "html", I "i", Iframe "iframe",
    Img "img", Input "input", Ins "ins", Kbd "kbd", Label "label", Legend "legend", Li "li", Link "link", Main "main",
    Map "map", Mark "mark", Menu "menu", Meta "meta", Nav "nav", Noembed "noembed", Noframes "noframes",
    Noscript "noscript", Object "object", Ol "ol", Optgroup "optgroup", Option "option", P "p", Param "param",
    Picture "picture", Pre "pre", Q "q", Rp "rp", Rt "rt", Ruby "ruby", S "s", Samp "samp", Script "script",
    Section "section", Select "select", Small "small", Source "source", Span "span", Strike "strike", Strong "strong",
    Style "style", Sub "sub", Summary "summary", Sup "sup", Svg "svg", Table "table", Tbody "tbody", Td "td",
    Template "template", Textarea "textarea", Tfoot "tfoot", Th "th", Thead "thead", Time "time", Title "title",
    Tr "tr", Track "track", Tt "tt", U "u", Ul "ul", Var "var", Video "video", Wbr "wbr", Xmp "xmp",
}

impl Tag {
    /// The kind of the element called `name`, in any case.
    pub(crate) fn of(name: &str) -> Self {
        let mut lower = [0_u8; 12];
        let Some(slot) = lower.get_mut(..name.len()) else { return Self::Other };
        slot.copy_from_slice(name.as_bytes());
        slot.make_ascii_lowercase();
        // The commonest first: the table is walked in order.
        match &*slot {
            b"div" => Self::Div,
            b"span" => Self::Span,
            b"p" => Self::P,
            b"li" => Self::Li,
            b"script" => Self::Script,
            slot => Self::known(slot),
        }
    }

    /// Text of either sort.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Raw)
    }

    /// Has no content and no end tag.
    pub(crate) fn is_void(self) -> bool {
        use Tag::*;
        matches!(self, Base | Br | Col | Embed | Frame | Hr | Img | Input | Link | Meta | Param | Source | Track | Wbr)
    }

    /// Content is text up to the matching end tag, whatever it looks like.
    pub(crate) fn is_raw(self) -> bool {
        use Tag::*;
        matches!(self, Script | Style | Textarea | Title | Xmp | Noembed | Noframes | Iframe)
    }

    /// Breaks the line before and after itself.
    pub(crate) fn is_block(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Address
                | Article
                | Aside
                | Blockquote
                | Body
                | Center
                | Dd
                | Details
                | Dialog
                | Div
                | Dl
                | Dt
                | Fieldset
                | Figcaption
                | Figure
                | Footer
                | Form
                | H1
                | H2
                | H3
                | H4
                | H5
                | H6
                | Header
                | Hgroup
                | Hr
                | Html
                | Legend
                | Li
                | Main
                | Menu
                | Nav
                | Ol
                | Optgroup
                | Option
                | P
                | Pre
                | Section
                | Summary
                | Table
                | Tbody
                | Td
                | Tfoot
                | Th
                | Thead
                | Tr
                | Ul
                | Caption
                | Xmp
        )
    }

    /// Its start tag ends an open paragraph.
    pub(crate) fn closes_p(self) -> bool {
        use Tag::*;
        self.is_block()
            && !matches!(self, Body | Html | Td | Th | Tr | Tbody | Thead | Tfoot | Option | Optgroup | Caption)
    }

    /// No end tag outside reaches in past it.
    pub(crate) fn is_fence(self) -> bool {
        use Tag::*;
        matches!(self, Html | Table | Td | Th | Caption | Template | Object | Button)
    }

    /// h1 to h6.
    pub(crate) fn heading(self) -> Option<u8> {
        use Tag::*;
        Some(match self {
            H1 => 1,
            H2 => 2,
            H3 => 3,
            H4 => 4,
            H5 => 5,
            H6 => 6,
            _ => return None,
        })
    }

    /// May stand in `<head>`.
    pub(crate) fn in_head(self) -> bool {
        use Tag::*;
        matches!(self, Base | Link | Meta | Noscript | Script | Style | Template | Title)
    }
}
