"""Who may call what: applications, their authorisation by sellers, tokens, roles and quotas."""
