"""Write the bill of materials of a wheel beside it: what a plain install of it brings, as CycloneDX.

    python .ci/sbom.py dist

The wheel is installed alone in an environment of its own, and CycloneDX's own tool lists what is there. The file has no
time and no serial number, so that the same wheel and the same dependencies give the same bytes.
"""

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

TOOLS = {"pip", "setuptools", "wheel"}


def main(dist: Path) -> int:
    """Return 0 where the bill was written and names every dependency that the wheel declares."""
    (wheel,) = dist.glob("*.whl")
    name, version = wheel.name.split("-")[:2]
    target = dist / f"{name}-{version}.cdx.json"
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        pip = [str(python), "-m", "pip", "--disable-pip-version-check", "-qq"]
        subprocess.run([*pip, "install", str(wheel)], check=True)
        subprocess.run([*pip, "uninstall", "-y", *TOOLS], check=True)
        tool = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--spec-version", "1.6"]
        subprocess.run([*tool, "--output-file", str(target), str(python)], check=True, stderr=subprocess.DEVNULL)
    bill = json.loads(target.read_text(encoding="utf-8"))
    for component in bill["components"]:
        # Where a wheel was fetched from is a fact of this machine, and no part of the bill.
        component.pop("externalReferences", None)
    target.write_text(json.dumps(bill, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    held = {component["name"].lower().replace("_", "-") for component in bill["components"]}
    wanted = {"outcome-bees", "attrs", "cattrs", "pint", "narwhals", "pyyaml"}
    print(f"{target.name}: {len(held)} components")
    for missing in sorted(wanted - held):
        print(f"{target.name}: missing {missing}")
    return 0 if wanted <= held else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
