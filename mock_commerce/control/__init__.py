"""The verbs of the control API that only Commerce has."""
