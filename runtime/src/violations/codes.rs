//! Codes of our own for what a definition names no code for. They begin with `x-`, so that nobody takes them
//! for the service's.

use crate::violations::Code;

/// The body is no JSON. It is an error whatever is said of it: what can't be read never passes.
pub const INVALID_JSON: Code = Code::error("x-invalidJson", "The body is not valid JSON");
/// The body is nested so deep that it is not read. It is an error whatever is said of it, as [`INVALID_JSON`]
/// is.
pub const TOO_DEEP: Code = Code::error("x-tooDeep", "Objects and lists are nested more than {max} deep");
/// A value of another JSON type than the schema's.
pub const INVALID_TYPE: Code = Code::error("x-invalidType", "The value has the wrong JSON type");
/// A required member is absent or `null`.
pub const MISSING_REQUIRED_FIELD: Code = Code::error("x-missingRequiredField", "Required field is missing");
/// A value outside an `enum`.
pub const INVALID_ENUM: Code = Code::error("x-invalidEnum", "The value is not one of the allowed values");
/// A string shorter or longer than allowed, in Unicode scalar values.
pub const INVALID_SIZE: Code = Code::error("x-invalidSize", "The length must be between {min} and {max}");
/// A string that the pattern does not match as a whole.
pub const INVALID_PATTERN: Code = Code::error("x-invalidPattern", "The value does not match the pattern");
/// `format: date`.
pub const INVALID_DATE: Code = Code::error("x-invalidDate", "The value is not a date such as 2024-02-29");
/// `format: date-time`.
pub const INVALID_DATE_TIME: Code =
    Code::error("x-invalidDateTime", "The value is not a date and time such as 2024-02-29T09:30:00Z");
/// `format: local-date-time`.
pub const INVALID_LOCAL_DATE_TIME: Code =
    Code::error("x-invalidLocalDateTime", "The value is not a date and time such as 2024-02-29T09:30:00.000");
/// `format: uuid`.
pub const INVALID_UUID: Code = Code::error("x-invalidUuid", "The value is not a UUID");
/// `format: email`.
pub const INVALID_EMAIL: Code = Code::error("x-invalidEmail", "The value is not an e-mail address");
/// `format: country-code`.
pub const INVALID_COUNTRY_CODE: Code =
    Code::error("x-invalidCountryCode", "The value is not an assigned ISO 3166-1 alpha-2 code");
/// `format: currency-code`.
pub const INVALID_CURRENCY_CODE: Code =
    Code::error("x-invalidCurrencyCode", "The value is not an active ISO 4217 alpha-3 code");
/// `format: decimal` on a string.
pub const INVALID_DECIMAL: Code = Code::error("x-invalidDecimal", "The value is not a decimal number");
/// A number with a fraction where an integer is asked.
pub const INVALID_INTEGER: Code = Code::error("x-invalidInteger", "The value must be a whole number");
/// An integer that is written with a fraction or exponent, such as `1.0`: some readers refuse it.
pub const UNUSUAL_INTEGER: Code =
    Code::warning("x-unusualInteger", "The whole number is written with a fraction or an exponent");
/// An integer that its format has no room for.
pub const OUT_OF_RANGE: Code = Code::error("x-outOfRange", "The number is out of range");
/// A number that no exact decimal holds. The definition does not forbid it, so the service may well take it.
pub const TOO_MANY_DIGITS: Code =
    Code::warning("x-tooManyDigits", "The number has more digits than the models hold");
/// A number below `minimum`.
pub const TOO_SMALL: Code = Code::error("x-tooSmall", "The number must be at least {min}");
/// A number above `maximum`.
pub const TOO_LARGE: Code = Code::error("x-tooLarge", "The number must be at most {max}");
/// `multipleOf`.
pub const NOT_A_MULTIPLE: Code = Code::error("x-notAMultiple", "The number is not a multiple of {min}");
/// `minItems`.
pub const TOO_FEW_ITEMS: Code = Code::error("x-tooFewItems", "The list must have at least {min} items");
/// `maxItems`.
pub const TOO_MANY_ITEMS: Code = Code::error("x-tooManyItems", "The list must have at most {max} items");
/// `uniqueItems`, or an `x-unique-by` without a code.
pub const DUPLICATE_ITEM: Code = Code::error("x-duplicateItem", "The value must be unique within the list");
/// `minProperties`.
pub const TOO_FEW_PROPERTIES: Code =
    Code::error("x-tooFewProperties", "The object must have at least {min} members");
/// `maxProperties`.
pub const TOO_MANY_PROPERTIES: Code =
    Code::error("x-tooManyProperties", "The object must have at most {max} members");
/// A member that the definition does not name, where it does not speak of further members.
pub const UNKNOWN_PROPERTY: Code = Code::warning("x-unknownProperty", "The definition has no such field");
/// A member that the definition does not name and does not allow.
pub const FORBIDDEN_PROPERTY: Code =
    Code::error("x-forbiddenProperty", "The definition allows no such field");
/// The same member twice in one object: the last one counts.
pub const DUPLICATE_KEY: Code =
    Code::warning("x-duplicateKey", "The field is given twice; the last one counts");
/// None of the schemas of `oneOf` or `anyOf` fits.
pub const NO_MATCH: Code = Code::error("x-noMatch", "The value has none of the allowed forms");
/// More than one schema of `oneOf` fits.
pub const AMBIGUOUS_MATCH: Code =
    Code::error("x-ambiguousMatch", "The value has several of the forms that exclude each other");
/// The schema of `not` fits.
pub const FORBIDDEN_FORM: Code = Code::error("x-forbiddenForm", "The value has a form that is not allowed");
/// `x-at-most-one-of` without a code.
pub const AMBIGUOUS_FIELDS: Code = Code::error("x-ambiguousFields", "Only one of the fields may be present");
/// `x-required-when` without a code.
pub const REQUIRED_HERE: Code = Code::error("x-requiredHere", "The field must be present here");
/// `x-forbidden-when` without a code.
pub const FORBIDDEN_HERE: Code = Code::error("x-forbiddenHere", "The field must not be present here");
/// `x-same-value` without a code.
pub const INCONSISTENT_VALUE: Code =
    Code::error("x-inconsistentValue", "The value differs from the one it must agree with");
/// `x-no-reference-to` without a code.
pub const FORBIDDEN_REFERENCE: Code = Code::error(
    "x-forbiddenReference",
    "The value refers to an item of this list that must not be referred to",
);
/// `x-no-card-number` without a code.
pub const CARD_NUMBER: Code = Code::error("x-cardNumber", "The value contains a payment card number");
/// The body keeps every rule, yet the type can't hold it.
pub const UNDECODABLE: Code = Code::error("x-undecodable", "The body can't be read into the type");
/// The choices inside choices of the body would take too long to tell apart.
pub const TOO_COMPLEX: Code = Code::error("x-tooComplex", "The value can be read in too many ways");
