// Makes the page of a plan in Python as a browser has it (Pyodide), from packages that lie on this disk.
// node pyodide_page.mjs PYODIDE SITE_PACKAGES SOURCES EXAMPLES: the page on standard output.
const [pyodide, site, sources, examples] = process.argv.slice(2);
const { loadPyodide } = await import(pyodide);
const python = await loadPyodide();
for (const [host, mount] of [[site, "/site"], [sources, "/sources"], [examples, "/examples"]]) {
  python.FS.mkdirTree(mount);
  python.FS.mount(python.FS.filesystems.NODEFS, { root: host }, mount);
}
process.stdout.write(python.runPython(`
import shutil, sys
from datetime import date
from pathlib import Path

# What was compiled for this machine is of no use in a browser: the packages work without it.
packages = Path("/packages")
packages.mkdir()
for name in ("attr", "attrs", "cattr", "cattrs", "pint", "narwhals", "yaml", "jinja2", "markupsafe",
             "flexcache", "flexparser", "platformdirs", "typing_extensions.py"):
    source = Path("/site", name)
    if source.is_dir():
        shutil.copytree(source, packages / name, ignore=shutil.ignore_patterns("*.so", "*.pyd", "__pycache__"))
    elif source.exists():
        shutil.copy(source, packages / name)
for source in Path("/site").glob("*.dist-info"):
    shutil.copytree(source, packages / source.name)
sys.path[:0] = ["/sources", str(packages)]

from outcome_bees import evaluate_plan, load_observations, load_plan
from outcome_bees.reports.report import report_bytes

plan = load_plan("/examples/hertfordshire-2024-25.yaml")
figures = load_observations("/examples/hertfordshire.csv", plan=plan)
card = evaluate_plan(plan, figures, as_of=date(2025, 12, 31), area="E10000015")
report_bytes(card, "html", observations=figures, charts=False).decode()
`));
