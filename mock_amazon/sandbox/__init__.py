"""The static sandbox: canned answers out of the vendor's own model files, beside the stateful mode."""
