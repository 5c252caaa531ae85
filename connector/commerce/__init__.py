"""The connector's side towards Commerce: the client, JSON to domain, and the way orders are placed."""
