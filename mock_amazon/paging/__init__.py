"""Lists: what stands on a page, and the opaque tokens that lead to the next."""
