"""The verbs of the control API that only Amazon has."""
