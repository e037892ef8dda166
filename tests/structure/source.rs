//! The source of a crate as the tests look at it: modules, paths, types and words, without tests and quoted
//! code.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

const LONGEST_LINE: usize = 110;

/// All files of a crate by their path below its `src`, such as `lower/refs`.
pub(crate) struct Crate {
    pub(crate) files: BTreeMap<String, File>,
}

pub(crate) struct File {
    pub(crate) path: String,
    /// The module that the file is, from the root.
    pub(crate) module: Vec<String>,
    /// Every path of two segments or more, imports spelled out.
    pub(crate) paths: BTreeSet<Vec<String>>,
    /// What `use` gives another name or makes visible here: the name, and the path behind it; `*` for a glob.
    pub(crate) imported: Vec<(String, Vec<String>)>,
    /// Paths of `pub use`, which names the file's neighbours without using them.
    pub(crate) exported: BTreeSet<Vec<String>>,
    /// Visible structs, enums, traits and aliases.
    pub(crate) types: Vec<String>,
    /// Every identifier, with the path before it.
    pub(crate) words: BTreeSet<String>,
    pub(crate) long_lines: Vec<usize>,
}

impl Crate {
    pub(crate) fn read(folder: &str) -> Self {
        let root = Path::new(folder);
        let (mut files, mut folders) = (BTreeMap::new(), vec![root.to_path_buf()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                if path.extension().is_none_or(|extension| extension != "rs") {
                    continue;
                }
                let inner = path.strip_prefix(root).unwrap().with_extension("");
                let mut module: Vec<String> =
                    inner.iter().map(|part| part.to_string_lossy().into_owned()).collect();
                let is_test = module.iter().any(|part| part == "tests" || part == "testing");
                if is_test || module == ["lib"] || module == ["main"] {
                    continue;
                }
                module.pop_if(|last| last == "mod");
                let file = File::read(&path, module.clone());
                files.insert(module.join("/"), file);
            }
        }
        Self { files }
    }

    pub(crate) fn has_module(&self, path: &[String]) -> bool {
        self.files.contains_key(&path.join("/"))
    }

    /// Macros of a crate are named by its root, wherever they are written.
    pub(crate) fn is_macro(&self, path: &[String]) -> bool {
        path.len() == 2 && self.files.values().any(|file| file.types.contains(&format!("{}!", path[1])))
    }
}

impl File {
    fn read(path: &Path, module: Vec<String>) -> Self {
        let text = fs::read_to_string(path).unwrap();
        // A row of a table in documentation, and a text, can't be broken.
        let is_whole =
            |line: &str| line.contains('"') || line.ends_with('\\') || line.trim_end().ends_with('|');
        let long = |line: &str| line.chars().count() > LONGEST_LINE && !is_whole(line);
        let long_lines = text.lines().enumerate().filter(|(_, line)| long(line)).map(|(at, _)| at + 1);
        let mut file = Self {
            path: path.display().to_string(),
            module,
            paths: BTreeSet::new(),
            imported: Vec::new(),
            exported: BTreeSet::new(),
            types: Vec::new(),
            words: BTreeSet::new(),
            long_lines: long_lines.collect(),
        };
        let tokens =
            TokenStream::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        file.scan(tokens);
        file
    }

    /// The first segment of its module.
    pub(crate) fn top(&self) -> &str {
        &self.module[0]
    }

    pub(crate) fn is_within(&self, module: &str) -> bool {
        let path = self.module.join("/");
        path == module || path.strip_prefix(module).is_some_and(|rest| rest.starts_with('/'))
    }

