"""Reports of a run: text, JSON, HTML, JUnit. None of them holds a buyer's data or a secret."""
