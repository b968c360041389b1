#!/usr/bin/env bash
# Makes a release in target/dist, or in the folder DIST: an archive for each target, checksums, and the manifests of package managers for which all
# archives are there.
#
#   contrib/release.sh [TARGET ...]              # builds; without a target: that of this machine
#   PROGRAM=target/debug/tickler contrib/release.sh    # packs a program that is there, to try the script
#   DOWNLOADS=https://... HOMEPAGE=https://... contrib/release.sh    # the addresses in the manifests
#
# A target needs `rustup target add TARGET` and its linker. What cannot be built ends the script. Archives that other
# machines have made can be put there before; they are part of checksums and manifests.
set -euo pipefail
cd "$(dirname "$0")/.."
host=$(rustc -vV | sed -n 's/^host: //p')
version=$(cargo metadata --no-deps --locked --format-version 1 | python3 -c \
  'import json, sys; print(next(p["version"] for p in json.load(sys.stdin)["packages"] if p["name"] == "tickler"))')
dist=${DIST:-target/dist}
mkdir -p "$dist"
[ $# -gt 0 ] || set -- "$host"

# The program of this machine writes the manual and the completions, which are the same everywhere.
if [ -z "${PROGRAM:-}" ]; then
  cargo build --release --locked --bin tickler
  native=target/release/tickler
else
  native=$PROGRAM
fi

for target; do
  name=tickler-$version-$target
  folder=$dist/$name
  rm -rf "$folder"
  mkdir -p "$folder/completions" "$folder/man"
  case $target in *windows*) file=tickler.exe ;; *) file=tickler ;; esac
  if [ "$target" = "$host" ]; then
    install -m 755 "$native" "$folder/$file"
  elif [ -n "${PROGRAM:-}" ]; then
    echo "PROGRAM is for $host alone, not for $target" >&2
    exit 2
  else
    cargo build --release --locked --bin tickler --target "$target"
    install -m 755 "target/$target/release/$file" "$folder/$file"
  fi
  cp README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT NOTICE "$folder"
  "$native" man "$folder/man"
  "$native" completions bash > "$folder/completions/tickler.bash"
  "$native" completions zsh > "$folder/completions/_tickler"
  "$native" completions fish > "$folder/completions/tickler.fish"
  "$native" completions powershell > "$folder/completions/_tickler.ps1"
  "$native" completions elvish > "$folder/completions/tickler.elv"
  # The same files make the same archive.
  case $target in
    *windows*) python3 contrib/packaging/fill.py zip "$folder" "$dist/$name.zip" ;;
    *) tar --create --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --directory "$dist" "$name" \
      | gzip --no-name > "$dist/$name.tar.gz" ;;
  esac
  rm -rf "$folder"
done

(cd "$dist" && find . -name "tickler-$version-*" -type f -printf '%f\n' | sort | xargs sha256sum > SHA256SUMS)
python3 contrib/packaging/fill.py manifests "$dist" "$version"
ls -l "$dist"
