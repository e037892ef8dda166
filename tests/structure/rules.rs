//! What the source is held to: a change of structure is a change here.

/// The rules of one crate.
pub(crate) struct Rules {
    pub(crate) folder: &'static str,
    /// A module at the top, and the others that it may import from; from itself it always may.
    pub(crate) modules: &'static [(&'static str, &'static [&'static str])],
    /// A dependency as code names it, and the modules that may name it.
    pub(crate) dependencies: &'static [(&'static str, &'static [&'static str])],
    /// Files that call each other because what they read is recursive.
    pub(crate) recursive: &'static [&'static [&'static str]],
}

/// Modules of the generator in which nothing can fail.
pub(crate) const BEYOND_THE_BARRIER: [&str; 5] = ["translate", "rust", "emit", "render", "module"];

pub(crate) const CRATES: [Rules; 4] = [GENERATOR, RUNTIME, SANDBOX, CLI];

const GENERATOR: Rules = Rules {
    folder: "generator/src",
    modules: &[
        // What every stage speaks.
        ("pointer", &[]),
        ("report", &["pointer", "source"]),
        ("source", &["pointer"]),
        ("settings", &["pointer", "report"]),
        ("decimal", &[]),
        ("ident", &[]),
        ("pattern", &[]),
        // The two models, and what lies between stages.
        ("document", &["decimal", "pointer"]),
        ("api", &["decimal", "pointer"]),
        ("counts", &["api"]),
        ("rust", &["counts", "ident", "pattern", "pointer"]),
        ("module", &[]),
        // The stages: each reads one model and writes the next, and none imports another.
        ("parse", &["decimal", "document", "pointer", "report", "settings", "source"]),
        ("lower", &["api", "decimal", "document", "pointer", "report"]),
        ("check", &["api", "pattern", "pointer", "report"]),
        ("translate", &["api", "counts", "decimal", "ident", "pattern", "pointer", "rust", "settings"]),
        ("emit", &["ident", "module", "pattern", "rust", "settings"]),
        ("render", &["module"]),
        ("output", &["module"]),
        // A second reader of both models: what the document states, against the tables.
        ("examples", &["api", "pattern", "pointer", "report", "rust"]),
        // Where the stages meet, and the entry points.
        (
            "pipeline",
            &[
                "api",
                "check",
                "emit",
                "examples",
                "lower",
                "module",
                "outcome",
                "parse",
                "render",
                "report",
                "rust",
                "settings",
                "source",
                "translate",
            ],
        ),
        ("config", &["ident", "parse", "pointer", "report", "settings", "source"]),
        ("findings", &["report", "source"]),
        ("outcome", &["api", "counts", "findings"]),
        (
            "generator",
            &[
                "config", "evolve", "findings", "module", "outcome", "output", "overview", "pipeline",
                "report", "settings", "source",
            ],
        ),
        ("build_script", &["generator", "outcome", "report"]),
        // A second reader of the API model, no stage.
        (
            "docs",
            &[
                "api", "examples", "findings", "outcome", "output", "pipeline", "pointer", "report",
                "settings", "source",
            ],
        ),
        // A reader of both models, no stage.
        ("evolve", &["api", "decimal", "outcome", "pointer", "rust", "settings", "source"]),
        // Another: both models as a page.
        ("overview", &["api", "counts", "docs", "pointer", "rust", "source"]),
        ("cli", &[]),
    ],
    dependencies: &[
        ("annotate_snippets", &["report"]),
        ("clap", &["cli"]),
        ("fancy_regex", &["pattern"]),
        ("heck", &["ident"]),
        ("indicatif", &["cli"]),
        // The allocator of the command, which `main` names.
        ("mimalloc", &[]),
        ("openapiv3", &["document", "lower", "parse"]),
        ("prettyplease", &["render"]),
        ("proc_macro2", &["emit", "module", "render"]),
        ("pulldown_cmark", &["docs/markdown"]),
        ("quote", &["emit"]),
        ("regex_lite", &["docs/wording", "pattern"]),
        ("regex_syntax", &["pattern"]),
        ("saphyr_parser", &["source"]),
        ("serde", &["document", "parse", "source"]),
        ("serde_yaml", &["parse"]),
        ("semver", &["evolve"]),
        ("similar", &["cli"]),
        ("specwright_runtime", &["examples"]),
        ("syn", &["render"]),
        (
            "serde_json",
            &[
                "api",
                "check",
                "config",
                "decimal",
                "docs",
                "document",
                "emit",
                "evolve",
                "examples",
                "lower",
                "outcome",
                "parse",
                "report",
                "source",
                "translate",
            ],
        ),
    ],
    recursive: &[
        // Operations have callbacks, which have operations; encodings have headers, which have media types.
        &["lower/callback", "lower/operation"],
        &["lower/content", "lower/parameter"],
    ],
};

