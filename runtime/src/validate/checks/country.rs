//! ISO 3166-1 alpha-2, the officially assigned codes: 249 of them, unchanged since South Sudan came in 2011.
//! As of January 2026.
//!
//! What the standard reserves (`EU`, `UK`), leaves to users (`XK`, `XX`, `ZZ`) or has withdrawn (`AN`, `CS`)
//! is not assigned.

use super::code_set::TwoLetters;

const LIST: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ \
    BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ \
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ \
    DE DJ DK DM DO DZ \
    EC EE EG EH ER ES ET \
    FI FJ FK FM FO FR \
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY \
    HK HM HN HR HT HU \
    ID IE IL IM IN IO IQ IR IS IT \
    JE JM JO JP \
    KE KG KH KI KM KN KP KR KW KY KZ \
    LA LB LC LI LK LR LS LT LU LV LY \
    MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ \
    NA NC NE NF NG NI NL NO NP NR NU NZ \
    OM \
    PA PE PF PG PH PK PL PM PN PR PS PT PW PY \
    QA \
    RE RO RS RU RW \
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ \
    TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ \
    UA UG UM US UY UZ \
    VA VC VE VG VI VN VU \
    WF WS \
    YE YT \
    ZA ZM ZW";

static ASSIGNED: TwoLetters = TwoLetters::new(LIST);

/// Returns whether the text is an officially assigned alpha-2 code in capital letters.
#[inline]
pub(super) fn is_country(text: &[u8]) -> bool {
    ASSIGNED.contains(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assigned_codes_pass() {
        let codes: std::collections::BTreeSet<&str> = LIST.split(' ').collect();
        assert_eq!((codes.len(), LIST.split(' ').count()), (249, 249));
        for code in codes {
            assert!(is_country(code.as_bytes()), "{code}");
        }
    }

    #[test]
    fn all_others_fail() {
        let assigned = (0..=u16::MAX).filter(|pair| is_country(&pair.to_be_bytes())).count();
        assert_eq!(assigned, 249);
        for code in
            ["XX", "XK", "UK", "ZZ", "EU", "AN", "CS", "SU", "AA", "QM", "us", "Us", "USA", "U", "", "1A"]
        {
            assert!(!is_country(code.as_bytes()), "{code}");
        }
    }
}
