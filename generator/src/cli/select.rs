//! The arguments that say what of a definition is read and generated.

use std::path::PathBuf;

use clap::Args;
use specwright::Generator;

/// What is done to the definition before it is read, after what the configuration says.
#[derive(Debug, Default, Args)]
pub(super) struct Prepare {
    /// Apply this overlay (OpenAPI Overlay 1.0) to the definition; several in this order.
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Read files that the definition refers to even if they are outside its folder.
    #[arg(long)]
    allow_outside: bool,
}

impl Prepare {
    pub(super) fn apply(&self, generator: Generator) -> Generator {
        let generator = if self.allow_outside { generator.allow_outside() } else { generator };
        self.overlay.iter().fold(generator, Generator::overlay)
    }
}

/// Which operations are generated, in addition to what the configuration says.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Operations (lists with commas; `*` stands for any characters)")]
pub(super) struct Select {
    /// Generate only operations with one of these tags, and the schemas that they use.
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    include_tags: Vec<String>,
    /// Generate only these operations: an `operationId`, or `GET /pets`.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    include_operations: Vec<String>,
    /// Generate only operations of these paths: `/pets*`.
    #[arg(long, value_name = "PATHS", value_delimiter = ',')]
    include_paths: Vec<String>,
    /// Leave out operations with one of these tags, even if they are included.
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    exclude_tags: Vec<String>,
    /// Leave out these operations.
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    exclude_operations: Vec<String>,
    /// Leave out operations of these paths.
    #[arg(long, value_name = "PATHS", value_delimiter = ',')]
    exclude_paths: Vec<String>,
}

impl Select {
    pub(super) fn apply(&self, generator: Generator) -> Generator {
        generator
            .include_tags(&self.include_tags)
            .include_operations(&self.include_operations)
            .include_paths(&self.include_paths)
            .exclude_tags(&self.exclude_tags)
            .exclude_operations(&self.exclude_operations)
            .exclude_paths(&self.exclude_paths)
    }
}
