"""The connector's pages."""
