"""What sellers offer, and the stock behind it: rules, submissions, and what orders do to it."""
