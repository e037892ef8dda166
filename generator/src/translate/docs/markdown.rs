//! Texts of a definition as lines of Markdown, without links and doctests that the author did not mean.

use super::inline;
use super::text::{Surroundings, clean, longest_run};

/// Returns the lines of a description. Markdown stays, but code is no doctest.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut page = Page::default();
    for line in text.trim().lines() {
        page.line(&clean(line.trim_end()).replace('\t', "    "));
    }
    page.finish()
}

/// A line of the page.
enum Line {
    /// Code or its fence, as it is.
    Code(String),
    /// Text at its indentation, which is not escaped yet.
    Text(usize, String),
    /// Running text, which is neither escaped nor wrapped yet.
    Paragraph(String),
}

impl Line {
    fn is_blank(&self) -> bool {
        matches!(self, Self::Text(_, text) if text.is_empty())
    }

    fn text(&self) -> Option<&str> {
        match self {
            Self::Code(_) => None,
            Self::Text(_, text) | Self::Paragraph(text) => Some(text),
        }
    }
}

/// The lines so far, and what the next one continues.
#[derive(Default)]
struct Page {
    lines: Vec<Line>,
    /// Running text that is not wrapped yet.
    paragraph: String,
    block: Option<Block>,
    /// Indented lines belong to a list, until a line at the margin.
    in_list: bool,
}

/// A block of code, which is always written between fences.
enum Block {
    /// The fence, and how far it was indented.
    Fenced(String, usize),
    /// Indented by four blanks. The fence is line `start`; blank lines are part of the code only if more code
    /// follows.
    Indented { start: usize, blank_lines: usize },
}

impl Page {
    fn line(&mut self, line: &str) {
        let content = line.trim_start();
        let indent = line.len() - content.len();
        match self.block.take() {
            Some(Block::Fenced(fence, outer)) => self.fenced(fence, outer, line, indent),
            Some(Block::Indented { start, blank_lines }) => self.indented(start, blank_lines, line, indent),
            None => self.text(content, indent),
        }
    }

    fn fenced(&mut self, fence: String, outer: usize, line: &str, indent: usize) {
        let content = &line[indent..];
        let closes = indent < outer + 4
            && content.starts_with(&fence)
            && content.trim_start_matches(&fence[..1]).is_empty();
        if closes {
            self.lines.push(Line::Code(fence));
        } else {
            self.lines.push(Line::Code(line[indent.min(outer)..].to_owned()));
            self.block = Some(Block::Fenced(fence, outer));
        }
    }

    fn indented(&mut self, start: usize, blank_lines: usize, line: &str, indent: usize) {
        if line.is_empty() {
            self.block = Some(Block::Indented { start, blank_lines: blank_lines + 1 });
        } else if indent >= 4 {
            self.blank(blank_lines);
            self.lines.push(Line::Code(line[4..].to_owned()));
            self.block = Some(Block::Indented { start, blank_lines: 0 });
        } else {
            self.close_indented(start, blank_lines);
            self.text(&line[indent..], indent);
        }
    }

    fn text(&mut self, content: &str, indent: usize) {
        if let Some(fence) = opening_fence(content) {
            self.end_paragraph();
            self.lines.push(Line::Code(format!("{fence}text")));
            self.block = Some(Block::Fenced(fence, indent));
            return;
        }
        let after_blank = self.paragraph.is_empty() && self.lines.last().is_none_or(Line::is_blank);
        if indent >= 4 && after_blank && !self.in_list && !content.is_empty() {
            let start = self.lines.len();
            self.lines.push(Line::Code(String::new()));
            return self.indented(start, 0, &format!("{}{content}", " ".repeat(indent)), indent);
        }
        if is_running(content) && (indent == 0 || !self.in_list) {
            if !self.paragraph.is_empty() {
                self.paragraph.push(' ');
            }
            self.paragraph.push_str(content);
            self.in_list &= !after_blank;
            return;
        }
        self.end_paragraph();
        self.in_list = is_list_item(content) || self.in_list && (indent > 0 || content.is_empty());
        self.lines.push(Line::Text(indent.min(3), content.to_owned()));
    }

    fn end_paragraph(&mut self) {
        if !self.paragraph.is_empty() {
            self.lines.push(Line::Paragraph(std::mem::take(&mut self.paragraph)));
        }
    }

