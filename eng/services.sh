#!/usr/bin/env bash
# Installs what tests run against: PostgreSQL's server, and npm's grammars of Spark's, Trino's and ClickHouse's SQL into
# artifacts/grammars, for LineRec.Preparation; zsh for LineRec.Cli. Nothing of it is shipped. Does nothing where all is there.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null
. eng/apt.sh

grammars=(dt-sql-parser@4.5.1 @guanmingchiu/sqlparser-ts@0.62.0)
out="artifacts/grammars"

if ! command -v zsh >/dev/null; then need_packages "tests of LineRec.Cli" zsh || true; fi
if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then need_packages "tests of LineRec.Preparation" postgresql; fi
if [ "$(cat "$out/installed" 2>/dev/null)" = "${grammars[*]}" ]; then exit 0; fi
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then need_packages "tests of LineRec.Preparation" nodejs npm; fi
mkdir -p "$out"
npm install --prefix "$out" --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error "${grammars[@]}"
echo "${grammars[*]}" >"$out/installed"
echo "grammars: installed ${grammars[*]}"
