//! Which version of a package a change needs, after cargo's reading of semantic versions.

use std::fmt;

use semver::{BuildMetadata, Prerelease, Version};

use super::effect::Effect;

/// How far a version has to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Bump {
    /// Nothing has changed.
    None,
    /// No program can notice the change.
    Patch,
    /// There is more than before.
    Minor,
    /// Programs may have to be changed.
    Major,
}

impl Bump {
    pub(super) fn of(effect: Effect) -> Self {
        match effect {
            Effect::None => Self::Patch,
            Effect::Additive => Self::Minor,
            Effect::Breaking => Self::Major,
        }
    }

    /// Returns the name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Returns the lowest version that may follow the old one after such a change.
///
/// Before 1.0.0 the second number stands for the first, and the third for both others; before 0.1.0 every
/// version may break. A prerelease has promised nothing yet: what follows it may be the same release.
pub(super) fn needed(old: &Version, bump: Bump) -> Version {
    if bump == Bump::None || !old.pre.is_empty() {
        return old.clone();
    }
    let (major, minor, patch) = (old.major, old.minor, old.patch);
    let (major, minor, patch) = match (bump, major, minor) {
        (Bump::Major, 0, 0) => (0, 0, patch + 1),
        (Bump::Major, 0, _) => (0, minor + 1, 0),
        (Bump::Major, ..) => (major + 1, 0, 0),
        (Bump::Minor, 1.., _) => (major, minor + 1, 0),
        _ => (major, minor, patch + 1),
    };
    Version { major, minor, patch, pre: Prerelease::EMPTY, build: BuildMetadata::EMPTY }
}

#[cfg(test)]
mod tests {
    use super::{Bump, Version, needed};

    #[test]
    fn versions_follow_cargo() {
        let table = [
            ("0.1.0", Bump::None, "0.1.0"),
            ("0.1.0", Bump::Patch, "0.1.1"),
            ("0.1.0", Bump::Minor, "0.1.1"),
            ("0.1.4", Bump::Major, "0.2.0"),
            ("0.0.3", Bump::Minor, "0.0.4"),
            ("0.0.3", Bump::Major, "0.0.4"),
            ("1.2.3", Bump::Patch, "1.2.4"),
            ("1.2.3", Bump::Minor, "1.3.0"),
            ("1.2.3", Bump::Major, "2.0.0"),
            ("1.0.0-rc.1", Bump::Major, "1.0.0-rc.1"),
            ("0.1.0+build.5", Bump::Minor, "0.1.1"),
        ];
        for (old, bump, expected) in table {
            let old = Version::parse(old).ok();
            let found = old.map(|old| needed(&old, bump).to_string());
            assert_eq!(found.as_deref(), Some(expected), "{bump}");
        }
    }
}
