"""Ask the advisories of the Python Package Index about everything that is installed here with all extras.

    .venv/bin/python .ci/audit.py

Where they cannot be reached, or know none of the packages (a mirror), it says so and passes: it is a question to
others, and no test of ours. What they know of is an error, and so is a package that they do not know where they know
others.
"""

import json
import subprocess
import sys
import tempfile
import urllib.request
import venv
from pathlib import Path

INDEX = "https://pypi.org/pypi/attrs/json"


def main() -> int:
    """Return 0 where nothing is known against what is installed, or nobody could be asked."""
    try:
        with urllib.request.urlopen(INDEX, timeout=10) as answer:
            answer.read()
    except OSError as error:
        print(f"not audited: the advisories cannot be reached ({error})")
        return 0
    frozen = [sys.executable, "-m", "pip", "freeze", "--exclude-editable"]
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "pip-audit"], check=True)
        listed = Path(folder) / "installed.txt"
        listed.write_bytes(subprocess.run(frozen, capture_output=True, check=True).stdout)
        audit = [python, "-m", "pip_audit", "--requirement", listed, "--no-deps", "--disable-pip", "--format", "json"]
        done = subprocess.run(audit, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        print(done.stderr, file=sys.stderr)
        return 1
    packages = json.loads(done.stdout)["dependencies"]
    unknown = [each["name"] for each in packages if "vulns" not in each]
    if len(unknown) == len(packages):
        print(f"not audited: whoever answers for the index here knows none of the {len(packages)} packages")
        return 0
    found = [(each["name"], each["version"], fault["id"]) for each in packages for fault in each.get("vulns", ())]
    for name, version, fault in found:
        print(f"{name} {version}: {fault}")
    print(f"{len(packages) - len(unknown)} packages audited, {len(found)} advisories, not known: {unknown or 'none'}")
    return 1 if found or unknown else 0


if __name__ == "__main__":
    sys.exit(main())
