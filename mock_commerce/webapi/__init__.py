"""Commerce's web API framework: addresses, bodies, formats, errors."""
