"""Carts, from the first line to the placed order."""
