"""The switches of a shop: version, quirks, methods, limits."""
