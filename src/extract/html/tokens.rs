//! html5gum's tokens, handed on as html5ever's tree builder takes them.
//!
//! html5ever's own tokenizer reads names letter by letter, and scripts and styles line by line: on
//! 127 real pages it took 29 % of the time that their articles took. html5gum passes the same tests
//! of the standard and leaves the comparison of attributes to its user.

use std::borrow::Cow;
use std::cell::Cell;
use std::convert::Infallible;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::{Attribute, LocalName, QualName, ns};
use html5gum::{Emitter, Error, State};

use super::gate::Gate;

/// Attributes of a tag past this many are left out: each is compared with those before it, and takes
/// a part of the stack ([`super::tag_reader`]). Tags of real pages have fewer than 60.
const MOST_ATTRIBUTES: usize = 128;
/// The parser counts lines for its messages, which nothing here reads.
const LINE: u64 = 1;

/// Collects what html5gum reads into tokens.
pub(super) struct Tokens<'g> {
    gate: &'g Gate,
    /// Set where the reader shall skip the other attributes of the tag.
    is_full: &'g Cell<bool>,
    /// Text since the last token.
    text: Vec<u8>,
    comment: Vec<u8>,
    doctype: Doctype,
    /// Of the tag that is being read.
    kind: TagKind,
    name: Vec<u8>,
    self_closing: bool,
    attributes: Vec<Attribute>,
    /// Attributes read, also those that are not kept.
    attribute_count: usize,
    /// Whether an attribute is being read.
    in_attribute: bool,
    attribute_name: Vec<u8>,
    attribute_value: Vec<u8>,
    has_duplicates: bool,
    /// The name of the last start tag: only its end tag ends the text of a script.
    last_start: Vec<u8>,
}

impl<'g> Tokens<'g> {
    pub(super) fn new(gate: &'g Gate, is_full: &'g Cell<bool>) -> Self {
        Self {
            gate,
            is_full,
            text: Vec::new(),
            comment: Vec::new(),
            doctype: Doctype::default(),
            kind: TagKind::StartTag,
            name: Vec::new(),
            self_closing: false,
            attributes: Vec::new(),
            attribute_count: 0,
            in_attribute: false,
            attribute_name: Vec::new(),
            attribute_value: Vec::new(),
            has_duplicates: false,
            last_start: Vec::new(),
        }
    }

    /// Hands a token on; gives the state that the tree asks the tokenizer to go on in.
    fn pass(&self, token: Token) -> Option<State> {
        match self.gate.process_token(token, LINE) {
            TokenSinkResult::Continue
            | TokenSinkResult::Script(_)
            | TokenSinkResult::EncodingIndicator(_) => None,
            TokenSinkResult::Plaintext => Some(State::PlainText),
            TokenSinkResult::RawData(RawKind::Rcdata) => Some(State::RcData),
            TokenSinkResult::RawData(RawKind::Rawtext) => Some(State::RawText),
            TokenSinkResult::RawData(RawKind::ScriptData | RawKind::ScriptDataEscaped(_)) => {
                Some(State::ScriptData)
            }
        }
    }

    fn pass_text(&mut self) {
        if self.text.is_empty() {
            return;
        }
        for (nth, part) in self.text.split(|byte| *byte == 0).enumerate() {
            if nth > 0 {
                self.pass(Token::NullCharacterToken);
            }
            if !part.is_empty() {
                self.pass(Token::CharacterTokens(tendril(part)));
            }
        }
        self.text.clear();
    }

    /// Ends the attribute that is being read, if there is one.
    fn end_attribute(&mut self) {
        if !std::mem::take(&mut self.in_attribute) {
            return;
        }
        if self.kind == TagKind::StartTag && self.attribute_count <= MOST_ATTRIBUTES {
            let name = local_name(&self.attribute_name);
            if self.attributes.iter().any(|a| a.name.local == name) {
                self.has_duplicates = true;
            } else {
                self.attributes.push(Attribute {
                    name: QualName::new(None, ns!(), name),
                    value: tendril(&self.attribute_value),
                });
            }
        }
        self.attribute_name.clear();
        self.attribute_value.clear();
    }

