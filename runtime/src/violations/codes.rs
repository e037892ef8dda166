//! Codes of validators for broken keywords that have no code in the definition. They begin with `x-`, so that
//! they are not mistaken for codes of the service.

use super::code::Code;

/// A body that is not JSON. It is always an error, whatever severity the options of a validation set.
pub const INVALID_JSON: Code = Code::error("x-invalidJson", "The body is not valid JSON");
/// A body that is nested too deep to be read. It is always an error, as [`INVALID_JSON`] is.
pub const TOO_DEEP: Code = Code::error("x-tooDeep", "Objects and lists are nested more than {max} deep");
/// `type`: a value of another JSON type.
pub const INVALID_TYPE: Code = Code::error("x-invalidType", "The value has the wrong JSON type");
/// `required`: a member that is absent, or `null` where the schema does not allow it.
pub const MISSING_REQUIRED_FIELD: Code = Code::error("x-missingRequiredField", "Required field is missing");
/// `enum`: a value that is not in the list.
pub const INVALID_ENUM: Code = Code::error("x-invalidEnum", "The value is not one of the allowed values");
/// `minLength`, `maxLength`: a string that is too short or too long, in Unicode scalar values.
pub const INVALID_SIZE: Code = Code::error("x-invalidSize", "The length must be {limits}");
/// `pattern`: a string in which nothing matches.
pub const INVALID_PATTERN: Code = Code::error("x-invalidPattern", "The value does not match the pattern");
/// `format: date`: a string that is not a date.
pub const INVALID_DATE: Code = Code::error("x-invalidDate", "The value is not a date such as 2024-02-29");
/// `format: date-time`: a string that is not a date and time with an offset.
pub const INVALID_DATE_TIME: Code =
    Code::error("x-invalidDateTime", "The value is not a date and time such as 2024-02-29T09:30:00Z");
/// `format: local-date-time`: a string that is not a date and time.
pub const INVALID_LOCAL_DATE_TIME: Code =
    Code::error("x-invalidLocalDateTime", "The value is not a date and time such as 2024-02-29T09:30:00.000");
/// `format: uuid`: a string that is not a hyphenated UUID.
pub const INVALID_UUID: Code = Code::error("x-invalidUuid", "The value is not a UUID");
/// `format: email`: a string that is not an e-mail address.
pub const INVALID_EMAIL: Code = Code::error("x-invalidEmail", "The value is not an e-mail address");
/// `format: hostname`: a string that is not the name of a host.
pub const INVALID_HOSTNAME: Code = Code::error("x-invalidHostname", "The value is not the name of a host");
/// `format: ipv4`: a string that is not an IPv4 address.
pub const INVALID_IPV4: Code = Code::error("x-invalidIpv4", "The value is not an IPv4 address");
/// `format: ipv6`: a string that is not an IPv6 address.
pub const INVALID_IPV6: Code = Code::error("x-invalidIpv6", "The value is not an IPv6 address");
/// `format: uri`: a string that is not a URI with a scheme.
pub const INVALID_URI: Code =
    Code::error("x-invalidUri", "The value is not a URI such as https://example.com/");
/// `format: uri-reference`: a string that is neither a URI nor a relative reference.
pub const INVALID_URI_REFERENCE: Code =
    Code::error("x-invalidUriReference", "The value is not a URI or a relative reference");
/// `format: byte`: a string that is not Base64 with padding.
pub const INVALID_BASE64: Code = Code::error("x-invalidBase64", "The value is not Base64 with padding");
/// `format: country-code`: a string that is not an assigned ISO 3166-1 alpha-2 code.
pub const INVALID_COUNTRY_CODE: Code =
    Code::error("x-invalidCountryCode", "The value is not an assigned ISO 3166-1 alpha-2 code");
/// `format: currency-code`: a string that is not an active ISO 4217 alpha-3 code.
pub const INVALID_CURRENCY_CODE: Code =
    Code::error("x-invalidCurrencyCode", "The value is not an active ISO 4217 alpha-3 code");
/// `format: decimal`: a string that is not a decimal number.
pub const INVALID_DECIMAL: Code = Code::error("x-invalidDecimal", "The value is not a decimal number");
/// `type: integer`: a number with a fraction.
pub const INVALID_INTEGER: Code = Code::error("x-invalidInteger", "The value must be a whole number");
/// `type: integer`: an integer that is written with a fraction or an exponent, such as `1.0`, which is none
/// to OpenAPI 3.0, or as `-0`, which the models can't hold.
pub const UNUSUAL_INTEGER: Code = Code::error(
    "x-unusualInteger",
    "The whole number must be written without fraction and exponent, and zero without a sign",
);
/// `format: int32`, `int64` and so on: an integer outside the range of the format.
pub const OUT_OF_RANGE: Code = Code::error("x-outOfRange", "The number is out of range");
/// A number that the models do not hold: an integer without a format beyond 64 bits, or one with more digits
/// than [`Decimal`](crate::Decimal) can hold exactly. The definition does not forbid it, so that the service
/// may accept it.
pub const TOO_MANY_DIGITS: Code =
    Code::warning("x-tooManyDigits", "The number has more digits than the models hold");
