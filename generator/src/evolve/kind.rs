//! Every kind of change: its name, what it does to whom, and why. `DIFF.md` is this table for people.

use super::effect::Effect::{self, Additive as A, Breaking as B, None as N};

/// A row of the table.
pub(super) struct KindRow {
    pub(super) name: &'static str,
    /// In the order of [`Respect::ALL`].
    pub(super) effects: [Effect; 5],
    /// What follows the subject in a sentence.
    pub(super) what: &'static str,
    pub(super) why: &'static str,
}

/// Declares the kinds and their table, in which each kind has the row of its own number.
macro_rules! kinds {
    ($($kind:ident $name:literal [$($effect:ident)*] $what:literal $why:literal)*) => {
        /// A kind of change.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(super) enum Kind { $($kind),* }

        pub(super) const KINDS: &[KindRow] = &[$(
            KindRow { name: $name, effects: [$($effect),*], what: $what, why: $why }
        ),*];
    };
}

impl Kind {
    pub(super) fn row(self) -> &'static KindRow {
        &KINDS[self as usize]
    }
}

/// Returns every kind with its row in the table of `DIFF.md`.
#[must_use]
pub fn kinds() -> Vec<(&'static str, String)> {
    let row = |row: &'static KindRow| {
        let effects = row.effects.map(|effect| if effect == N { "" } else { effect.name() });
        (row.name, format!("| `{}` | {} | {}. {} |", row.name, effects.join(" | "), row.what, row.why))
    };
    KINDS.iter().map(row).collect()
}

