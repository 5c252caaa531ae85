"""The tour needs the clients of the tests of mock_amazon."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "mock_amazon"))
