//! The command `report`: a definition on one page.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::nearest;
use super::select::Prepare;
use super::show::{self, MessageFormat, Output};

#[derive(Debug, Args)]
pub(super) struct ReportArguments {
    /// The definition, YAML or JSON, or `-` for standard input; by default the one in the configuration.
    spec: Option<PathBuf>,
    /// The configuration; by default `specwright.yaml` in this folder or one above it, unless SPEC is given.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The file to write; by default standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// What is written.
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: PageFormat,
    /// The folder of the vendor's documentation pages, Markdown: which of their facts the definition has.
    #[arg(long, value_name = "DIR")]
    pages: Option<PathBuf>,
    /// A folder of test cases, or a file; several are possible. A file proves the error codes that it names as
    /// a word.
    #[arg(long, value_name = "DIR")]
    cases: Vec<PathBuf>,
    #[command(flatten)]
    prepare: Prepare,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum PageFormat {
    /// One file that loads nothing, with search and a diagram.
    #[default]
    Html,
    /// Without the diagram.
    Markdown,
}

pub(super) fn run(arguments: &ReportArguments) -> Result<ExitCode, String> {
    let generator = nearest::configured(arguments.spec.as_ref(), arguments.config.as_ref());
    let overview = generator.and_then(|generator| arguments.prepare.apply(generator).overview());
    let output = Output::new(MessageFormat::Human, false);
    let (mut overview, findings) = match overview {
        Ok(overview) => overview,
        Err(failure) => return output.failed(failure),
    };
    output.findings(&findings);
    for cases in &arguments.cases {
        overview.add_cases(cases).map_err(|error| error.to_string())?;
    }
    if let Some(pages) = &arguments.pages {
        overview.set_pages(pages).map_err(|error| error.to_string())?;
    }
    let text = match arguments.format {
        PageFormat::Html => overview.to_html(),
        PageFormat::Markdown => overview.to_markdown(),
    };
    match &arguments.out {
        Some(path) => {
            specwright::docs::write(path, &text).map_err(|failure| failure.to_string())?;
        }
        None => show::print(text.trim_end())?,
    }
    Ok(ExitCode::SUCCESS)
}