/// `minimum`, `exclusiveMinimum`: a number that is too small.
pub const TOO_SMALL: Code = Code::error("x-tooSmall", "The number must be {limits}");
/// `maximum`, `exclusiveMaximum`: a number that is too large.
pub const TOO_LARGE: Code = Code::error("x-tooLarge", "The number must be {limits}");
/// `multipleOf`: a number that is not a multiple.
pub const NOT_A_MULTIPLE: Code = Code::error("x-notAMultiple", "The number is not a multiple of {min}");
/// `minItems`: an array with too few items.
pub const TOO_FEW_ITEMS: Code = Code::error("x-tooFewItems", "The number of items must be {limits}");
/// `maxItems`: an array with too many items.
pub const TOO_MANY_ITEMS: Code = Code::error("x-tooManyItems", "The number of items must be {limits}");
/// Fewer items have a certain form than `minContains` asks for.
pub const TOO_FEW_MATCHES: Code =
    Code::error("x-tooFewMatches", "The list must have at least {min} items of a certain form");
/// More items have a certain form than `maxContains` allows.
pub const TOO_MANY_MATCHES: Code =
    Code::error("x-tooManyMatches", "The list must have at most {max} items of a certain form");
/// `uniqueItems`, or `x-unique-by` without a code: an item that equals an earlier one, or has the same value
/// of a field.
pub const DUPLICATE_ITEM: Code = Code::error("x-duplicateItem", "The value must be unique within the list");
/// `minProperties`: an object with too few members.
pub const TOO_FEW_PROPERTIES: Code =
    Code::error("x-tooFewProperties", "The number of members must be {limits}");
/// `maxProperties`: an object with too many members.
pub const TOO_MANY_PROPERTIES: Code =
    Code::error("x-tooManyProperties", "The number of members must be {limits}");
/// A member that the schema does not name, if the schema says nothing about additional properties.
pub const UNKNOWN_PROPERTY: Code = Code::warning("x-unknownProperty", "The definition has no such field");
/// `additionalProperties: false`: a member that the schema does not name.
pub const FORBIDDEN_PROPERTY: Code =
    Code::error("x-forbiddenProperty", "The definition allows no such field");
/// A member that is given twice in one object. The last one counts.
pub const DUPLICATE_KEY: Code =
    Code::warning("x-duplicateKey", "The field is given twice; the last one counts");
/// `oneOf`, `anyOf`: a value that fits none of the schemas.
pub const NO_MATCH: Code = Code::error("x-noMatch", "The value has none of the allowed forms");
/// `oneOf`: a value that fits more than one schema.
pub const AMBIGUOUS_MATCH: Code =
    Code::error("x-ambiguousMatch", "The value has several of the forms that exclude each other");
/// `not`: a value that fits the schema.
pub const FORBIDDEN_FORM: Code = Code::error("x-forbiddenForm", "The value has a form that is not allowed");
/// `x-at-most-one-of` without a code: more than one of the members is present.
pub const AMBIGUOUS_FIELDS: Code = Code::error("x-ambiguousFields", "Only one of the fields may be present");
/// `x-required-when` without a code: the condition holds and the member is absent.
pub const REQUIRED_HERE: Code = Code::error("x-requiredHere", "The field must be present here");
/// `x-forbidden-when` without a code: the condition holds and the member is present.
pub const FORBIDDEN_HERE: Code = Code::error("x-forbiddenHere", "The field must not be present here");
/// `x-same-value` without a code: a value that differs from the one that it must agree with.
pub const INCONSISTENT_VALUE: Code =
    Code::error("x-inconsistentValue", "The value differs from the one it must agree with");
/// `x-no-reference-to` without a code: a reference to an item that must not be referred to.
pub const FORBIDDEN_REFERENCE: Code = Code::error(
    "x-forbiddenReference",
    "The value refers to an item of this list that must not be referred to",
);
/// `x-no-card-number` without a code: a string with a payment card number in it.
pub const CARD_NUMBER: Code = Code::error("x-cardNumber", "The value contains a payment card number");
/// A parameter or a body that is not UTF-8, once it is decoded.
pub const INVALID_UTF8: Code = Code::error("x-invalidUtf8", "The value is not UTF-8");
/// A parameter, a field of a form or a member of either that has one value and comes with several.
pub const REPEATED: Code = Code::error("x-repeated", "There is more than one value");
/// A body of `multipart/form-data` whose parts can't be told apart, or a form of more than 4,096 pairs or
/// parts.
pub const INVALID_FORM: Code = Code::error("x-invalidForm", "The parts of the form can't be read");
/// A body that breaks no rule and still can't be decoded into its type.
pub const UNDECODABLE: Code = Code::error("x-undecodable", "The body can't be read into the type");
/// A body whose nested choices would take too long to check.
pub const TOO_COMPLEX: Code = Code::error("x-tooComplex", "The value can be read in too many ways");