const RUNTIME: Rules = Rules {
    folder: "runtime/src",
    modules: &[
        ("values", &[]),
        ("violations", &["values"]),
        ("validate", &["values", "violations"]),
        ("operation", &[]),
        ("wire", &[]),
        ("send", &["operation", "validate", "values", "violations", "wire"]),
        ("serve", &["operation", "validate", "values", "violations", "wire"]),
    ],
    dependencies: &[
        ("axum", &["serve"]),
        ("base64", &["send/client/credentials", "send/journal/hash", "serve/authenticate"]),
        ("bytes", &["send", "serve", "wire"]),
        ("crc32fast", &["send/bulk/run_journal", "send/journal"]),
        ("fancy_regex", &["validate"]),
        ("form_urlencoded", &["send/client/oauth2/form"]),
        ("futures_core", &["send"]),
        ("futures_util", &["send", "serve/body"]),
        ("h2", &["send/client/reqwest"]),
        ("http", &["send"]),
        ("hyper", &["send/client/reqwest"]),
        ("jiff", &["send/retry/http_date", "values/date"]),
        ("percent_encoding", &["operation/literal", "send/client/parameter", "serve/template", "serve/text"]),
        ("regex_lite", &["validate", "values/union/constraint"]),
        ("reqwest", &["send/client/reqwest"]),
        ("rust_decimal", &["values/decimal"]),
        ("rustls", &["send/client/reqwest"]),
        ("rustls_platform_verifier", &["send/client/reqwest"]),
        ("secrecy", &["send/client"]),
        ("serde", &["send", "serve", "validate", "values", "violations"]),
        ("serde_json", &["send", "serve", "validate", "values", "violations", "wire"]),
        ("siphasher", &["send/journal/hash"]),
        ("tokio", &["send", "serve/tests"]),
        ("tracing", &["send", "serve"]),
        ("uuid", &["send/client/correlation", "values/uuid"]),
        ("wide", &["validate"]),
    ],
    // Schemas contain schemas.
    recursive: &[&[
        "validate/table/array",
        "validate/table/beyond",
        "validate/table/field",
        "validate/table/object",
        "validate/table/schema",
        "validate/table/switch",
    ]],
};

const SANDBOX: Rules = Rules {
    folder: "sandbox/src",
    modules: &[
        ("instant", &[]),
        ("chance", &[]),
        ("bulk", &["instant"]),
        ("store", &["bulk", "chance", "instant"]),
        ("tokens", &["bulk", "instant", "store"]),
        ("faults", &["chance", "instant"]),
        ("sandbox", &["bulk", "faults", "instant", "store"]),
        ("http", &["bulk", "faults", "instant", "sandbox", "store", "tokens"]),
    ],
    dependencies: &[
        ("axum", &["http"]),
        ("base64", &["tokens/jwt"]),
        // The command is `main`.
        ("clap", &[]),
        ("concur_cards", &["bulk", "http/cards", "instant"]),
        ("form_urlencoded", &["tokens/form"]),
        ("futures_util", &["http"]),
        ("hyper", &["http/connection"]),
        ("hyper_util", &["http/connection"]),
        ("redb", &["store"]),
        ("serde", &["bulk", "faults", "http/own", "instant", "sandbox", "store", "tokens"]),
        ("serde_json", &["faults", "http", "store", "tokens"]),
        ("serde_yaml", &["http/definition"]),
        ("tokio", &["http", "sandbox"]),
        ("tower_service", &["http/connection"]),
        ("tracing", &["http", "sandbox"]),
        ("tracing_subscriber", &[]),
        ("utoipa_swagger_ui_vendored", &["http/docs"]),
        ("uuid", &["http/around", "store", "tokens"]),
        ("zip", &["http/docs"]),
    ],
    recursive: &[],
};

const CLI: Rules = Rules {
    folder: "cli/src",
    modules: &[
        ("message", &[]),
        ("logging", &["message"]),
        ("progress", &["logging", "message"]),
        ("pages", &[]),
        ("input", &[]),
        ("shared", &["message"]),
        ("connection", &["message", "shared"]),
        // The commands, of which none knows another.
        ("validate", &["input", "message", "progress"]),
        ("push", &["connection", "input", "message", "progress", "shared"]),
        ("journal", &["message", "shared"]),
        ("status", &["connection", "message"]),
        ("token", &["connection", "message"]),
    ],
    dependencies: &[
        (
            "clap",
            &[
                "connection",
                "input/kind",
                "journal",
                "pages",
                "progress",
                "push",
                "status",
                "token",
                "validate",
            ],
        ),
        ("clap_complete", &["pages"]),
        ("clap_mangen", &["pages"]),
        (
            "concur_cards",
            &["connection", "input", "journal", "push", "shared", "status", "token", "validate"],
        ),
        ("futures_util", &["push"]),
        ("humantime", &["connection", "push"]),
        ("indicatif", &["progress"]),
        ("serde", &["input/kind", "journal/lines", "push/report", "validate/printer"]),
        ("serde_json", &["input", "journal", "push", "status", "validate/printer"]),
        ("specwright_postgres", &["journal/shared", "shared"]),
        ("tokio", &["push"]),
        ("tracing_subscriber", &["logging"]),
    ],
    recursive: &[],
};
