//! How long the pipeline takes: `cargo bench -p cards-from-spec --bench generate`. The definition of this
//! workspace always, and the larger documents of the corpus when `SPECWRIGHT_SHARED` names a folder with one.
#![allow(missing_docs, reason = "criterion's macros make public items")]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use specwright::Generator;

fn generate(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("generate");
    group.sample_size(10);
    for (name, path) in definitions() {
        let generator = Generator::new(path);
        group.bench_function(name, |bencher| bencher.iter(|| black_box(generator.files())));
    }
    group.finish();
}

fn definitions() -> Vec<(&'static str, PathBuf)> {
    let mut found = vec![("cards-v4", PathBuf::from("spec/cards-v4.yaml"))];
    if let Some(shared) = std::env::var_os("SPECWRIGHT_SHARED") {
        let corpus = Path::new(&shared).join("corpus");
        found.push(("prog-nexus", corpus.join("prog-nexus.json")));
        found.push(("prog-github-2021", corpus.join("prog-github-2021.json")));
    }
    found
}

criterion_group!(benches, generate);
criterion_main!(benches);
