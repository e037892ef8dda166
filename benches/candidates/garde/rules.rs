//! Rules that `garde` and `jsonschema` lack, as their users write them by hand.
#![allow(clippy::trivially_copy_pass_by_ref, reason = "the signature is that of `garde`")]

use std::{collections::HashSet, sync::LazyLock};

use garde::Error;

const COUNTRIES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT \
    BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH \
    ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT \
    HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS \
    LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI \
    NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG \
    SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG \
    UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

const CURRENCIES: &str = "\
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF \
    CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ \
    GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP \
    LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR \
    PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC \
    SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF \
    YER ZAR ZMW ZWG";

static COUNTRY_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| COUNTRIES.split(' ').collect());
static CURRENCY_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| CURRENCIES.split(' ').collect());

pub(crate) fn is_country(text: &str) -> bool {
    COUNTRY_SET.contains(text)
}

pub(crate) fn is_currency(text: &str) -> bool {
    CURRENCY_SET.contains(text)
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(place, byte)| match place {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

fn is_external_id(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

pub(super) fn country(text: &str, (): &()) -> garde::Result {
    said(is_country(text), "no country code")
}

pub(super) fn currency(text: &str, (): &()) -> garde::Result {
    said(is_currency(text), "no currency code")
}

pub(super) fn uuid(text: &str, (): &()) -> garde::Result {
    said(is_uuid(text), "no UUID")
}

pub(super) fn key_characters(text: &str, (): &()) -> garde::Result {
    said(is_external_id(text), "no external id")
}

fn said(passes: bool, otherwise: &str) -> garde::Result {
    if passes { Ok(()) } else { Err(Error::new(otherwise)) }
}
