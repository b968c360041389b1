"""What contrib/release.sh needs beside the shell: archives for Windows, and manifests with versions and checksums.

    python3 contrib/packaging/fill.py zip FOLDER FILE
    python3 contrib/packaging/fill.py manifests DIST VERSION
"""

import os
import re
import sys
import zipfile
from pathlib import Path

MANIFESTS = ("tickler.rb", "scoop.json", "winget.yaml")


def pack(folder: Path, archive: Path) -> None:
    """A zip file of a folder that depends on the files alone."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(str(path.relative_to(folder.parent)))
            out.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)


def fill(text: str, version: str, sums: dict[str, str]) -> tuple[str, list[str]]:
    """A manifest with everything in braces filled in, and what is missing for it."""
    missing = []

    def value(match: re.Match[str]) -> str:
        key, _, target = match[1].partition(" ")
        found = sums.get(target) if key == "SHA256" else version if key == "VERSION" else os.environ.get(key)
        if found is None:
            missing.append(f"an archive for {target}" if target else f"the variable {key}")
        return found or ""

    return re.sub(r"\{((?:VERSION|HOMEPAGE|DOWNLOADS|SHA256 [a-z0-9_-]+))\}", value, text), missing


def manifests(dist: Path, version: str) -> None:
    lines = (line.split() for line in (dist / "SHA256SUMS").read_text().splitlines())
    names = {name.removeprefix(f"tickler-{version}-").removesuffix(".zip").removesuffix(".tar.gz"): sha for sha, name in lines}
    for name in MANIFESTS:
        text, missing = fill((Path(__file__).parent / name).read_text(), version, names)
        if missing:
            print(f"{name} is not written, without {', '.join(sorted(set(missing)))}", file=sys.stderr)
            (dist / name).unlink(missing_ok=True)
        else:
            (dist / name).write_text(text)


if __name__ == "__main__":
    if sys.argv[1] == "zip":
        pack(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        manifests(Path(sys.argv[2]), sys.argv[3])
