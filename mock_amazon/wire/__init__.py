"""The faces of the order aggregate: what Amazon shows, and what it reads, in its own spelling."""