    fn begin_tag(&mut self, kind: TagKind) {
        self.kind = kind;
        self.name.clear();
        self.self_closing = false;
        self.has_duplicates = false;
        self.attributes.clear();
        self.attribute_count = 0;
        self.in_attribute = false;
        self.attribute_name.clear();
        self.attribute_value.clear();
    }
}

fn tendril(bytes: &[u8]) -> StrTendril {
    StrTendril::from_slice(&text(bytes))
}

fn local_name(bytes: &[u8]) -> LocalName {
    LocalName::from(&*text(bytes))
}

/// What html5gum cut from the source, which was text. `from_utf8_lossy` alone goes byte by byte.
fn text(bytes: &[u8]) -> Cow<'_, str> {
    std::str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed)
}

impl Emitter for Tokens<'_> {
    type Token = Infallible;

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _: Error) {}

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start.clear();
        self.last_start.extend_from_slice(name.unwrap_or_default());
    }

    fn emit_eof(&mut self) {
        self.pass_text();
        self.pass(Token::EOFToken);
        self.gate.end();
    }

    fn emit_string(&mut self, text: &[u8]) {
        self.text.extend_from_slice(text);
    }

    fn init_start_tag(&mut self) {
        self.begin_tag(TagKind::StartTag);
    }

    fn init_end_tag(&mut self) {
        self.begin_tag(TagKind::EndTag);
    }

    fn push_tag_name(&mut self, part: &[u8]) {
        self.name.extend_from_slice(part);
    }

    fn set_self_closing(&mut self) {
        self.self_closing = true;
    }

    fn init_attribute(&mut self) {
        self.end_attribute();
        self.in_attribute = true;
        self.attribute_count += 1;
        self.is_full.set(self.attribute_count > MOST_ATTRIBUTES);
    }

    fn push_attribute_name(&mut self, part: &[u8]) {
        self.attribute_name.extend_from_slice(part);
    }

    fn push_attribute_value(&mut self, part: &[u8]) {
        self.attribute_value.extend_from_slice(part);
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.end_attribute();
        self.pass_text();
        if self.kind == TagKind::StartTag {
            self.last_start.clone_from(&self.name);
        }
        let tag = Tag {
            kind: self.kind,
            name: local_name(&self.name),
            self_closing: self.self_closing,
            attrs: std::mem::take(&mut self.attributes),
            had_duplicate_attributes: self.has_duplicates,
        };
        self.pass(Token::TagToken(tag))
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.kind == TagKind::EndTag && !self.name.is_empty() && self.name == self.last_start
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.pass_text();
        self.gate
            .adjusted_current_node_present_but_not_in_html_namespace()
    }

    fn init_comment(&mut self) {
        self.comment.clear();
    }

    fn push_comment(&mut self, part: &[u8]) {
        self.comment.extend_from_slice(part);
    }

    fn emit_current_comment(&mut self) {
        self.pass_text();
        self.pass(Token::CommentToken(tendril(&self.comment)));
    }

    fn init_doctype(&mut self) {
        self.doctype = Doctype::default();
    }

    fn push_doctype_name(&mut self, part: &[u8]) {
        push(&mut self.doctype.name, part);
    }

    fn set_doctype_public_identifier(&mut self, id: &[u8]) {
        self.doctype.public_id = Some(tendril(id));
    }

    fn push_doctype_public_identifier(&mut self, part: &[u8]) {
        push(&mut self.doctype.public_id, part);
    }

    fn set_doctype_system_identifier(&mut self, id: &[u8]) {
        self.doctype.system_id = Some(tendril(id));
    }

    fn push_doctype_system_identifier(&mut self, part: &[u8]) {
        push(&mut self.doctype.system_id, part);
    }

    fn set_force_quirks(&mut self) {
        self.doctype.force_quirks = true;
    }

    fn emit_current_doctype(&mut self) {
        self.pass_text();
        let doctype = std::mem::take(&mut self.doctype);
        self.pass(Token::DoctypeToken(doctype));
    }
}

fn push(field: &mut Option<StrTendril>, part: &[u8]) {
    field.get_or_insert_default().push_tendril(&tendril(part));
}
