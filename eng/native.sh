#!/usr/bin/env bash
# Builds libfaiss_c.so, the native half of LineRec.Retrieval.Faiss, into artifacts/native/linux-x64. Does nothing when it
# is newer than its sources. Debian's packages that it needs are installed by apt-get where that may be done (as root or
# through sudo without a password); else it says which are missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null

out="artifacts/native/linux-x64"
fresh() {
  [ -f "$out/libfaiss_c.so" ] && [ -f "$out/libgomp.so.1" ] &&
    [ -z "$(find native eng/native.sh -newer "$out/libfaiss_c.so" -type f | head -n 1)" ]
}
if fresh; then exit 0; fi

if [ "$(uname -sm)" != "Linux x86_64" ]; then
  echo "libfaiss_c is built for Linux on x64 only; this is $(uname -sm). LINEREC_FAISS may name one that was built from FAISS." >&2
  exit 1
fi

. eng/apt.sh
need_packages libfaiss_c cmake make g++ gfortran libfaiss-dev libopenblas-openmp-dev

build="artifacts/native/build"
cmake -S native -B "$build" -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$PWD/$out" >/dev/null
cmake --build "$build" >/dev/null
cmake --install "$build" >/dev/null
touch "$out/libfaiss_c.so"
echo "libfaiss_c: built $out/libfaiss_c.so"
