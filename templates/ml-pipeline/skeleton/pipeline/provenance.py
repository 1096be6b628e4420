"""Where a model comes from: the commit of the code and the lock of what it needs."""

import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

from pipeline.storage import sha256

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = ("numpy", "pandas", "scikit-learn")


def code_commit(given: str | None) -> str:
    """The image says it by CODE_COMMIT; a checkout is asked, and says `-dirty` when changed."""
    if given:
        return given
    commit, changes = _git("rev-parse", "HEAD"), _git("status", "--porcelain")
    if not commit:
        return "unknown"
    return f"{commit}-dirty" if changes else commit


def lock_sha256() -> str:
    """Hash of the locked dependencies, which the image carries too."""
    return sha256((ROOT / "requirements.txt").read_bytes())


def libraries() -> dict[str, str]:
    """Versions that decide what a model's bytes are and whether they can be read."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


def _git(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()