    fn blank(&mut self, count: usize) {
        self.lines.extend((0..count).map(|_| Line::Text(0, String::new())));
    }

    /// Closes an indented block; the blank lines after it follow the fence.
    fn close_indented(&mut self, start: usize, blank_lines: usize) {
        // A fence of three within the code would end it early.
        let runs = self.lines[start + 1..].iter().map(|line| match line {
            Line::Code(code) => longest_run(code, '`'),
            Line::Text(..) | Line::Paragraph(_) => 0,
        });
        let longest = runs.max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        self.lines[start] = Line::Code(format!("{fence}text"));
        self.lines.push(Line::Code(fence));
        self.blank(blank_lines);
    }

    fn finish(mut self) -> Vec<String> {
        self.end_paragraph();
        match self.block.take() {
            Some(Block::Fenced(fence, _)) => self.lines.push(Line::Code(fence)),
            Some(Block::Indented { start, .. }) => self.close_indented(start, 0),
            None => {}
        }
        escaped(self.lines)
    }
}

/// Returns the lines with their escapes. Elements of HTML may begin on one line and end on another.
fn escaped(lines: Vec<Line>) -> Vec<String> {
    let whole = lines.iter().filter_map(Line::text).collect::<Vec<_>>().join("\n");
    let tags = inline::tags(&whole);
    let links_urls = inline::are_outside_links(&tags);
    let (mut offset, mut in_html) = (0, false);
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        let mut next = |text: &str| {
            in_html = !text.is_empty() && (in_html || tags.get(&offset).is_some_and(|tag| tag.is_block));
            let around = Surroundings { tags: &tags, offset, links_urls: links_urls && !in_html, in_html };
            offset += text.len() + 1;
            around.escaped(text)
        };
        match line {
            Line::Code(code) => out.push(code),
            // Four blanks would begin a code block, which rustdoc would run.
            Line::Text(indent, text) => out.push(format!("{}{}", " ".repeat(indent), next(&text))),
            Line::Paragraph(text) => out.extend(wrapped(&next(&text))),
        }
    }
    out
}

/// Returns the fence at the start of a line. Backticks followed by other backticks are code within a line.
fn opening_fence(content: &str) -> Option<String> {
    let first = content.chars().next().filter(|c| "`~".contains(*c))?;
    let info = content.trim_start_matches(first);
    let length = content.len() - info.len();
    (length >= 3 && !(first == '`' && info.contains('`'))).then(|| content[..length].to_owned())
}

fn is_list_item(content: &str) -> bool {
    let marker = content.split(' ').next().unwrap_or_default();
    let number = marker.trim_end_matches(['.', ')']);
    let is_number = marker.len() == number.len() + 1 && !number.is_empty();
    ["-", "*", "+"].contains(&marker) || is_number && number.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns whether Markdown reads the text as part of a paragraph.
fn is_running(line: &str) -> bool {
    line.starts_with(|c: char| c.is_alphabetic() || "`\"'(".contains(c)) && !line.contains('|')
}

/// Adds a paragraph.
pub(in crate::translate) fn append(lines: &mut Vec<String>, paragraph: &str) {
    separate(lines);
    lines.extend(wrapped(paragraph));
}

/// Ends a paragraph with a blank line.
pub(super) fn separate(lines: &mut Vec<String>) {
    if lines.last().is_some_and(|line| !line.is_empty()) {
        lines.push(String::new());
    }
}

/// Breaks a line of running text near column 100. Lines that Markdown reads as something else are not broken,
/// and no line begins with a word that would make it something else.
fn wrapped(line: &str) -> Vec<String> {
    const WIDTH: usize = 100;
    if line.chars().count() <= WIDTH || !is_running(line) {
        return vec![line.to_owned()];
    }
    let mut lines: Vec<String> = Vec::new();
    let mut in_code = false;
    for word in line.split(' ') {
        let starts_block = !is_running(word) || word.starts_with("```") || is_list_item(word);
        match lines.last_mut() {
            Some(last) if in_code || starts_block || last.chars().count() + word.chars().count() < WIDTH => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
        in_code ^= word.matches('`').count() % 2 == 1;
    }
    lines
}

#[cfg(test)]
mod tests;
