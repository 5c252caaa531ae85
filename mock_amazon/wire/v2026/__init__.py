"""The blocks of an order of 2026-01-01, rendered from the aggregate."""