    /// True when the code names it, alone or at the end of a path. Formatting into a text never fails,
    /// whatever `fmt::Result` says.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        let is_named = |word: &str| word.rsplit("::").next() == Some(name) && !word.ends_with("fmt::Result");
        self.words.iter().any(|word| is_named(word))
    }

    /// True when a name is this file's own for something of the crate, such as a module called like a
    /// dependency.
    pub(crate) fn has_local(&self, name: &str) -> bool {
        self.imported.iter().any(|(known, path)| known == name && path[0] != name)
    }

    fn scan(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let (mut at, mut visible) = (0, false);
        while at < tokens.len() {
            at = match &tokens[at] {
                TokenTree::Punct(mark) if mark.as_char() == '#' => Self::skip_attribute(&tokens, at),
                TokenTree::Ident(word) => {
                    let word = word.to_string();
                    let next = match word.as_str() {
                        // `use<'a>` of a return type is no declaration.
                        "use" if !is_mark(tokens.get(at + 1), '<') => self.read_use(&tokens, at + 1, visible),
                        "struct" | "enum" | "trait" | "type" if visible => {
                            self.types.push(text(tokens.get(at + 1)));
                            at + 2
                        }
                        "macro_rules" => {
                            self.types.push(format!("{}!", text(tokens.get(at + 2))));
                            at + 4
                        }
                        // What it quotes is the output's code.
                        "quote" if is_mark(tokens.get(at + 1), '!') => at + 3,
                        _ => self.read_path(&tokens, at),
                    };
                    visible = word == "pub";
                    if visible && matches!(tokens.get(next), Some(TokenTree::Group(_))) {
                        next + 1
                    } else {
                        next
                    }
                }
                TokenTree::Group(group) => {
                    self.scan(group.stream());
                    at + 1
                }
                _ => at + 1,
            };
        }
    }

    /// Attributes say nothing of imports, and what is for tests alone is left out with its attribute.
    fn skip_attribute(tokens: &[TokenTree], at: usize) -> usize {
        let inner = usize::from(is_mark(tokens.get(at + 1), '!'));
        let Some(TokenTree::Group(group)) = tokens.get(at + 1 + inner) else { return at + 1 };
        let after = at + 2 + inner;
        let attribute = group.stream().to_string().replace(' ', "");
        let is_of_tests = attribute.starts_with("cfg(test)") || attribute.starts_with("cfg(all(test,");
        if inner == 1 || !is_of_tests {
            return after;
        }
        let is_end = |token: &TokenTree| match token {
            TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
            token => is_mark(Some(token), ';'),
        };
        tokens[after..].iter().position(is_end).map_or(tokens.len(), |length| after + length + 1)
    }

    fn read_path(&mut self, tokens: &[TokenTree], at: usize) -> usize {
        let (mut path, mut end) = (vec![text(tokens.get(at))], at + 1);
        while is_separator(tokens, end) {
            let Some(TokenTree::Ident(word)) = tokens.get(end + 2) else { break };
            path.push(word.to_string());
            end += 3;
        }
        self.words.insert(path.join("::"));
        let after_dollar = at > 0 && is_mark(tokens.get(at - 1), '$');
        if path.len() > 1 && !after_dollar {
            self.paths.insert(path);
        }
        end
    }

    fn read_use(&mut self, tokens: &[TokenTree], at: usize, visible: bool) -> usize {
        let end = (at..tokens.len()).find(|&at| is_mark(tokens.get(at), ';')).unwrap_or(tokens.len());
        self.read_tree(&tokens[at..end], &[], visible);
        end + 1
    }

    /// One tree of a `use` declaration: `a::{b, c::*, d as e}`.
    fn read_tree(&mut self, tokens: &[TokenTree], prefix: &[String], visible: bool) {
        for tree in tokens.split(|token| is_mark(Some(token), ',')) {
            let (mut path, mut name, mut is_self) = (prefix.to_vec(), None, false);
            let mut words = tree.iter();
            while let Some(token) = words.next() {
                match token {
                    TokenTree::Ident(word) if word == "as" => name = Some(text(words.next())),
                    TokenTree::Ident(word) if word == "self" && !path.is_empty() => is_self = true,
                    TokenTree::Ident(word) => path.push(word.to_string()),
                    TokenTree::Group(group) => {
                        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                        self.read_tree(&inner, &path, visible);
                        path.clear();
                    }
                    TokenTree::Punct(mark) if mark.as_char() == '*' => name = Some("*".to_owned()),
                    _ => {}
                }
            }
            if path.len() > prefix.len() || is_self {
                self.words.insert(path.join("::"));
                let name = name.unwrap_or_else(|| path[path.len() - 1].clone());
                self.imported.push((name, path.clone()));
                if visible {
                    self.exported.insert(path);
                } else {
                    self.paths.insert(path);
                }
            }
        }
    }
}

fn text(token: Option<&TokenTree>) -> String {
    token.map(ToString::to_string).unwrap_or_default()
}

fn is_mark(token: Option<&TokenTree>, mark: char) -> bool {
    matches!(token, Some(TokenTree::Punct(found)) if found.as_char() == mark)
}

fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    is_mark(tokens.get(at), ':') && is_mark(tokens.get(at + 1), ':')
}
