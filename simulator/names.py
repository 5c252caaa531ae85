"""The scenario's names for orders, and the ids that the simulated systems gave them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Names:
    amazon: dict[str, str] = field(default_factory=dict)
    """``A1`` to Amazon's order id."""
    shop: dict[str, int] = field(default_factory=dict)
    """``C1`` to Commerce's entity id."""
    faults: dict[str, tuple[str, str]] = field(default_factory=dict)
    """A fault's name to its system and id."""
    matched: dict[str, set[str]] = field(default_factory=dict)
    """A seller SKU to the catalog SKUs that it was tied to by hand."""

    def of_order(self, amazon_order_id: str) -> str:
        """The scenario's name of an order; its id where it has none."""
        return next(
            (name for name, number in self.amazon.items() if number == amazon_order_id), amazon_order_id
        )
