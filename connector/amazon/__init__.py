"""The connector's side towards Amazon: the client, and JSON to domain."""
