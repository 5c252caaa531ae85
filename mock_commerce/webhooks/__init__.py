"""Events out: what was saved is pushed to the addresses that somebody subscribed."""
