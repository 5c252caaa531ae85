"""Notifications: what Amazon tells applications by itself, and how it reaches them."""
