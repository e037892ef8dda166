//! Wrong indentation of YAML: a parser notices it at a later line, where a column fits no open block.

/// Returns the line, from 0, whose indentation the parser has stumbled over at a later one, as far as the lines
/// around it show that.
pub(super) fn culprit(text: &str, stopped: usize) -> Option<usize> {
    let lines: Vec<&str> = text.lines().collect();
    let column = indentation(lines.get(stopped)?)?;
    let before = |line: usize| (0..line).rev().filter_map(|line| Some((line, indentation(lines[line])?)));
    let (outer, _) =
        before(stopped).find(|(line, found)| *found < column || columns(lines[*line]).contains(&column))?;
    if columns(lines[outer]).contains(&column) {
        return None;
    }
    // The block of this column was open, and the outer line has ended it by mistake: moved into this column, it
    // has what is below it as far to the right as its neighbour has.
    let below = |line: usize| {
        let found = lines[line + 1..stopped].iter().find_map(|line| indentation(line));
        found.filter(|found| *found > column).map(|found| found - column)
    };
    let open = before(outer).find(|(_, found)| *found <= column).filter(|(_, found)| *found == column);
    let fits = |open: usize| below(outer).is_none() || below(open).is_none() || below(outer) == below(open);
    let is_list = lines[outer].trim_start().starts_with('-');
    if open.is_some_and(|(open, _)| fits(open)) && !is_list {
        return Some(outer);
    }
    // The block begins further right, with fewer lines than go on in this column.
    let further = lines[outer + 1..stopped].iter().filter(|line| indentation(line).is_some()).count();
    let behind = lines[stopped..].iter().filter_map(|line| indentation(line));
    let behind = behind.take_while(|found| *found >= column).filter(|found| *found == column).count();
    (further > 0 && further < behind).then_some(outer + 1)
}

/// Returns the column in which a line begins, from 0; `None` for an empty line and for a comment.
fn indentation(line: &str) -> Option<usize> {
    let content = line.trim_start_matches(' ');
    (!content.trim().is_empty() && !content.starts_with('#')).then(|| line.len() - content.len())
}

/// Returns the columns in which a line opens a block: that of a hyphen, and of what stands behind it.
fn columns(line: &str) -> Vec<usize> {
    let mut columns: Vec<usize> = indentation(line).into_iter().collect();
    while let Some(rest) = columns.last().and_then(|last| line[*last..].strip_prefix("- ")) {
        columns.push(line.len() - rest.trim_start_matches(' ').len());
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::culprit;

    #[test]
    fn the_line_that_is_indented_otherwise_is_found() {
        let table: [(&[&str], usize, Option<usize>); 8] = [
            // One property too far left; the next one fits nowhere.
            (&["a:", "  b:", "    x: 1", " c:", "    x: 1", "  d: 1"], 5, Some(3)),
            // A keyword too far left ends the block of its neighbours.
            (&["a:", "  b:", "    x: 1", "  y: 1", "    z: 1"], 4, Some(3)),
            // The first of several is too far right.
            (&["a:", "  b:", "     x: 1", "    y: 1", "    z: 1"], 3, Some(2)),
            (
                &["a:", "  b:", "    x:", "      y: 1", "  c:", "     x: 1", "    y: 1", "    z: 1"],
                6,
                Some(5),
            ),
            // One of several is itself the odd one.
            (&["a:", "  b:", "    x: 1", "   y: 1", "    z: 1"], 3, None),
            (&["a:", "  b: 1", "   c: 1"], 2, None),
            (&["a:", "  - b: 1", "    c: 1", "  - b: 1", "   c: 1"], 4, None),
            (&["a: 1", "", "# text", "  b: 1"], 3, None),
        ];
        for (lines, stopped, expected) in table {
            assert_eq!(culprit(&lines.join("\n"), stopped), expected, "{lines:#?}");
        }
    }
}
