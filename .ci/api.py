"""The public names of the library, as Griffe reads them from the source, written down in a file and held to it.

    python .ci/api.py            see that public-api.txt is true of the tree, and what has gone since the last release
    python .ci/api.py --write    write public-api.txt again

A name that has gone, or whose signature has changed, is a breaking change: it fails unless the part of CHANGELOG.md
about what is not yet released names it.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import griffe

ROOT = Path(__file__).resolve().parents[1]
WRITTEN = ROOT / "tests" / "typing" / "public-api.txt"


def public_api() -> list[str]:
    """List every public name with its signature or type, in order of the alphabet."""
    package = griffe.load(
        "outcome_bees", search_paths=[str(ROOT / "src")], resolve_aliases=True, resolve_external=False
    )
    assert isinstance(package, griffe.Module)
    rooms = [each for each in package.members.values() if isinstance(each, griffe.Module) and each.exports]
    rooms = [each for each in rooms if not each.name.startswith("_")]
    return sorted(
        {line for room in (package, *rooms) for name in room.exports or () for line in _lines(room, str(name))}
    )


def _lines(room: griffe.Module, name: str) -> Iterator[str]:
    found = room.members.get(name)
    if found is None or isinstance(found, griffe.Module):
        yield f"{room.path}.{name}"
        return
    yield from _of(found, f"{room.path}.{name}")


def _of(found: object, path: str) -> Iterator[str]:
    if isinstance(found, griffe.Alias):  # of a name in another module, or of what a class has from a base
        found = found.final_target
    if isinstance(found, griffe.Function):
        yield f"{path}{_signature(found)}"
    elif isinstance(found, griffe.Attribute):
        yield f"{path}: {found.annotation or _kind(found)}"
    elif isinstance(found, griffe.Class):
        bases = ", ".join(str(each) for each in found.bases)
        yield f"{path} ({bases})" if bases else path
        for name, each in {**found.inherited_members, **found.members}.items():
            if not name.startswith("_"):
                yield from _of(each, f"{path}.{name}")
    else:
        yield path


def _kind(found: griffe.Attribute) -> str:
    """Return the value of a constant such as an enum's member: it is what documents have."""
    value = str(found.value or "")
    return value if len(value) <= 60 else "…"


def _signature(found: griffe.Function) -> str:
    text = found.signature()
    return text[text.index("(") :]


def name_of(line: str) -> str:
    """Return the last part of the name that a line is about: what a changelog would call it."""
    return re.split(r"[(: ]", line, maxsplit=1)[0].rpartition(".")[2]


def unnamed_breaks(before: list[str], after: list[str], changelog: str) -> list[str]:
    """Find what has gone or changed since a release and is not named in the changelog as unreleased."""
    unreleased = changelog.partition("## [Unreleased]")[2].partition("\n## ")[0]
    gone = [line for line in before if line not in set(after)]
    return [line for line in gone if not re.search(rf"\b{re.escape(name_of(line))}\b", unreleased)]


def _last_release() -> str | None:
    found = subprocess.run(
        ["git", "describe", "--tags", "--abbrev=0"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() or None


def _at(release: str) -> list[str]:
    path = WRITTEN.relative_to(ROOT).as_posix()
    shown = subprocess.run(["git", "show", f"{release}:{path}"], cwd=ROOT, capture_output=True, text=True, check=True)
    return shown.stdout.splitlines()


def main(arguments: list[str]) -> int:
    """Return 0 where the file is true of the tree, and nothing has gone that the changelog does not name."""
    now = public_api()
    if arguments == ["--write"]:
        WRITTEN.write_text("\n".join(now) + "\n", encoding="utf-8")
        return 0
    written = WRITTEN.read_text(encoding="utf-8").splitlines()
    for line in sorted(set(now) ^ set(written)):
        print(f"{'new' if line in now else 'gone'}: {line}")
    if now != written:
        print("tests/typing/public-api.txt is not true of the tree; make api writes it again")
        return 1
    release = _last_release()
    if release is None:
        print(f"{len(now)} public names, members and signatures, as written down; there is no release to compare with")
        return 0
    breaks = unnamed_breaks(_at(release), now, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    for line in breaks:
        print(f"gone or changed since {release}, and not named in CHANGELOG.md: {line}")
    return 1 if breaks else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
