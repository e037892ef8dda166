//! Markdown to a flat list of blocks, each with its byte span. The only user of pulldown-cmark.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

/// Returns the front matter and the blocks of a page, in the order of the text.
pub(super) fn read(text: &str) -> (Vec<FrontMatter>, Vec<Block>) {
    let (entries, body) = front_matter(text);
    let mut blocks = Vec::new();
    for range in segments(text, body) {
        segment(&text[range.clone()], range.start, &mut blocks);
    }
    (entries, blocks)
}

/// Reads `key: value` lines between two lines of hyphens. Comments and blank lines may stand before them.
fn front_matter(text: &str) -> (Vec<FrontMatter>, usize) {
    let mut entries = Vec::new();
    let mut offset = 0;
    let mut inside = false;
    for line in text.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let trimmed = line.trim();
        match (inside, trimmed) {
            (false, "") => {}
            (false, comment) if comment.starts_with("<!--") && comment.ends_with("-->") => {}
            (false, "---") => inside = true,
            (false, _) => return (entries, start),
            (true, "---") => return (entries, offset),
            (true, _) => {
                if let Some((name, value)) = trimmed.split_once(':') {
                    let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
                    entries.push(FrontMatter { name, value, span: start..start + line.trim_end().len() });
                }
            }
        }
    }
    // A rule that nothing closes begins no front matter.
    if inside { (Vec::new(), 0) } else { (entries, offset) }
}

/// Splits the body before each table that follows a line of text without a blank line, and before that text.
///
/// Text copies of a page run tables and headings together; the parser would read all of them as one table, or
/// a table as part of the paragraph above it.
fn segments(text: &str, body: usize) -> Vec<Range<usize>> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut offset = body;
    for line in text[body..].split_inclusive('\n') {
        lines.push(offset..offset + line.len());
        offset += line.len();
    }
    let line = |index: usize| text[lines[index].clone()].trim();
    let mut starts = vec![body];
    let mut fenced = false;
    for index in 0..lines.len() {
        fenced ^= line(index).starts_with("```");
        if fenced || index < 2 || !is_delimiter(line(index)) {
            continue;
        }
        let mut first = index - 1;
        while first > 0 && is_bare(line(first - 1)) {
            first -= 1;
        }
        if first < index - 1 {
            // In a copy the lines above belong to what follows, not to the table before them.
            if first > 0 && line(first - 1).contains('|') {
                starts.push(lines[first].start);
            }
            starts.push(lines[index - 1].start);
        }
    }
    starts.push(text.len());
    starts.windows(2).map(|pair| pair[0]..pair[1]).collect()
}

