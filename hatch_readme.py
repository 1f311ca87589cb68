"""Makes the README of a package index of that of the repository: an index has no other file for a link to lead to.

Links to files become absolute where `[project.urls]` has the address of the repository (`Repository`); without that,
the name of the file stands in their place.
"""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

LINK = re.compile(r"\[([^\]]+)\]\((?![a-z]+:|#)([^)#]+)(#[^)]*)?\)")


class IndexReadme(MetadataHookInterface):
    """Sets the long description of the package."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        repository = metadata.get("urls", {}).get("Repository")
        metadata["readme"] = {"content-type": "text/markdown", "text": index_text(text, repository)}


def index_text(text: str, repository: str | None) -> str:
    """Return the text with links that lead somewhere from anywhere."""

    def link(found: re.Match[str]) -> str:
        shown, path, anchor = found[1], found[2], found[3] or ""
        if repository is not None:
            return f"[{shown}]({repository.rstrip('/')}/blob/main/{path}{anchor})"
        return f"`{path}`" if shown == path else f"{shown} (`{path}`)"

    return LINK.sub(link, text)
