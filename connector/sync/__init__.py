"""One run over one store: find, import, follow, tell."""
