//! Pages that a server sends in pieces: React leaves `<template id="B:0">` where a part belongs,
//! sends the part later as `<div hidden id="S:0">`, and a script puts it in its place. Without the
//! script the article is hidden text at the page's end.

use std::collections::{HashMap, HashSet};

use ego_tree::{NodeId, NodeRef};
use scraper::{Html, Node};

/// More parts than these stay where they are.
const MOST: usize = 500;

/// The parts that were sent after the page.
pub(super) struct StreamedParts<'a> {
    /// By what follows `S:`.
    parts: HashMap<&'a str, NodeRef<'a, Node>>,
    moved: Vec<NodeId>,
}

impl<'a> StreamedParts<'a> {
    /// Finds the parts whose places are on the page. Looks at nothing where no template has such a
    /// name, which is most pages.
    pub(super) fn of(html: &'a Html) -> Self {
        let is_template = |node: &NodeRef<'a, Node>| matches!(node.value(), Node::Element(e) if e.name() == "template");
        let templates = html.tree.nodes().filter(is_template);
        let places: HashSet<&str> = templates
            .filter_map(|node| id_of(node)?.strip_prefix("B:"))
            .take(MOST)
            .collect();
        let mut parts = HashMap::new();
        if !places.is_empty() {
            for node in html.tree.nodes() {
                let name = id_of(node).and_then(|id| id.strip_prefix("S:"));
                if let Some(name) = name.filter(|name| places.contains(name)) {
                    parts.entry(name).or_insert(node);
                }
            }
        }
        Self {
            parts,
            moved: Vec::new(),
        }
    }

    /// The part whose place `node` is; each part is given once.
    pub(super) fn take(&mut self, node: NodeRef<'a, Node>) -> Option<NodeRef<'a, Node>> {
        if self.parts.is_empty() {
            return None;
        }
        let name = id_of(node)?.strip_prefix("B:")?;
        let part = *self.parts.get(name)?;
        // A part that holds its own place would never end.
        if node.ancestors().any(|up| up.id() == part.id()) {
            return None;
        }
        self.parts.remove(name);
        self.moved.push(part.id());
        Some(part)
    }

    /// Whether `node` was read at its place already.
    pub(super) fn is_moved(&self, node: NodeRef<'a, Node>) -> bool {
        !self.moved.is_empty()
            && id_of(node).is_some_and(|id| id.starts_with("S:"))
            && self.moved.contains(&node.id())
    }
}

fn id_of<'a>(node: NodeRef<'a, Node>) -> Option<&'a str> {
    match node.value() {
        Node::Element(element) => element.id(),
        _ => None,
    }
}
