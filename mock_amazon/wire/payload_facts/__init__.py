"""The rare facts in real answers of both versions, read back into the words of ``wire.facts``."""
