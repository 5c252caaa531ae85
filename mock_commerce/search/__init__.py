"""``searchCriteria``: read, turned into SQL, answered in pages."""
