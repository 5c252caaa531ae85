"""Renew the generated part of docs/api-coverage.md: ``python tests/coverage/write.py``.

The vendor's models are read from the folder that CHANNELSIM_CONTRACTS names, as in the tests.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "api-coverage.md"
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "mock_amazon")]


def main() -> None:
    from amazon_tour import tour
    from comparing import coverages
    from rendering import rendered, replaced
    from why_not import REMARKS, WHY_NOT

    folder = Path(os.environ.get("CHANNELSIM_CONTRACTS", ROOT.parent / "shared" / "contracts"))
    generated = rendered(coverages(folder, tour().ear), WHY_NOT, REMARKS)
    DOCUMENT.write_text(replaced(DOCUMENT.read_text(encoding="utf-8"), generated), encoding="utf-8")


if __name__ == "__main__":
    main()