fn is_delimiter(line: &str) -> bool {
    line.contains("--") && line.contains('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

fn is_bare(line: &str) -> bool {
    !line.is_empty() && !line.contains('|') && !line.starts_with("```")
}

/// What the parser is in the middle of.
#[derive(Default)]
struct State {
    text: Option<(Frame, RichText)>,
    table: Option<PageTable>,
    row: Vec<RichText>,
    /// Language and text of a fenced block, and where it begins.
    code: Option<(String, String, usize)>,
    strong: bool,
    link: Option<String>,
}

#[derive(Clone, Copy)]
enum Frame {
    Heading(u8),
    Paragraph,
    Item,
    Cell,
}

fn segment(text: &str, base: usize, blocks: &mut Vec<Block>) {
    let mut state = State::default();
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        let span = range.start + base..range.end + base;
        match event {
            Event::Start(tag) => start(&mut state, tag, span, blocks),
            Event::End(tag) => end(&mut state, tag, span, blocks),
            Event::Text(words) => match &mut state.code {
                Some((_, code, _)) => code.push_str(&words),
                None => push(&mut state, &words, span),
            },
            Event::Code(words) if state.link.is_some() => push(&mut state, &words, span),
            Event::Code(words) => {
                if let Some((_, rich)) = &mut state.text {
                    rich.parts.push(Inline::Code(words.to_string()));
                    rich.span.end = span.end;
                }
            }
            Event::SoftBreak | Event::HardBreak => push(&mut state, "\n", span),
            Event::InlineHtml(html) => {
                if let Some((_, rich)) = &mut state.text {
                    rich.anchor = rich.anchor.take().or_else(|| anchor(&html));
                }
            }
            _ => {}
        }
    }
    flush(&mut state, blocks);
}

fn start(state: &mut State, tag: Tag<'_>, span: Range<usize>, blocks: &mut Vec<Block>) {
    match tag {
        Tag::Heading { level, .. } => begin(state, Frame::Heading(level as u8), span, blocks),
        Tag::Item => begin(state, Frame::Item, span, blocks),
        // A paragraph that opens an item is the item's own text.
        Tag::Paragraph if !matches!(&state.text, Some((Frame::Item, rich)) if rich.parts.is_empty()) => {
            begin(state, Frame::Paragraph, span, blocks);
        }
        Tag::List(_) => flush(state, blocks),
        Tag::Table(_) => {
            flush(state, blocks);
            state.table = Some(PageTable::default());
        }
        Tag::TableCell => begin(state, Frame::Cell, span, blocks),
        Tag::CodeBlock(kind) => {
            flush(state, blocks);
            if let CodeBlockKind::Fenced(language) = kind {
                state.code = Some((language.to_string(), String::new(), span.start));
            }
        }
        Tag::Strong => state.strong = true,
        Tag::Link { dest_url, .. } => state.link = Some(dest_url.to_string()),
        _ => {}
    }
}

fn end(state: &mut State, tag: TagEnd, span: Range<usize>, blocks: &mut Vec<Block>) {
    match tag {
        TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item => flush(state, blocks),
        TagEnd::TableCell => {
            if let Some((Frame::Cell, rich)) = state.text.take() {
                state.row.push(rich);
            }
        }
        TagEnd::TableHead => {
            let header = std::mem::take(&mut state.row);
            if let Some(table) = &mut state.table {
                table.header = header;
            }
        }
        TagEnd::TableRow => {
            let cells = std::mem::take(&mut state.row);
            if let Some(table) = &mut state.table {
                table.rows.push(TableRow { cells, span });
            }
        }
        TagEnd::Table => {
            if let Some(table) = state.table.take() {
                blocks.push(Block { span, content: BlockContent::Table(table) });
            }
        }
        TagEnd::CodeBlock => {
            if let Some((language, text, start)) = state.code.take() {
                blocks.push(Block { span: start..span.end, content: BlockContent::Fence { language, text } });
            }
        }
        TagEnd::Strong => state.strong = false,
        TagEnd::Link => state.link = None,
        _ => {}
    }
}

fn begin(state: &mut State, frame: Frame, span: Range<usize>, blocks: &mut Vec<Block>) {
    flush(state, blocks);
    state.text = Some((frame, RichText { span: span.start..span.start, ..RichText::default() }));
}

/// Ends the text that is being read. An item ends before its nested list.
fn flush(state: &mut State, blocks: &mut Vec<Block>) {
    let Some((frame, rich)) = state.text.take() else { return };
    if rich.parts.is_empty() {
        return;
    }
    let span = rich.span.clone();
    let content = match frame {
        Frame::Heading(level) => BlockContent::Heading(level, rich),
        Frame::Item => BlockContent::Item(rich),
        Frame::Paragraph | Frame::Cell => BlockContent::Paragraph(rich),
    };
    blocks.push(Block { span, content });
}

fn push(state: &mut State, words: &str, span: Range<usize>) {
    let (strong, link) = (state.strong, state.link.is_some());
    let Some((_, rich)) = &mut state.text else { return };
    rich.span.end = span.end;
    match rich.parts.last_mut() {
        Some(Inline::Text(text)) if !strong && !link => text.push_str(words),
        Some(Inline::Strong(text)) if strong => text.push_str(words),
        Some(Inline::Link(text)) if link => text.push_str(words),
        _ if strong => rich.parts.push(Inline::Strong(words.to_owned())),
        _ if link => rich.parts.push(Inline::Link(words.to_owned())),
        _ => rich.parts.push(Inline::Text(words.to_owned())),
    }
}

/// The name in `<a name="...">` or `<a id="...">`.
fn anchor(html: &str) -> Option<String> {
    let (_, rest) = html.split_once("name=\"").or_else(|| html.split_once("id=\""))?;
    rest.split_once('"').map(|(name, _)| name.to_owned())
}

/// One line of the front matter.
#[derive(Debug)]
pub(super) struct FrontMatter {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) span: Range<usize>,
}

/// One block of a page.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) span: Range<usize>,
    pub(super) content: BlockContent,
}

#[derive(Debug)]
pub(super) enum BlockContent {
    /// The level, from 1, and the text.
    Heading(u8, RichText),
    Paragraph(RichText),
    Item(RichText),
    Table(PageTable),
    Fence {
        /// As the page names it; empty: it does not.
        language: String,
        text: String,
    },
}

#[derive(Debug, Default)]
pub(super) struct PageTable {
    pub(super) header: Vec<RichText>,
    pub(super) rows: Vec<TableRow>,
}

#[derive(Debug)]
pub(super) struct TableRow {
    pub(super) cells: Vec<RichText>,
    pub(super) span: Range<usize>,
}

/// Text with the formatting that means something on a page.
#[derive(Debug, Default, Clone)]
pub(super) struct RichText {
    pub(super) parts: Vec<Inline>,
    pub(super) span: Range<usize>,
    /// The name of an anchor in the text.
    pub(super) anchor: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inline {
    Text(String),
    Strong(String),
    Code(String),
    Link(String),
}

impl Inline {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Strong(text) | Self::Code(text) | Self::Link(text) => text,
        }
    }
}

impl RichText {
    /// Returns the words without formatting, white space collapsed.
    pub(super) fn plain(&self) -> String {
        let text: String = self.parts.iter().map(Inline::text).collect();
        collapsed(&text)
    }

    /// Returns the words line by line.
    pub(super) fn lines(&self) -> Vec<String> {
        let text: String = self.parts.iter().map(Inline::text).collect();
        text.lines().map(collapsed).filter(|line| !line.is_empty()).collect()
    }

    /// Returns the text of each code span.
    pub(super) fn codes(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Inline::Code(code) => Some(code.as_str()),
            _ => None,
        })
    }

    /// Returns the text of the first link.
    pub(super) fn link(&self) -> Option<String> {
        self.parts.iter().find_map(|part| match part {
            Inline::Link(text) => Some(collapsed(text)),
            _ => None,
        })
    }
}

/// Returns the text with each run of white space as one blank, none at the ends.
pub(super) fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
