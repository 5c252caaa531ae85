"""The scenario's names, and the ids that the simulated systems gave to what they stand for."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Names:
    amazon: dict[str, str] = field(default_factory=dict)
    """``A1`` to Amazon's order id."""
    faults: dict[str, tuple[str, str]] = field(default_factory=dict)
    """A fault's name to its system and id."""
    matched: dict[str, set[str]] = field(default_factory=dict)
    """A seller SKU to the catalog SKUs that it was tied to by hand."""
