"""The connector's pages: stores, orders, settings and matches, as a merchant sees them."""
