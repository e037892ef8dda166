//! HTML that is escaped by construction: tags and names of attributes are constants of this program, and every
//! other text is escaped on its way in.

/// A text of HTML that grows.
#[derive(Default)]
pub(super) struct Html {
    text: String,
}

/// Attributes: a constant name, and any value.
pub(super) type Attributes<'a> = &'a [(&'static str, &'a str)];

impl Html {
    /// Writes an element with what `inner` writes in it.
    pub(super) fn element(
        &mut self,
        tag: &'static str,
        attributes: Attributes<'_>,
        inner: impl FnOnce(&mut Self),
    ) {
        self.void(tag, attributes);
        inner(self);
        self.text.push_str("</");
        self.text.push_str(tag);
        self.text.push('>');
    }

    /// Writes an element that contains nothing but a text.
    pub(super) fn leaf(&mut self, tag: &'static str, attributes: Attributes<'_>, text: &str) {
        self.element(tag, attributes, |html| html.text(text));
    }

    /// Writes the opening tag of an element, which is all of one such as `meta`.
    pub(super) fn void(&mut self, tag: &'static str, attributes: Attributes<'_>) {
        self.text.push('<');
        self.text.push_str(tag);
        for (name, value) in attributes {
            self.text.push(' ');
            self.text.push_str(name);
            self.text.push_str("=\"");
            self.text(value);
            self.text.push('"');
        }
        self.text.push('>');
    }

    /// Writes a text of the definition or of anyone else.
    pub(super) fn text(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                '\'' => self.text.push_str("&#39;"),
                // No character of HTML; a parser would replace or drop it.
                letter if letter.is_control() && !matches!(letter, '\n' | '\t') => {
                    self.text.push('\u{fffd}');
                }
                letter => self.text.push(letter),
            }
        }
    }

    /// Writes a constant of this program as it stands: a line break, a style sheet, a script.
    pub(super) fn constant(&mut self, text: &'static str) {
        self.text.push_str(text);
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::Html;

    #[test]
    fn nothing_of_a_text_is_markup() {
        let hostile = "</script><img src=x onerror=\"alert('1')\">&lt;\u{0}";
        let mut html = Html::default();
        html.element("p", &[("title", hostile)], |html| html.text(hostile));
        let escaped =
            "&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;lt;\u{fffd}";
        assert_eq!(html.into_text(), format!("<p title=\"{escaped}\">{escaped}</p>"));
    }
}
