//! scraper's tree sink, with a note of how deep each node lies.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use ego_tree::NodeId;
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, QualName};
use scraper::{Html, HtmlTreeSink};

/// A node of scraper's tree, and where its depth is noted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Handle {
    id: NodeId,
    depth_at: u32,
}

/// Writes scraper's tree.
pub(super) struct DepthSink {
    tree: HtmlTreeSink,
    /// Depth of each handle's node, the document's being 0. A node that the parser moves later
    /// keeps the depth at which it was first placed.
    depths: RefCell<Vec<u32>>,
    document: Handle,
    /// Depth at which the next element will probably be placed: that of the last node placed, or
    /// of the parent of the last element closed.
    depth: Cell<u32>,
}

impl Default for DepthSink {
    fn default() -> Self {
        let tree = HtmlTreeSink::new(Html::new_document());
        let document = Handle {
            id: tree.get_document(),
            depth_at: 0,
        };
        Self {
            tree,
            depths: RefCell::new(vec![0]),
            document,
            depth: Cell::new(0),
        }
    }
}

impl DepthSink {
    /// How deep the innermost open element lies.
    pub(super) fn depth(&self) -> u32 {
        self.depth.get()
    }

    /// Corrects [`DepthSink::depth`] where the parser closed an element without saying so.
    pub(super) fn set_depth(&self, depth: u32) {
        self.depth.set(depth);
    }

    /// How many nodes there are, without text.
    pub(super) fn len(&self) -> usize {
        self.depths.borrow().len()
    }

    fn handle(&self, id: NodeId) -> Handle {
        let mut depths = self.depths.borrow_mut();
        let depth_at = u32::try_from(depths.len()).unwrap_or(u32::MAX);
        depths.push(0);
        Handle { id, depth_at }
    }

    fn depth_of(&self, handle: Handle) -> u32 {
        self.depths
            .borrow()
            .get(handle.depth_at as usize)
            .copied()
            .unwrap_or(0)
    }

    /// Notes that `child` was placed at `depth`, and gives it as scraper's sink wants it.
    fn placed(&self, child: NodeOrText<Handle>, depth: u32) -> NodeOrText<NodeId> {
        match child {
            NodeOrText::AppendNode(node) => {
                if let Some(slot) = self.depths.borrow_mut().get_mut(node.depth_at as usize) {
                    *slot = depth;
                }
                self.depth.set(depth);
                NodeOrText::AppendNode(node.id)
            }
            NodeOrText::AppendText(text) => {
                self.depth.set(depth.saturating_sub(1));
                NodeOrText::AppendText(text)
            }
        }
    }
}

impl TreeSink for DepthSink {
    type Handle = Handle;
    type Output = Html;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Html {
        self.tree.finish()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        self.document
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> Ref<'a, QualName> {
        self.tree.elem_name(&target.id)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> Handle {
        self.handle(self.tree.create_element(name, attrs, flags))
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        self.handle(self.tree.create_comment(text))
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> Handle {
        self.handle(self.tree.create_pi(target, data))
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let child = self.placed(child, self.depth_of(*parent) + 1);
        self.tree.append(&parent.id, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        prev_element: &Handle,
        child: NodeOrText<Handle>,
    ) {
        let child = self.placed(child, self.depth_of(*prev_element) + 1);
        self.tree
            .append_based_on_parent_node(&element.id, &prev_element.id, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.tree.append_doctype_to_document(name, public, system);
    }

    fn pop(&self, node: &Handle) {
        self.depth.set(self.depth_of(*node).saturating_sub(1));
    }

    fn get_template_contents(&self, target: &Handle) -> Handle {
        let contents = self.handle(self.tree.get_template_contents(&target.id));
        let depth = self.depth_of(*target) + 1;
        if let Some(slot) = self.depths.borrow_mut().last_mut() {
            *slot = depth;
        }
        contents
    }

    fn same_node(&self, x: &Handle, y: &Handle) -> bool {
        x.id == y.id
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.tree.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &Handle, new_node: NodeOrText<Handle>) {
        let new_node = self.placed(new_node, self.depth_of(*sibling));
        self.tree.append_before_sibling(&sibling.id, new_node);
    }

    fn add_attrs_if_missing(&self, target: &Handle, attrs: Vec<Attribute>) {
        self.tree.add_attrs_if_missing(&target.id, attrs);
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.tree.remove_from_parent(&target.id);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        self.tree.reparent_children(&node.id, &new_parent.id);
    }
}
