//! The features of groups of operations.

use super::Page;
use crate::rust::Groups;

impl Page<'_> {
    pub(super) fn has_groups(&self) -> bool {
        !self.krate.groups.is_empty()
    }

    /// Says which features there are for groups of operations, and which are on.
    pub(super) fn groups(&mut self) {
        if !self.has_groups() {
            return;
        }
        let (groups, package) = (&self.krate.groups, &self.krate.package.name);
        let default = if groups.all_by_default { ALL_BY_DEFAULT } else { NONE_BY_DEFAULT };
        let first = &groups.all[0].feature;
        let default = default.trim_start().replace("{package}", package).replace("{feature}", first);
        self.section("Groups", &format!("{} {default}", GROUPS.trim_end()));
        self.text("| feature | group | operations |\n|---|---|---|");
        for (index, group) in groups.all.iter().enumerate() {
            let count = groups.operations.iter().filter(|of| **of == index).count();
            self.lines.push(format!("| `{}` | {} | {count} |", group.feature, group.name));
        }
    }

    /// Makes an example that needs all groups do nothing where some are off: its types may be theirs.
    pub(super) fn with_all_groups(&self, lines: Vec<String>, result: &str, end: &str) -> Vec<String> {
        if !self.has_groups() {
            return lines;
        }
        let all = Groups::ALL;
        let begin = [format!("# #[cfg(feature = \"{all}\")]"), format!("# fn main(){result} {{")];
        let end = [
            "# }".to_owned(),
            format!("# #[cfg(not(feature = \"{all}\"))]"),
            format!("# fn main(){result} {{{end}}}"),
        ];
        begin.into_iter().chain(lines).chain(end).collect()
    }
}

const GROUPS: &str = "
Each group of operations has a feature, which compiles its methods with the types and tables that it alone
uses. What several groups use is compiled always. The feature `all` turns on every group, and what no
operation uses. No path of an item depends on features.
";

const ALL_BY_DEFAULT: &str = "
It is on by default: `cargo add {package} --no-default-features --features reqwest,aws-lc-rs,{feature}`
leaves out the other groups.
";

const NONE_BY_DEFAULT: &str = "
By default, no group is on: `cargo add {package} --features {feature}` turns on one.
";
