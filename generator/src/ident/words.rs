//! Where a word ends that capital letters alone do not end: `reservedIPs`, `OpenAIAPIKey`.

/// Abbreviations that stand one after the other without a sign between them.
const ABBREVIATIONS: [&str; 36] = [
    "ACL", "AI", "API", "CDN", "CLI", "CPU", "CSV", "DB", "DNS", "GPU", "HTTP", "HTTPS", "ID", "IP", "JSON",
    "JWT", "LLM", "MFA", "OS", "PDF", "SDK", "SMS", "SQL", "SSH", "SSL", "SSO", "TCP", "TLS", "UDP", "UI",
    "URI", "URL", "UUID", "VM", "VPC", "XML",
];

/// More capital letters than this are no abbreviations; `split` calls itself for each of them.
const LONGEST: usize = 64;

/// Returns the text with a blank between such words. The plural of an abbreviation is written as one word.
pub(super) fn separated(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let capitals = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_uppercase()).len();
        let (run, behind) = rest.split_at(capitals);
        if let Some(next) = behind.strip_prefix('s').filter(|next| capitals > 1 && ends_word(next)) {
            out.extend([" ", &run[..1], &run[1..].to_ascii_lowercase(), "s "]);
            rest = next;
            continue;
        }
        // The last capital letter before a small one begins the next word.
        let begins_word = behind.starts_with(|c: char| c.is_ascii_lowercase());
        let (abbreviations, first) = run.split_at(capitals - usize::from(begins_word && capitals > 0));
        match split(abbreviations) {
            Some(words) if words.len() > 1 => out.extend([&words.join(" "), " "]),
            _ => out.push_str(abbreviations),
        }
        out.push_str(first);
        let taken = behind.len() - behind.trim_start_matches(|c: char| !c.is_ascii_uppercase()).len();
        out.push_str(&behind[..taken]);
        rest = &behind[taken..];
    }
    out
}

fn ends_word(next: &str) -> bool {
    !next.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Returns the abbreviations of which capital letters consist, the longest first.
fn split(capitals: &str) -> Option<Vec<&str>> {
    if capitals.is_empty() {
        return Some(Vec::new());
    }
    if capitals.len() > LONGEST {
        return None;
    }
    let lengths = (2..=capitals.len().min(5)).rev();
    lengths.filter(|length| ABBREVIATIONS.contains(&&capitals[..*length])).find_map(|length| {
        let mut words = split(&capitals[length..])?;
        words.insert(0, &capitals[..length]);
        Some(words)
    })
}

#[cfg(test)]
mod tests {
    use super::separated;

    #[test]
    fn words_without_a_sign_between_them() {
        for (text, expected) in [
            ("CreateOpenAIAPIKey", "CreateOpenAI API Key"),
            ("reservedIPs_delete", "reserved Ips _delete"),
            ("listVMsByVPCID", "list Vms ByVPC ID "),
            ("HTTPSURL", "HTTPS URL "),
            ("UUID", "UUID"),
            ("URLsafe", "URLsafe"),
            ("As", "As"),
            ("VALID", "VALID"),
            (&"AI".repeat(100_000), &"AI".repeat(100_000)),
            ("", ""),
        ] {
            assert_eq!(separated(text), expected);
        }
    }
}
