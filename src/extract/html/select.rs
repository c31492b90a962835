//! CSS selectors as publisher profiles use them: `tag`, `#id`, `.class`, `[attr]`, `[attr=v]` (also
//! `^= $= *= ~=`), descendants, `>` children, and lists with `,`.

use super::dom::{Dom, NodeId, ROOT};
use super::tag::Tag;

/// A parsed selector list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Selector {
    /// Alternatives, in order of preference.
    chains: Vec<Vec<Compound>>,
}

/// One compound of a chain, the last one first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Compound {
    tests: Vec<CompoundTest>,
    /// The next step must match the parent, not any ancestor.
    child: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum CompoundTest {
    /// An element name.
    Name(String),
    Id(String),
    Class(String),
    Attr {
        name: String,
        how: AttributeMatch,
        value: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AttributeMatch {
    Present,
    Equal,
    Prefix,
    Suffix,
    Within,
    Word,
}

impl Selector {
    /// Reads a selector list.
    ///
    /// # Errors
    /// The part that was not understood.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let chains = text
            .split(',')
            .map(|part| chain(part.trim()))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self { chains })
    }

    /// All matches inside `scope`, in document order.
    pub(crate) fn all(&self, dom: &Dom<'_>, index: &SelectorIndex, scope: NodeId) -> Vec<NodeId> {
        let mut found: Vec<NodeId> = self
            .chains
            .iter()
            .flat_map(|steps| chain_all(steps, dom, index, scope))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn chain_all(
    steps: &[Compound],
    dom: &Dom<'_>,
    index: &SelectorIndex,
    scope: NodeId,
) -> Vec<NodeId> {
    let Some(last) = steps.first() else {
        return Vec::new();
    };
    let key = last.tests.iter().find_map(|t| match t {
        CompoundTest::Id(name) => Some(index.get(hash(b'#', name))),
        CompoundTest::Class(name) => Some(index.get(hash(b'.', name))),
        _ => None,
    });
    let fits = |id: &NodeId| {
        dom.within(*id, scope) && !dom.tag(*id).is_text() && chain_matches(steps, dom, *id)
    };
    match key {
        Some(ids) => ids.map(|(_, id)| *id).filter(fits).collect(),
        None => (scope..dom.end(scope)).filter(fits).collect(),
    }
}

fn chain_matches(steps: &[Compound], dom: &Dom<'_>, id: NodeId) -> bool {
    let Some((first, rest)) = steps.split_first() else {
        return false;
    };
    if !first.fits(dom, id) {
        return false;
    }
    let (mut at, mut child) = (id, first.child);
    for step in rest {
        // Greedy from below: the nearest fitting ancestor is as good as any for the selectors we
        // allow.
        loop {
            at = dom.parent(at);
            if at == ROOT {
                return false;
            }
            if step.fits(dom, at) {
                break;
            }
            if child {
                return false;
            }
        }
        child = step.child;
    }
    true
}

impl Compound {
    fn fits(&self, dom: &Dom<'_>, id: NodeId) -> bool {
        self.tests.iter().all(|t| t.fits(dom, id))
    }
}

impl CompoundTest {
    fn fits(&self, dom: &Dom<'_>, id: NodeId) -> bool {
        match self {
            Self::Name(name) => match dom.tag(id) {
                Tag::Other => dom
                    .raw_attr(id, "")
                    .is_some_and(|n| n.eq_ignore_ascii_case(name)),
                tag => tag.name() == name,
            },
            Self::Id(wanted) => dom.raw_attr(id, "id").is_some_and(|v| v.trim() == wanted),
            Self::Class(wanted) => dom
                .raw_attr(id, "class")
                .is_some_and(|v| v.split_ascii_whitespace().any(|c| c == wanted)),
            Self::Attr { name, how, value } => dom.attr(id, name).is_some_and(|v| match how {
                AttributeMatch::Present => true,
                AttributeMatch::Equal => v == *value,
                AttributeMatch::Prefix => v.starts_with(value.as_str()),
                AttributeMatch::Suffix => v.ends_with(value.as_str()),
                AttributeMatch::Within => v.contains(value.as_str()),
                AttributeMatch::Word => v.split_ascii_whitespace().any(|w| w == value),
            }),
        }
    }
}

/// A chain such as `.a > p[refid]`, last compound first.
fn chain(text: &str) -> Result<Vec<Compound>, String> {
    let mut steps: Vec<Compound> = Vec::new();
    let mut rest = text;
    let mut child = false;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('>') {
            child = true;
            rest = after.trim_start();
            continue;
        }
        let (step, after) = compound(rest)?;
        steps.push(Compound {
            child: std::mem::take(&mut child),
            ..step
        });
        rest = after.trim_start();
    }
    if steps.is_empty() || child {
        return Err(text.to_owned());
    }
    steps.reverse();
    Ok(steps)
}

fn compound(text: &str) -> Result<(Compound, &str), String> {
    let mut step = Compound::default();
    let mut rest = text;
    loop {
        let mut chars = rest.chars();
        match chars.next() {
            Some('*') => rest = chars.as_str(),
            Some(sign @ ('#' | '.')) => {
                let (name, after) = ident(chars.as_str())?;
                step.tests.push(if sign == '#' {
                    CompoundTest::Id(name)
                } else {
                    CompoundTest::Class(name)
                });
                rest = after;
            }
            Some('[') => {
                let (inside, after) = chars
                    .as_str()
                    .split_once(']')
                    .ok_or_else(|| text.to_owned())?;
                step.tests.push(attribute(inside)?);
                rest = after;
            }
            Some(c) if c.is_alphanumeric() => {
                let (name, after) = ident(rest)?;
                step.tests
                    .push(CompoundTest::Name(name.to_ascii_lowercase()));
                rest = after;
            }
            Some(c) if c.is_whitespace() || c == '>' => return Ok((step, rest)),
            None => return Ok((step, rest)),
            Some(_) => return Err(rest.to_owned()),
        }
    }
}

fn ident(text: &str) -> Result<(String, &str), String> {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let len = text.find(|c| !part(c)).unwrap_or(text.len());
    if len == 0 {
        Err(text.to_owned())
    } else {
        Ok((text[..len].to_owned(), &text[len..]))
    }
}

fn attribute(inside: &str) -> Result<CompoundTest, String> {
    let Some((name, value)) = inside.split_once('=') else {
        return Ok(CompoundTest::Attr {
            name: inside.trim().to_owned(),
            how: AttributeMatch::Present,
            value: String::new(),
        });
    };
    let (name, how) = match name.as_bytes().last() {
        Some(b'^') => (&name[..name.len() - 1], AttributeMatch::Prefix),
        Some(b'$') => (&name[..name.len() - 1], AttributeMatch::Suffix),
        Some(b'*') => (&name[..name.len() - 1], AttributeMatch::Within),
        Some(b'~') => (&name[..name.len() - 1], AttributeMatch::Word),
        _ => (name, AttributeMatch::Equal),
    };
    let value = value.trim().trim_matches(['"', '\'']).to_owned();
    if name.trim().is_empty() {
        Err(inside.to_owned())
    } else {
        Ok(CompoundTest::Attr {
            name: name.trim().to_owned(),
            how,
            value,
        })
    }
}

/// Where each id and class stands, so that a selector looks at a handful of elements instead of
/// all.
pub(crate) struct SelectorIndex {
    entries: Vec<(u64, NodeId)>,
}

impl SelectorIndex {
    pub(crate) fn new(dom: &Dom<'_>) -> Self {
        let mut entries = Vec::new();
        for id in 0..dom.len() {
            for (name, value) in dom.attrs(id) {
                if name.eq_ignore_ascii_case("id") {
                    entries.push((hash(b'#', value.trim()), id));
                } else if name.eq_ignore_ascii_case("class") {
                    entries.extend(
                        value
                            .split_ascii_whitespace()
                            .map(|class| (hash(b'.', class), id)),
                    );
                }
            }
        }
        entries.sort_unstable();
        Self { entries }
    }

    fn get(&self, key: u64) -> impl Iterator<Item = &(u64, NodeId)> {
        let from = self.entries.partition_point(|(k, _)| *k < key);
        self.entries[from..]
            .iter()
            .take_while(move |(k, _)| *k == key)
    }
}

/// FNV-1a of a sign and a name; a collision costs one failed comparison.
fn hash(sign: u8, name: &str) -> u64 {
    std::iter::once(sign)
        .chain(name.bytes())
        .fold(0xcbf2_9ce4_8422_2325, |h, b| {
            (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str, selector: &str) -> Vec<String> {
        let dom = Dom::parse(html);
        let index = SelectorIndex::new(&dom);
        Selector::parse(selector)
            .unwrap()
            .all(&dom, &index, ROOT)
            .into_iter()
            .map(|id| dom.text(id))
            .collect()
    }

    #[test]
    fn the_usual_selectors_find_their_elements() {
        let html = "<div id=x class='a b'><p ref=1>one</p><section><p class=c>two</p></section></div><p>three</p>";
        assert_eq!(texts(html, "#x p").join("|"), "\none|\ntwo");
        assert_eq!(texts(html, ".a.b > p"), ["\none"]);
        assert_eq!(texts(html, "p[ref], .c").len(), 2);
        assert_eq!(texts(html, "[class^=\"a \"] p.c"), ["\ntwo"]);
        assert_eq!(texts(html, "div p[ref='2']").len(), 0);
    }

    #[test]
    fn nonsense_is_refused() {
        for bad in ["", "p >", "p:has(a)", "[=x]", "..a", "[x"] {
            assert!(Selector::parse(bad).is_err(), "{bad}");
        }
    }
}
