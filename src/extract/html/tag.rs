//! The elements that matter for reading, and how each behaves.

macro_rules! tags {
    ($($variant:ident $name:literal $bytes:literal,)*) => {
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
                match name {
                    $($bytes => Self::$variant,)*
                    _ => Self::Other,
                }
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
    A "a" b"a", Abbr "abbr" b"abbr", Address "address" b"address", Article "article" b"article", Aside "aside" b"aside", Audio "audio" b"audio", B "b" b"b", Base "base" b"base", Big "big" b"big",
    Blockquote "blockquote" b"blockquote", Body "body" b"body", Br "br" b"br", Button "button" b"button", Canvas "canvas" b"canvas", Caption "caption" b"caption", Center "center" b"center",
    Cite "cite" b"cite", Code "code" b"code", Col "col" b"col", Colgroup "colgroup" b"colgroup", Dd "dd" b"dd", Del "del" b"del", Details "details" b"details", Dialog "dialog" b"dialog",
    Div "div" b"div", Dl "dl" b"dl", Dt "dt" b"dt", Em "em" b"em", Embed "embed" b"embed", Fieldset "fieldset" b"fieldset", Figcaption "figcaption" b"figcaption", Figure "figure" b"figure",
    Font "font" b"font", Footer "footer" b"footer", Form "form" b"form", Frame "frame" b"frame", Frameset "frameset" b"frameset", H1 "h1" b"h1", H2 "h2" b"h2", H3 "h3" b"h3", H4 "h4" b"h4",
    H5 "h5" b"h5", H6 "h6" b"h6", Head "head" b"head", Header "header" b"header", Hgroup "hgroup" b"hgroup", Hr "hr" b"hr", Html "html" b"html", I "i" b"i", Iframe "iframe" b"iframe",
    Img "img" b"img", Input "input" b"input", Ins "ins" b"ins", Kbd "kbd" b"kbd", Label "label" b"label", Legend "legend" b"legend", Li "li" b"li", Link "link" b"link", Main "main" b"main",
    Map "map" b"map", Mark "mark" b"mark", Menu "menu" b"menu", Meta "meta" b"meta", Nav "nav" b"nav", Noembed "noembed" b"noembed", Noframes "noframes" b"noframes",
    Noscript "noscript" b"noscript", Object "object" b"object", Ol "ol" b"ol", Optgroup "optgroup" b"optgroup", Option "option" b"option", P "p" b"p", Param "param" b"param",
    Picture "picture" b"picture", Pre "pre" b"pre", Q "q" b"q", Rp "rp" b"rp", Rt "rt" b"rt", Ruby "ruby" b"ruby", S "s" b"s", Samp "samp" b"samp", Script "script" b"script",
    Section "section" b"section", Select "select" b"select", Small "small" b"small", Source "source" b"source", Span "span" b"span", Strike "strike" b"strike", Strong "strong" b"strong",
    Style "style" b"style", Sub "sub" b"sub", Summary "summary" b"summary", Sup "sup" b"sup", Svg "svg" b"svg", Table "table" b"table", Tbody "tbody" b"tbody", Td "td" b"td",
    Template "template" b"template", Textarea "textarea" b"textarea", Tfoot "tfoot" b"tfoot", Th "th" b"th", Thead "thead" b"thead", Time "time" b"time", Title "title" b"title",
    Tr "tr" b"tr", Track "track" b"track", Tt "tt" b"tt", U "u" b"u", Ul "ul" b"ul", Var "var" b"var", Video "video" b"video", Wbr "wbr" b"wbr", Xmp "xmp" b"xmp",
}

impl Tag {
    /// The kind of the element called `name`, in any case.
    pub(crate) fn of(name: &str) -> Self {
        let mut lower = [0_u8; 12];
        let Some(slot) = lower.get_mut(..name.len()) else {
            return Self::Other;
        };
        slot.copy_from_slice(name.as_bytes());
        slot.make_ascii_lowercase();
        Self::known(slot)
    }

    /// Text of either sort.
    pub(crate) fn is_text(self) -> bool {
        matches!(self, Self::Text | Self::Raw)
    }

    /// Has no content and no end tag.
    pub(crate) fn is_void(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Base | Br
                | Col
                | Embed
                | Frame
                | Hr
                | Img
                | Input
                | Link
                | Meta
                | Param
                | Source
                | Track
                | Wbr
        )
    }

    /// Content is text up to the matching end tag, whatever it looks like.
    pub(crate) fn is_raw(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Script | Style | Textarea | Title | Xmp | Noembed | Noframes | Iframe
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

    /// Its start tag ends an open paragraph.
    pub(crate) fn closes_p(self) -> bool {
        use Tag::*;
        self.is_block()
            && !matches!(
                self,
                Body | Html | Td | Th | Tr | Tbody | Thead | Tfoot | Option | Optgroup | Caption
            )
    }

    /// No end tag outside reaches in past it.
    pub(crate) fn is_fence(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Html | Table | Td | Th | Caption | Template | Object | Button
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

    /// May stand in `<head>`.
    pub(crate) fn in_head(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Base | Link | Meta | Noscript | Script | Style | Template | Title
        )
    }
}