// The columns: Rust, request, response, validators, server.
kinds! {
    ModuleAdded "rust-module-added" [A N N N N]
        "is a new module" "Nothing used it before."
    ModuleRemoved "rust-module-removed" [B N N N N]
        "is no longer a module" "Paths through it do not compile."
    TypeAdded "rust-type-added" [A N N N N]
        "is a new type" "Nothing used it before."
    TypeRemoved "rust-type-removed" [B N N N N]
        "is no longer a type" "Code that names it does not compile."
    TypeChanged "rust-type-changed" [B N N N N]
        "is another kind of type" "Code that makes or takes apart a value does not compile."
    FieldAdded "rust-field-added" [A N N N N]
        "is a new field" "Structs are non-exhaustive: nobody lists all fields."
    FieldRemoved "rust-field-removed" [B N N N N]
        "is no longer a field" "Code that reads it does not compile."
    FieldChanged "rust-field-changed" [B N N N N]
        "has another type" "Code that reads it does not compile."
    VariantAdded "rust-variant-added" [A N N N N]
        "is a new variant" "Enums are non-exhaustive: every match has a wildcard."
    VariantRemoved "rust-variant-removed" [B N N N N]
        "is no longer a variant" "Code that names it does not compile."
    VariantChanged "rust-variant-changed" [B N N N N]
        "holds another type" "Code that takes it apart does not compile."
    TraitAdded "rust-trait-added" [A N N N N]
        "is a new implementation of a trait" "Nothing used it before."
    TraitRemoved "rust-trait-removed" [B N N N N]
        "is no longer implemented" "Code that needs the trait does not compile."
    MethodAdded "rust-method-added" [A N N N N]
        "is a new method" "Nothing called it before."
    MethodRemoved "rust-method-removed" [B N N N N]
        "is no longer a method" "Code that calls it does not compile."
    MethodChanged "rust-method-changed" [B N N N N]
        "has another signature" "Code that calls it does not compile."
    ArgumentAdded "rust-argument-added" [B N N N N]
        "is a new field of a struct of arguments" "Every call lists all of them."
    ArgumentRemoved "rust-argument-removed" [B N N N N]
        "is no longer a field of a struct of arguments" "Calls that set it do not compile."
    ArgumentChanged "rust-argument-changed" [B N N N N]
        "has another type as an argument" "Calls that set it do not compile."
    ConstantAdded "rust-constant-added" [A N N N N]
        "is a new constant" "Nothing used it before."
    ConstantRemoved "rust-constant-removed" [B N N N N]
        "is no longer a constant" "Code that names it does not compile."
    PresetAdded "rust-preset-added" [A N N N N]
        "has one value, which the builder sets" "Setting it is still possible."
    PresetRemoved "rust-preset-removed" [B N N N N]
        "is no longer set by the builder" "`build` reports it as missing where it is not set."
    Deprecated "rust-deprecated" [A N N N N]
        "is deprecated" "The compiler warns where it is used."
    NotDeprecated "rust-not-deprecated" [N N N N N]
        "is no longer deprecated" "A warning less."
    FeatureAdded "rust-feature-added" [A N N N N]
        "is a new feature" "Nothing turned it on before."
    FeatureRemoved "rust-feature-removed" [B N N N N]
        "is no longer a feature" "A manifest that turns it on does not build."
    FeatureOn "rust-feature-on" [A N N N N]
        "is on by default" "Builds with the default features have more."
    FeatureOff "rust-feature-off" [B N N N N]
        "is no longer on by default" "Builds with the default features lose what needs it."
    FeatureNeeded "rust-feature-needed" [B N N N N]
        "is needed for what did not need it" "Builds that do not turn it on lose that."
    Documentation "documentation-changed" [N N N N N]
        "has other texts" "No program reads them."

    OperationAdded "operation-added" [N A N N N]
        "is a new operation" "Nobody called it before."
    OperationRemoved "operation-removed" [N B N N N]
        "is no longer an operation" "Calls are answered with an error."
    OperationMoved "operation-moved" [N B N N N]
        "has another path or method" "Calls to the old one are answered with an error."
    OperationDeprecated "operation-deprecated" [N A N N N]
        "is deprecated" "It still works."
    ParameterAdded "parameter-added" [N A N N N]
        "is a new optional parameter" "Calls without it stay right."
    RequiredParameterAdded "required-parameter-added" [N B N B N]
        "is a new required parameter" "Calls without it are refused."
    ParameterRemoved "parameter-removed" [N B N N N]
        "is no longer a parameter" "Calls that send it are refused, or not heard."
    ParameterRequired "parameter-became-required" [N B N B N]
        "became required" "Calls without it are refused."
    ParameterOptional "parameter-became-optional" [N A N A N]
        "became optional" "Calls that send it stay right."
    ParameterStyle "parameter-style-changed" [N B N N N]
        "is written in another style" "The service does not read the old one."
    BodyAdded "body-added" [N A N N N]
        "takes a body now" "Calls without one stay right."
    RequiredBodyAdded "required-body-added" [N B N B N]
        "needs a body now" "Calls without one are refused."
    BodyRemoved "body-removed" [N B N N N]
        "no longer takes a body" "Calls that send one are refused, or not heard."
    BodyRequired "body-became-required" [N B N B N]
        "needs its body now" "Calls without one are refused."
    BodyOptional "body-became-optional" [N A N A N]
        "no longer needs its body" "Calls that send one stay right."
    MediaTypeAdded "media-type-added" [N A A N N]
        "has one more media type" "The others stay."
    MediaTypeRemoved "media-type-removed" [N B B N N]
        "has a media type less" "Bodies of that type are not read, or not sent, any more."
    SuccessAdded "success-added" [N N A N N]
        "has one more success" "The others stay."
    SuccessRemoved "success-removed" [N N B N N]
        "has a success less" "Who waits for it waits in vain."
    FailureAdded "failure-added" [N N A N N]
        "has one more unsuccessful response" "It was read as any other status."
    FailureRemoved "failure-removed" [N N B N N]
        "has an unsuccessful response less" "Who waits for it waits in vain."
    HeaderAdded "header-added" [N N A N N]
        "is a new header" "Readers need not look at it."
    HeaderRemoved "header-removed" [N N B N N]
        "is no longer a header" "Who reads it finds nothing."
    HeaderRequired "header-became-required" [N N A N N]
        "is always sent now" "Readers may find it as before."
    HeaderOptional "header-became-optional" [N N B N N]
        "may be absent now" "Who reads it may find nothing."
    SecurityTightened "security-tightened" [N B N N N]
        "asks for other credentials" "Calls with the old ones are refused."
    SecurityLoosened "security-loosened" [N A N N N]
        "takes one more kind of credentials, or none" "The old ones stay right."
    ScopeAdded "scope-added" [N B N N N]
        "asks for one more scope" "Tokens without it are refused."
    ScopeRemoved "scope-removed" [N A N N N]
        "asks for a scope less" "Tokens that have it stay right."
    SecuritySchemeChanged "security-scheme-changed" [N B N N N]
        "is obtained or sent in another way" "Credentials of the old kind are refused."
    ServerAdded "server-added" [N A N N N]
        "is one more server" "The others stay."
    ServerRemoved "server-removed" [N B N N N]
        "is no longer a server" "Who calls it reaches nobody."
    DefaultServerChanged "default-server-changed" [N B N N N]
        "is the server that is called by default" "Calls go to another address."
    BulkChanged "bulk-changed" [N A N N N]
        "has other settings for bulk sending" "The client follows them by itself."
    PollChanged "polling-changed" [N N A N N]
        "has other states to wait for" "The client follows them by itself."

    PropertyAdded "property-added" [N A A A N]
        "is a new optional property" "Values without it stay right."
    RequiredPropertyAdded "required-property-added" [N B A B N]
        "is a new required property" "Requests without it are refused."
    PropertyRemoved "property-removed" [N B B A N]
        "is no longer a property" "It is refused or not heard in requests, and missing in responses."
    PropertyRequired "property-became-required" [N B A B N]
        "became required" "Requests without it are refused."
    PropertyOptional "property-became-optional" [N A B A N]
        "became optional" "Readers may find nothing."
    Nullable "became-nullable" [N A B A N]
        "may be null now" "Readers may find null."
    NotNullable "became-not-nullable" [N B A B N]
        "may no longer be null" "Requests with null are refused."
    TypeOfValue "type-changed" [N B B B N]
        "has another type" "Values of the old type are refused, and no longer sent."
    TypeWidened "type-widened" [N A B A N]
        "has more types" "Readers may find another one."
    TypeNarrowed "type-narrowed" [N B A B N]
        "has fewer types" "Requests with one of the others are refused."
    Format "format-changed" [N B B B N]
        "has another format" "Values of the old one are refused, and no longer sent."
    FormatAdded "format-added" [N B A B N]
        "has a format now" "Requests with other texts are refused."
    FormatRemoved "format-removed" [N A B A N]
        "has no format any more" "Readers may find any text."
    UncheckedFormat "unchecked-format-changed" [N N N N N]
        "has another name of a format" "Nothing checks it."
    ValueAdded "enum-value-added" [N A A A N]
        "is one more value" "Enums keep values that they do not know."
    ValueRemoved "enum-value-removed" [N B A B N]
        "is no longer a value" "Requests with it are refused."
    EnumAdded "enum-added" [N B A B N]
        "has a list of values now" "Requests with others are refused."
    EnumRemoved "enum-removed" [N A B A N]
        "has no list of values any more" "Readers may find any value."
    LimitTightened "limit-tightened" [N B A B N]
        "has a narrower limit" "Requests outside of it are refused."
    LimitLoosened "limit-loosened" [N A B A N]
        "has a wider limit" "Readers may find values outside of the old one."
    PatternAdded "pattern-added" [N B A B N]
        "has a pattern now" "Requests that do not match are refused."
    PatternChanged "pattern-changed" [N B N B N]
        "has another pattern" "Requests that match the old one alone are refused."
    PatternRemoved "pattern-removed" [N A N A N]
        "has no pattern any more" "What was right stays right."
    AdditionalForbidden "additional-properties-forbidden" [N B A B N]
        "has no other properties any more" "Requests with others are refused."
    AdditionalAllowed "additional-properties-allowed" [N A A A N]
        "may have other properties" "Readers keep or drop them."
    ChoiceAdded "choice-added" [N A A A N]
        "is one more choice" "Unions keep values of a form that they do not know."
    ChoiceRemoved "choice-removed" [N B A B N]
        "is no longer a choice" "Requests of that form are refused."
    Composition "composition-changed" [N B B B N]
        "is composed in another way" "Values that were right may no longer be."
    DiscriminatorChanged "discriminator-changed" [N B B B N]
        "is told apart by another property or value" "Values are read as another form, or as none."
    DefaultChanged "default-changed" [N N N N N]
        "has another default" "Nothing writes it into a value."
    ParameterDefault "parameter-default-changed" [N B N N N]
        "has another default" "Calls without it mean something else."
    ReadOnly "became-read-only" [N B A N N]
        "is set by the service alone" "Requests do not set it any more."
    NotReadOnly "became-not-read-only" [N A A N N]
        "may be set by requests" "Requests without it stay right."
    WriteOnly "became-write-only" [N A B N N]
        "is no longer in responses" "Who reads it finds nothing."
    NotWriteOnly "became-not-write-only" [N A A N N]
        "is in responses, too" "Readers need not look at it."
    Sensitive "sensitive-changed" [N N N N N]
        "is shown, or no longer shown, by `Debug`" "Values are the same."
    RuleAdded "rule-added" [N B A B N]
        "has one more rule" "Requests that break it are refused."
    RuleRemoved "rule-removed" [N A N A N]
        "has a rule less" "What was right stays right."
    ViolationCode "violation-code-changed" [N N N B N]
        "is reported with another code or severity" "Who looks for the old one does not find it."
    NullRefused "null-refused" [N B N B N]
        "are no longer absent when they are null" "Requests with null are refused."
    NullAllowed "null-allowed" [N A N A N]
        "are absent when they are null" "What was right stays right."

    ErrorCodeAdded "error-code-added" [N N A N N]
        "is one more error code" "Codes are texts: readers meet codes that they do not know."
    ErrorCodeRemoved "error-code-removed" [N N A N N]
        "is no longer an error code" "Nobody meets it any more."
    ErrorCodeMessage "error-code-message-changed" [N N N N N]
        "has another message" "Messages are for people."
    ErrorCodeSeverity "error-code-severity-changed" [N N N B N]
        "has another severity" "Bodies that passed may no longer pass."
    ErrorFormat "error-format-changed" [N N B N N]
        "are written in another way" "Readers do not find code and path."

    ServerMethodAdded "server-method-added" [N N N N A]
        "is one more operation to implement" "A service answers that it is not implemented until it is."
    ServerMethodRemoved "server-method-removed" [N N N N B]
        "is no longer an operation to implement" "Its implementation does not compile."
    ServerArgumentAdded "server-argument-added" [N N N N A]
        "gets one more argument" "Requests are structs, of which nobody lists all fields."
    ServerArgumentRemoved "server-argument-removed" [N N N N B]
        "gets an argument less" "Implementations that read it do not compile."
    ServerArgument "server-argument-changed" [N N N N B]
        "gets another type of argument" "Implementations that read it do not compile."
    ServerResponseAdded "server-response-added" [N N N N A]
        "may answer with one more status" "The others stay."
    ServerResponseRemoved "server-response-removed" [N N N N B]
        "may answer with a status less" "Code that answers with it does not compile."
    ServerResponse "server-response-changed" [N N N N B]
        "answers with another body or header" "Code that makes the response does not compile."
}
