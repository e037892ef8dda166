//! Every candidate on every body with criterion: `cargo bench -p cards-from-spec --bench validate`.
//!
//! `ratios` is the one to compare candidates with: it lets them take turns. This one has criterion's ways to
//! choose (`-- 'accounts, valid'`) and to compare with an earlier run (`-- --save-baseline before`).
#![allow(missing_docs, reason = "criterion's macros make public items")]
#![allow(clippy::unwrap_used, reason = "a bench stops where it fails")]

mod candidates;
mod payload;

use std::hint::black_box;
use std::time::Duration;

use candidates::{BROKEN, CANDIDATES, Input};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use payload::{Kind, Layout};

fn validate(criterion: &mut Criterion) {
    for kind in Kind::ALL {
        for layout in Layout::ALL {
            for (broken, quality) in BROKEN {
                bodies(criterion, kind, layout, broken, quality);
            }
        }
    }
}

fn bodies(criterion: &mut Criterion, kind: Kind, layout: Layout, broken: usize, quality: &str) {
    let mut group = criterion.benchmark_group(format!("{}, {quality}, {}", kind.name(), layout.name()));
    group.sample_size(10);
    group.warm_up_time(Duration::from_millis(100));
    group.measurement_time(Duration::from_millis(500));
    let input = Input::new(kind, layout, broken);
    group.throughput(Throughput::Bytes(u64::try_from(input.body.len()).unwrap_or(u64::MAX)));
    for candidate in CANDIDATES {
        let id = BenchmarkId::from_parameter(candidate.name);
        group.bench_function(id, |bencher| bencher.iter(|| (candidate.run)(black_box(&input))));
    }
    group.finish();
}

criterion_group!(benches, validate);
criterion_main!(benches);
