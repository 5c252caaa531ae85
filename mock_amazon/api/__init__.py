"""The imitated sections of the Selling Partner API, one module each.

What no module here has is denied as Amazon's gateway does: 403 Unauthorized.
"""
