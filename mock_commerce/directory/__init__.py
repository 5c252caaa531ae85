"""Countries and regions, and what an address needs of them."""
