"""How the site is built from these pages and from the docstrings: `make site`, where a warning is an error.

The build fetches nothing and neither does what it builds: no web fonts, no scripts from elsewhere, no lists of other
projects' names. A council's network may allow none of it, and a build that needs another site fails with it.
"""

import sys
from pathlib import Path

import outcome_bees

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

from facts import is_room  # noqa: E402  # ours, from the folder above

project = "outcome_bees"
author = "the outcome_bees authors"
copyright = "the outcome_bees authors, MIT licence"
version = release = outcome_bees.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "public_reference"]
# A room that this version does not have yet has a page already; it is left out until the room is there.
exclude_patterns = [
    "_*",
    *(f"reference/rooms/{page.name}" for page in (HERE / "reference" / "rooms").glob("*.md") if not is_room(page.stem)),
]
nitpicky = True

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True  # STANDARD, not all that it holds
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_typehints_format = "short"
napoleon_numpy_docstring = False
napoleon_use_ivar = True  # a class's fields as one list, not as twenty headings
napoleon_attr_annotations = True
napoleon_custom_sections = ["Source"]
python_use_unqualified_type_names = True
toc_object_entries_show_parents = "hide"
add_module_names = False

html_theme = "furo"
html_title = f"outcome_bees {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": True}
pygments_style = "friendly"
pygments_dark_style = "monokai"
