"""Who calls, and what he may: tokens, signatures, second factors, roles."""
