# To be sourced. need_packages WHO PACKAGE… installs those of Debian's packages that aren't there, where that may be done
# (as root or through sudo without a password); else it says which are missing and returns 1.
need_packages() {
  local who="$1" package missing=() run=() log
  shift
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  if [ ${#missing[@]} -eq 0 ]; then return 0; fi
  if [ "$(id -u)" -ne 0 ]; then run=(sudo -n); fi
  local install="apt-get install -y --no-install-recommends ${missing[*]}"
  echo "$who: ${run[*]} $install"
  export DEBIAN_FRONTEND=noninteractive
  if ! command -v apt-get >/dev/null || { [ ${#run[@]} -gt 0 ] && ! "${run[@]}" true 2>/dev/null; }; then
    echo "$who needs Debian's packages ${missing[*]} (apt-get install), and this user may not install them." >&2
    return 1
  fi
  log="$(mktemp)"
  { "${run[@]}" apt-get update -q && "${run[@]}" $install; } >"$log" 2>&1 || {
    cat "$log" >&2
    rm -f "$log"
    echo "$who: apt-get couldn't install ${missing[*]}." >&2
    return 1
  }
  rm -f "$log"
}
