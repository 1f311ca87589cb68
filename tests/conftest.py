"""What the tests share: the folder of published figures beside the repository, where it is there."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published figures and reference tables; the test skips where it is not there."""
    if not SHARED.is_dir():
        pytest.skip("the folder 'shared' of published figures is not beside this checkout")
    return SHARED
