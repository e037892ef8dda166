//! ISO 4217 alpha-3, the active codes of list one: currencies, funds, precious metals and the codes `XTS` and
//! `XXX`. As of 1 January 2026.
//!
//! The latest changes in the list: `ZWG` for `ZWL` (2024), `SLE` alone without `SLL` (2024), `XCG` for `ANG`
//! (31 March 2025), `XAD` (May 2025), and no more `BGN`, since Bulgaria's currency is the euro (1 January
//! 2026).

use super::code_set::ThreeLetters;

const LIST: &str = "\
    AED AFN ALL AMD AOA ARS AUD AWG AZN \
    BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD \
    CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK \
    DJF DKK DOP DZD \
    EGP ERN ETB EUR \
    FJD FKP \
    GBP GEL GHS GIP GMD GNF GTQ GYD \
    HKD HNL HTG HUF \
    IDR ILS INR IQD IRR ISK \
    JMD JOD JPY \
    KES KGS KHR KMF KPW KRW KWD KYD KZT \
    LAK LBP LKR LRD LSL LYD \
    MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN \
    NAD NGN NIO NOK NPR NZD \
    OMR \
    PAB PEN PGK PHP PKR PLN PYG \
    QAR \
    RON RSD RUB RWF \
    SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL \
    THB TJS TMT TND TOP TRY TTD TWD TZS \
    UAH UGX USD USN UYI UYU UYW UZS \
    VED VES VND VUV \
    WST \
    XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XTS XUA XXX \
    YER \
    ZAR ZMW ZWG";

static ACTIVE: ThreeLetters = ThreeLetters::new(LIST);

/// Returns whether the text is an active alpha-3 code in capital letters.
#[inline]
pub(super) fn is_currency(text: &[u8]) -> bool {
    ACTIVE.contains(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn active_codes_pass() {
        let codes: std::collections::BTreeSet<&str> = LIST.split(' ').collect();
        assert_eq!(codes.len(), LIST.split(' ').count(), "no code is in the list twice");
        for code in codes {
            assert!(is_currency(code.as_bytes()), "{code}");
        }
        for code in ["XCG", "ZWG", "SLE", "VED", "XDR", "CHE", "XAU", "XXX", "XTS", "UYW"] {
            assert!(is_currency(code.as_bytes()), "{code}");
        }
    }

    #[test]
    fn all_others_fail() {
        let letters = || b'A'..=b'Z';
        let active = letters()
            .flat_map(|first| letters().map(move |second| (first, second)))
            .flat_map(|(first, second)| letters().map(move |third| [first, second, third]))
            .filter(|code| is_currency(code))
            .count();
        assert_eq!(active, LIST.split(' ').count());
        for code in [
            "ANG", "BGN", "HRK", "SLL", "CUC", "ZWL", "DEM", "FRF", "BTC", "CNH", "XBT", "AAA", "ZZZ", "usd",
            "Usd", "US", "USDX", "", "U D",
        ] {
            assert!(!is_currency(code.as_bytes()), "{code}");
        }
    }
}
