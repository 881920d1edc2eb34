#!/usr/bin/env bash
# Runs the kernels of every instruction level, also of those that this processor lacks, against the portable ones.
# Also compiles all of them for x86-64 and arm64 with clang and gcc, where a warning is an error.
# What runs how is in Engine/Tests/Emulation/README.md.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "$(uname -sm)" != "Linux x86_64" ]; then
    echo "error: the kernels' emulation runs on x86-64 Linux only. It was not run." >&2
    exit 69
fi
clang=$(command -v clang || echo "$(dirname "$(command -v swift)")/clang")
sources=Engine/Sources/CKernels
sweep=Engine/Tests/Emulation
build=Engine/.build/emulation
rm --recursive --force "$build"
mkdir --parents "$build"

# gcc knows neither clang's pragmas nor the standard's; what the latter says it must be told otherwise.
as_gcc=(-Wno-unknown-pragmas -ffp-contract=off)
strict=(-O2 -Wall -Wextra -Werror)

for file in "$sources"/*.c "$sources"/*/*.c; do
    object=$build/object.o
    "$clang" "${strict[@]}" -std=c11 -c "$file" -o "$object"
    gcc "${strict[@]}" "${as_gcc[@]}" -std=c11 -c "$file" -o "$object"
    "$clang" --target=aarch64-linux-gnu "${strict[@]}" -std=c11 -c "$file" -o "$object"
    aarch64-linux-gnu-gcc "${strict[@]}" "${as_gcc[@]}" -std=c11 -c "$file" -o "$object"
done

compile() {
    local compiler=$1
    shift
    "$compiler" "${strict[@]}" -std=gnu11 "$sweep"/*.c "$@"
}
all=("$sources"/*.c "$sources"/*/*.c -lm)
compile "$clang" "${all[@]}" -o "$build/native"
compile "$clang" --target=aarch64-linux-gnu -static "${all[@]}" -o "$build/arm64-clang"
compile aarch64-linux-gnu-gcc "${as_gcc[@]}" -static "${all[@]}" -o "$build/arm64-gcc"
# The shim explains itself. SIMDe's vectors are wider than the processor's, which clang remarks on.
compile "$clang" -march=native -ffp-contract=off -Wno-psabi -isystem "$sweep/shim" "$sweep/shim/dispatch.c" \
    "$sources"/*/{scalar,avx512*}.c -lm -o "$build/emulated"

failed=0
run() {
    local name=$1
    shift
    echo "== $name"
    "$@" | tee --append "$build/said" || failed=1
}
run "this processor" "$build/native"
run "AVX-512 by SIMDe" "$build/emulated" avx512 avx512vnni
run "arm64 by QEMU, compiled with clang" qemu-aarch64 -cpu max "$build/arm64-clang" neon
run "arm64 by QEMU, compiled with gcc" qemu-aarch64 -cpu max "$build/arm64-gcc" neon

echo "== all of them"
awk '/^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3 }
    END { print passed + 0 " passed, " failed + 0 " failed" }' "$build/said"
exit "$failed"
