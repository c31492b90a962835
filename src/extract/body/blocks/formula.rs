//! Formulas (MathML) on one line: without their markup, 10⁶ would be 106 and ½ would be 12.

use super::raised::Side;
use crate::extract::html::{Dom, NodeId, Tag};

/// The words of a formula, or of a part of it. The parser bounds how deep it goes.
pub(super) fn line(dom: &Dom<'_>, at: NodeId) -> String {
    let part = |n: usize| dom.children(at).filter(|id| is_seen(dom, *id)).nth(n);
    let text = |n: usize| part(n).map(|id| line(dom, id)).unwrap_or_default();
    match dom.name(at) {
        _ if dom.tag(at) == Tag::Text => dom.words(at).trim().to_owned(),
        "mfrac" => format!("{}/{}", grouped(text(0)), grouped(text(1))),
        "msup" => format!("{}{}", text(0), raised(&text(1))),
        "msub" => format!("{}{}", text(0), lowered(&text(1))),
        "msubsup" => format!("{}{}{}", text(0), lowered(&text(1)), raised(&text(2))),
        "msqrt" => format!("√{}", grouped(inside(dom, at, ""))),
        "mroot" => format!("{}√{}", raised(&text(1)), grouped(text(0))),
        "mtable" => format!("({})", inside(dom, at, "; ")),
        "mtr" => inside(dom, at, ", "),
        _ => inside(dom, at, ""),
    }
}

/// Whether a node is shown: not white space, nor the formula's source.
fn is_seen(dom: &Dom<'_>, id: NodeId) -> bool {
    dom.tag(id) != Tag::Template && !(dom.tag(id).is_text() && dom.words(id).trim().is_empty())
}

fn inside(dom: &Dom<'_>, at: NodeId, between: &str) -> String {
    let parts = dom.children(at).filter(|id| is_seen(dom, *id));
    let parts: Vec<String> = parts.map(|id| line(dom, id)).collect();
    parts.join(between)
}

/// In brackets where it is more than one number or name.
fn grouped(text: String) -> String {
    if text.chars().all(char::is_alphanumeric) {
        text
    } else {
        format!("({text})")
    }
}

fn raised(text: &str) -> String {
    Side::Raised.in_formula(text)
}

fn lowered(text: &str) -> String {
    Side::Lowered.in_formula(text)
}

#[cfg(test)]
mod tests {
    use super::line;
    use crate::extract::html::{Dom, ROOT, Tag, parse};

    fn of(formula: &str) -> String {
        let html = parse(&format!("<p><math>{formula}</math>"));
        let dom = Dom::of(&html);
        let is_math = |id: &u32| dom.tag(*id) == Tag::Other && dom.name(*id) == "math";
        (ROOT..dom.len())
            .find(is_math)
            .map_or_else(String::new, |id| line(&dom, id))
    }

    #[test]
    fn a_formula_keeps_its_meaning_on_one_line() {
        for (formula, text) in [
            ("<msup><mn>10</mn><mn>6</mn></msup>", "10⁶"),
            ("<mfrac> <mn>1</mn> <mn>2</mn> </mfrac>", "1/2"),
            (
                "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>",
                "(a+b)/2",
            ),
            (
                "<msup><mi>x</mi><mrow><mi>k</mi><mo>+</mo><mn>1</mn></mrow></msup>",
                "x^(k+1)",
            ),
            ("<msqrt><mi>y</mi><mo>+</mo><mn>1</mn></msqrt>", "√(y+1)"),
            (
                "<msub><mi>a</mi><mi>i</mi></msub><mo>=</mo><mn>3</mn>",
                "a_i=3",
            ),
            (
                "<mtable><mtr><mtd>1</mtd><mtd>0</mtd></mtr>\
                 <mtr><mtd>0</mtd><mtd>1</mtd></mtr></mtable>",
                "(1, 0; 0, 1)",
            ),
        ] {
            assert_eq!(of(formula), text, "{formula}");
        }
    }
}
