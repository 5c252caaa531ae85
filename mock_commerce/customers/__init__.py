"""Customers: accounts, passwords, address books."""
