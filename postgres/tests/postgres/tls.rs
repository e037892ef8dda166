//! TLS to a server that lets nobody in without.

use std::{env, fs};

use specwright_postgres::{Database, PostgresError};

/// The URL of a server with TLS, which names the file with its certificate; `postgres/tests/cluster start
/// tls` starts one.
const VARIABLE: &str = "SPECWRIGHT_POSTGRES_TLS_URL";

/// Returns what comes of a connection.
async fn connect(url: &str) -> Result<(), String> {
    // There are no tables. Who is told so has been let in.
    match Database::connect(url).await {
        Err(PostgresError::NoSchema) => Ok(()),
        Err(error) => {
            let causes =
                std::iter::successors(Some(&error as &dyn std::error::Error), |error| error.source());
            Err(causes.map(ToString::to_string).collect::<Vec<_>>().join(": "))
        }
        Ok(_) => panic!("nobody has migrated it"),
    }
}

#[tokio::test]
#[ignore = "needs a server with TLS: SPECWRIGHT_POSTGRES_TLS_URL"]
async fn a_server_is_believed_by_its_certificate_alone() {
    let url = env::var(VARIABLE).unwrap_or_else(|_| panic!("{VARIABLE} is not set"));
    connect(&url).await.unwrap();
    connect(&url.replace("sslmode=require", "sslmode=verify-full")).await.unwrap();

    let refused = async |url: &str, why: &str| {
        let error = connect(url).await.unwrap_err();
        assert!(error.contains(why), "{error}");
        assert!(!error.contains("secret"), "{error}");
    };
    let (address, query) = url.split_once('?').unwrap();
    // The name is another one, the platform does not know the certificate, and there is no way without TLS.
    refused(&url.replace("@localhost", "@127.0.0.1"), "not valid for name").await;
    refused(&format!("{address}?sslmode=require"), "certificate").await;
    refused(&format!("{address}?sslmode=disable"), "no encryption").await;
    // It trusts the certificate of another server alone.
    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let file = env::temp_dir().join(format!("specwright-tls-{}.pem", std::process::id()));
    fs::write(&file, other.cert.pem()).unwrap();
    let (_, own) = query.split_once("sslrootcert=").unwrap();
    refused(&url.replace(own, file.to_str().unwrap()), "certificate").await;
    fs::remove_file(&file).unwrap();
}
