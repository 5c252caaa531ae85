"""Amazon, Commerce and the connector between them in one world: scenarios, invariants, reports, console."""
