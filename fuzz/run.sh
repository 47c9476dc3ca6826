#!/usr/bin/env bash
# Runs the fuzz targets, as many at a time as there are cores: ./run.sh [--seconds N] [TARGET…]
# Each begins with its committed corpus and writes what it finds below target/. A crash, an input that takes longer than ten
# seconds or too much memory ends the run with exit code 1 and is shown. Needs a Rust toolchain and a C++ compiler.
set -euo pipefail
cd "$(dirname "$0")"
seconds=60
if [ "${1-}" = --seconds ]; then
    seconds=$2
    shift 2
fi
# Longest first, so that they do not wait for one another at the end.
[ $# -gt 0 ] || set -- engine mask grammar config quirks tpdu alphabet udh address
export seconds
export bin=target/x86_64-unknown-linux-gnu/release

cargo build --release --locked --target-dir target

# Octets beyond which an input says nothing new.
input_octets_max() {
    case $1 in
    address) echo 64 ;;
    udh) echo 255 ;;
    tpdu) echo 1024 ;;
    alphabet) echo 1024 ;;
    *) echo 4096 ;;
    esac
}

# Runs one target; a line for the reader, the rest to its log.
fuzz() {
    local target=$1 log=target/fuzz-$1.log status=0
    mkdir -p "target/corpus/$target" "target/found" "corpus/$target"
    local options=(-max_total_time="$seconds" -max_len="$(input_octets_max "$target")" -timeout=10 -rss_limit_mb=1024)
    options+=(-print_final_stats=1 -artifact_prefix="target/found/$target-")
    [ ! -f "dictionaries/$target" ] || options+=(-dict="dictionaries/$target")
    "$bin/$target" "${options[@]}" "target/corpus/$target" "corpus/$target" >"$log" 2>&1 || status=$?
    if [ "$status" -ne 0 ]; then
        printf '%s: FAILED with exit code %s\n' "$target" "$status"
        tail -n 40 "$log"
        sed -n 's/^.*Test unit written to \(.*\)$/Again: cd fuzz \&\& cargo run --release --bin '"$target"' -- \1/p' "$log"
        return 1
    fi
    awk -v target="$target" '
        $3 == "DONE" || $2 == "DONE" { for (i = 1; i < NF; i++) value[$i] = $(i + 1) }
        /^stat::number_of_executed_units/ { runs = $2 }
        /^stat::average_exec_per_sec/ { rate = $2 }
        END {
            printf "%-8s %9d inputs, %6d a second, coverage %s (features %s), corpus %s\n",
                target, runs, rate, value["cov:"], value["ft:"], value["corp:"]
        }' "$log"
}
export -f fuzz input_octets_max

printf '%s\n' "$@" | xargs -P "$(nproc)" -I '{}' bash -euo pipefail -c 'fuzz {}'
