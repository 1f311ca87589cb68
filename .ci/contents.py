"""See that the wheel and the sdist in a folder hold what they should, and nothing else."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
METADATA = {"METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"}


def compare(what: str, held: set[str], wanted: set[str]) -> bool:
    """Whether the two are the same; says what is not."""
    for name in sorted(held - wanted):
        print(f"{what}: stray {name}")
    for name in sorted(wanted - held):
        print(f"{what}: missing {name}")
    print(f"{what}: {len(held)} files")
    return held == wanted


def main(dist: Path) -> int:
    """0 where both are as they should be."""
    (wheel,), (sdist,) = dist.glob("*.whl"), dist.glob("*.tar.gz")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    tracked = {name for name in listed.stdout.split("\0") if name}
    stem = wheel.name.removesuffix("-py3-none-any.whl")
    in_wheel = set(zipfile.ZipFile(wheel).namelist())
    with tarfile.open(sdist) as archive:
        in_sdist = {each.name.partition("/")[2] for each in archive if each.isfile()}
    package = {name.removeprefix("src/") for name in tracked if name.startswith("src/")}
    package.add("outcome_bees/CHANGELOG.md")
    good = [
        compare("wheel", in_wheel, package | {f"{stem}.dist-info/{name}" for name in METADATA}),
        compare("sdist", in_sdist, tracked | {"PKG-INFO"}),
        "outcome_bees/py.typed" in in_wheel,
    ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
