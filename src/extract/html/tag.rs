//! The elements that matter for reading, and how each behaves.

use html5ever::{LocalName, local_name};

macro_rules! tags {
    ($($variant:ident $name:tt,)*) => {
        /// An element's kind, or what stands in its place in the tree.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Tag {
            /// A run of text.
            Text,
            /// A run of text that no reader sees: in scripts, styles, titles.
            Raw,
            /// Any element without a row here.
            Other,
            $(#[doc = $name] $variant,)*
        }

        impl Tag {
            /// By name.
            pub(super) fn of(name: &LocalName) -> Self {
                match *name {
                    $(local_name!($name) => Self::$variant,)*
                    _ => Self::Other,
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
    /// Text of either sort.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Raw)
    }

    /// Content is text up to the matching end tag, whatever it looks like.
    pub(crate) fn is_raw(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Script | Style | Textarea | Title | Noembed | Noframes | Iframe
        )
    }

    /// Belongs to the page's works: its words are no text.
    pub(crate) fn is_machinery(self) -> bool {
        use Tag::*;
        self.is_raw()
            || matches!(
                self,
                Raw | Svg | Template | Noscript | Canvas | Map | Button | Select
            )
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
}
