#!/usr/bin/env bash
# Restores, builds once in Release, runs every test project, and ends with the line "N passed, N failed".
# Needs the .NET SDK of global.json; eng/native.sh installs what builds the native library of LineRec.Retrieval.Faiss,
# eng/services.sh what the tests of LineRec.Preparation and LineRec.Cli run against.
# Tests that read real logs find them in LINEREC_DATA, else in
# ../shared/data beside the repository; without them they say so and pass.
#
#   bash eng/test.sh            everything
#   bash eng/test.sh Retrieval  the test projects whose name contains "Retrieval"
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null
export TESTINGPLATFORM_TELEMETRY_OPTOUT=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

wanted="${1:-}"
minutes_per_project=12
passed=0 failed=0 skipped=0

finish() {
  local line="$passed passed, $failed failed"
  [ "$skipped" -gt 0 ] && line="$line, $skipped skipped"
  echo "$line"
  [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
  exit $?
}

lost() { # a project that gives no result counts as one failure
  echo "  $1"
  failed=$((failed + 1))
}

command -v dotnet >/dev/null || { lost "dotnet isn't on the PATH: install the .NET SDK that global.json names."; finish; }
bash eng/native.sh || lost "eng/native.sh didn't build libfaiss_c; the tests of LineRec.Retrieval.Faiss need it."
bash eng/services.sh || echo "  eng/services.sh didn't install all of it: tests of LineRec.Preparation and LineRec.Cli are skipped."
dotnet format whitespace --folder . --verify-no-changes || lost "The white space isn't as .editorconfig wants it: run dotnet format whitespace --folder ."
dotnet build LineRec.sln -c Release -nologo -v quiet -clp:Summary -nodeReuse:false || { lost "LineRec.sln doesn't build."; finish; }

results="$(mktemp -d)"
trap 'rm -rf "$results"' EXIT

run() { # run NAME LABEL [VARIABLE=VALUE]: one test project, with a variable set
  local name="$1" label="$2" program="tests/$1/bin/Release/net10.0/$1.dll"
  echo "$label"
  if [ ! -f "$program" ]; then
    lost "not built: is tests/$name part of LineRec.sln?"
    return
  fi

  started=$SECONDS
  timeout --kill-after=10 "${minutes_per_project}m" \
    env "${@:3}" dotnet "$program" -noColor -noLogo -noAutoReporters -reporter quiet -result-xml "$results/$label.xml" >"$results/$label.log" 2>&1
  status=$?
  [ "$status" -eq 0 ] || cat "$results/$label.log"
  counts="$(grep -o -m 1 '<assembly [^>]*>' "$results/$label.xml" 2>/dev/null || true)"
  count() { local n; n="$(grep -o " $1=\"[0-9]*\"" <<<"$counts" | tr -dc '0-9')"; echo "${n:-0}"; }
  p="$(count passed)" f=$(($(count failed) + $(count errors))) s="$(count skipped)"
  echo "  passed $p, failed $f, skipped $s, $((SECONDS - started)) s"
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))

  if [ "$status" -eq 124 ]; then lost "stopped after $minutes_per_project minutes"
  elif [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then lost "exit status $status without a failed test: it crashed"
  elif [ $((p + f)) -eq 0 ]; then lost "it ran no test"
  fi
}

for project in tests/*/*.csproj; do
  name="$(basename "$project" .csproj)"
  [[ "$name" == *"$wanted"* ]] || continue
  grep -q '<IsTestProject>false' "$project" && continue # shared helpers of tests
  run "$name" "$name"

  # The kernels have a path for each instruction set; the tests must pass on all.
  [ "$name" = LineRec.Retrieval.Tests ] || continue
  for set in AVX512 AVX2 HWIntrinsic; do run "$name" "$name without $set" "DOTNET_Enable$set=0"; done
done

finish
