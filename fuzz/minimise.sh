#!/usr/bin/env bash
# Makes the committed corpora anew, small and complete: ./minimise.sh [TARGET…]
# From the seeds (seed.py), from the corpora as they are, and from what local runs found below target/corpus. Of the last two
# only short inputs are taken, as few as reach all the code that they reach together. Needs Python 3.
set -euo pipefail
cd "$(dirname "$0")"
[ $# -gt 0 ] || set -- address alphabet config engine grammar mask quirks tpdu udh
cargo build --quiet --release --locked --target-dir target
rm -rf target/seeds
./seed.py target/seeds
for target; do
    rm -rf "target/minimised/$target"
    mkdir -p "target/minimised/$target" "target/corpus/$target" "target/seeds/$target" "corpus/$target"
    for kept in "corpus/$target" "target/corpus/$target"; do
        find "$kept" -type f -size -513c -exec cp -t "target/seeds/$target" '{}' +
    done
    "target/x86_64-unknown-linux-gnu/release/$target" -set_cover_merge=1 -use_counters=0 "target/minimised/$target" \
        "target/seeds/$target" >"target/minimise-$target.log" 2>&1
    rm -rf "corpus/$target"
    mv "target/minimised/$target" "corpus/$target"
    printf '%-8s %s files, %s octets\n' "$target" \
        "$(find "corpus/$target" -type f | wc -l)" "$(cat "corpus/$target"/* | wc -c)"
done
