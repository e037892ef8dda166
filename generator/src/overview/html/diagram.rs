//! The diagram as SVG, in a box that scrolls; the script adds dragging and sizes.

use super::super::page::{Diagram, DiagramNode, OverviewPage};
use super::element::Html;
use super::pieces::id;

/// In units of the drawing, which are pixels at full size.
const WIDTH: usize = 220;
const HEIGHT: usize = 28;
const COLUMN: usize = 300;
const ROW: usize = 40;
const MARGIN: usize = 12;

/// Letters of a name that fit a box.
const LETTERS: usize = 28;

pub(super) fn write(html: &mut Html, page: &OverviewPage) {
    let diagram = &page.diagram;
    if diagram.nodes.is_empty() {
        html.leaf("p", &[], "No schema refers to another.");
        return;
    }
    let told = "Schemas, each to the right of those that refer to it. Those without references are left out.";
    html.leaf("p", &[("class", "quiet")], told);
    html.element("p", &[("id", "sizes"), ("hidden", "")], |html| {
        for (size, text) in [("smaller", "Smaller"), ("larger", "Larger"), ("full", "Full size")] {
            html.leaf("button", &[("type", "button"), ("data-size", size)], text);
            html.constant(" ");
        }
    });
    let attributes = [
        ("class", "diagram"),
        ("tabindex", "0"),
        ("role", "region"),
        ("aria-label", "Diagram of the schemas: the arrow keys scroll it"),
    ];
    html.element("div", &attributes, |html| drawing(html, diagram));
}

fn drawing(html: &mut Html, diagram: &Diagram) {
    let width = (diagram.columns * COLUMN - (COLUMN - WIDTH) + 2 * MARGIN).to_string();
    let height = (diagram.rows * ROW - (ROW - HEIGHT) + 2 * MARGIN).to_string();
    let view = format!("0 0 {width} {height}");
    html.element("svg", &[("viewBox", &view), ("width", &width), ("height", &height)], |html| {
        for (from, to) in &diagram.edges {
            let line = line(&diagram.nodes[*from], &diagram.nodes[*to]);
            html.element("path", &[("d", &line)], |_| {});
        }
        for node in &diagram.nodes {
            html.constant("\n");
            html.element("a", &[("href", &format!("#{}", id(node.target)))], |html| drawn(html, node));
        }
    });
}

fn corner(node: &DiagramNode) -> (usize, usize) {
    (MARGIN + node.column * COLUMN, MARGIN + node.row * ROW)
}

fn drawn(html: &mut Html, node: &DiagramNode) {
    let (x, y) = corner(node);
    let (left, top) = (x.to_string(), y.to_string());
    let (width, height) = (WIDTH.to_string(), HEIGHT.to_string());
    let rect = [("x", &*left), ("y", &*top), ("width", &*width), ("height", &*height), ("rx", "4")];
    html.leaf("title", &[], &node.name);
    html.element("rect", &rect, |_| {});
    let (left, base) = ((x + 8).to_string(), (y + 18).to_string());
    html.leaf("text", &[("x", &left), ("y", &base)], &shortened(&node.name));
}

/// Returns the path from the right side of a box to the left side of another.
fn line(from: &DiagramNode, to: &DiagramNode) -> String {
    let ((x, y), (end, bottom)) = (corner(from), corner(to));
    let (x, y, bottom) = (x + WIDTH, y + HEIGHT / 2, bottom + HEIGHT / 2);
    let bend = (COLUMN - WIDTH) / 2;
    format!("M{x} {y}C{} {y} {} {bottom} {end} {bottom}", x + bend, end.saturating_sub(bend))
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        return name.to_owned();
    }
    let kept: String = name.chars().take(LETTERS - 1).collect();
    format!("{kept}\u{2026}")
}
