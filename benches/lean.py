#!/usr/bin/env python3
"""What the output costs: lines, generation, compilation. Prints a Markdown table.

    cargo build --release && benches/lean.py target/release/specwright DOCUMENT...

Each document is an OpenAPI definition. Other generators take part in the same run:
`--peer 'NAME=COMMAND'`, with `{spec}`, `{out}` and `{name}` in the command, which has to write a package;
cargo-progenitor takes part without that wherever it is installed. `--no-compile` leaves out the compiler.
CPU times are user plus system for generation, and user alone for the compiler, in seconds; a peak is the
largest resident set of one process. Dependencies are built before the clock starts.
"""

import argparse
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGENITOR = "cargo-progenitor progenitor -i {spec} -o {out} -n {name} -v 0.1.0"
COLUMNS = ["generator", "lines", "generation s", "peak MB", "check s", "peak MB", "release s", "peak MB"]


class Failed(Exception):
    """A command that did not succeed, with the end of what it said."""


def run(command, folder, environment=None):
    """Runs a command, and returns its user and system seconds and its peak memory in bytes."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=output
        )
        _, status, used = os.wait4(process.pid, 0)
        # `wait4` has taken the status, which `Popen` would wait for.
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            output.seek(0)
            lines = output.read().decode(errors="replace").strip().splitlines()
            raise Failed(f"{command[0]}: {lines[-1] if lines else process.returncode}")
        return used.ru_utime, used.ru_stime, used.ru_maxrss * 1024


def generate_own(binary, spec, out, name):
    """Generates with the command of this workspace, with the runtime of this workspace."""
    config = out.parent / "specwright.yaml"
    package = {"name": name, "runtime-path": str(ROOT / "runtime")}
    # What the others write: no server, and no features for groups of operations. JSON is YAML.
    parts = ["models", "validators", "client"]
    settings = {"spec": str(spec), "out": str(out), "package": package, "groups": "never", "parts": parts}
    config.write_text(json.dumps(settings))
    return run([binary, "generate", "--config", str(config)], out.parent)


def lines_of(folder):
    """Counts the lines of all Rust files."""
    return sum(len(file.read_bytes().splitlines()) for file in folder.rglob("*.rs"))


def compiled(folder, target, command):
    """Compiles dependencies, then the package alone, and returns what the latter took."""
    environment = {**os.environ, "CARGO_INCREMENTAL": "0", "CARGO_TARGET_DIR": str(target)}
    run(["cargo", *command], folder, environment)
    (folder / "src" / "lib.rs").touch()
    return run(["cargo", *command], folder, environment)


def row(name, generated, folder, target, compile):
    """Returns the cells of one generator."""
    user, system, peak = generated
    cells = [name, f"{lines_of(folder):,}", f"{user + system:.2f}", f"{peak / 1e6:.0f}"]
    for command in (["check"], ["build", "--release"]) if compile else ():
        try:
            user, _, peak = compiled(folder, target, command)
            cells += [f"{user:.1f}", f"{peak / 1e6:.0f}"]
        except Failed as failure:
            print(f"{name}: {failure}", file=sys.stderr)
            cells += ["fails", ""]
    return cells


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("documents", nargs="+", type=pathlib.Path)
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=COMMAND")
    parser.add_argument("--no-compile", action="store_true")
    arguments = parser.parse_args()
    peers = dict(peer.split("=", 1) for peer in arguments.peer)
    if shutil.which("cargo-progenitor"):
        peers.setdefault("progenitor", PROGENITOR)
    binary = str(arguments.binary.resolve())
    columns = COLUMNS[:4] if arguments.no_compile else COLUMNS
    with tempfile.TemporaryDirectory() as scratch:
        for document in arguments.documents:
            spec = document.resolve()
            print(f"\n### {spec.name}\n\n| {' | '.join(columns)} |\n|---|{'--:|' * (len(columns) - 1)}")
            for peer in ["specwright", *peers]:
                out = pathlib.Path(scratch) / spec.stem / peer / "crate"
                out.parent.mkdir(parents=True)
                try:
                    if peer == "specwright":
                        generated = generate_own(binary, spec, out, "measured")
                    else:
                        words = shlex.split(peers[peer])
                        command = [word.format(spec=spec, out=out, name="measured") for word in words]
                        generated = run(command, out.parent)
                    target = pathlib.Path(scratch) / "target" / peer
                    cells = row(peer, generated, out, target, not arguments.no_compile)
                except (Failed, OSError) as failure:
                    print(f"{peer}: {failure}", file=sys.stderr)
                    cells = [peer, "fails"]
                cells += [""] * (len(columns) - len(cells))
                print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
