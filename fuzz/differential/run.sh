#!/usr/bin/env bash
# Compares the codec with python-gammu, smspdudecoder and node-pdu: ./run.sh [--seed N] [--count N]
# Needs a Rust toolchain, Python 3.9 or later with venv, and Node.js; what it installs stays below fuzz/target/differential.
set -euo pipefail
cd "$(dirname "$0")"
home=$PWD/../target/differential
python=$home/venv/bin/python

if [ ! -x "$python" ]; then
    python3 -m venv "$home/venv"
    # smspdudecoder 2.2.0 asks for what bitstring 5 no longer has.
    "$python" -m pip install --quiet 'python-gammu==3.5.1' 'smspdudecoder==2.2.0' 'bitstring<5'
fi
if [ ! -d "$home/node_modules/node-pdu" ]; then
    npm install --silent --no-save --prefix "$home" 'node-pdu@2.1.1'
fi
# From above: the flags of the fuzz targets are no good for an ordinary binary.
cargo_target=$PWD/../../target
(cd ../.. && cargo build --quiet --locked --bin aduan --target-dir "$cargo_target")
NODE_PATH=$home/node_modules exec "$python" compare.py --aduan "$cargo_target/debug/aduan" "$@"
