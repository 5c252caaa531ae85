"""Feeds 2021-06-30: what each type of feed does to the seller's orders, and the report about it."""
