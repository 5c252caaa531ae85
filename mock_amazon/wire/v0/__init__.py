"""The blocks of an order of Orders v0, rendered from the aggregate."""
