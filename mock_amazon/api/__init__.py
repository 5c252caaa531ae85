"""The imitated sections of the Selling Partner API, one module each.

Imitated: lwa_token, createRestrictedDataToken, searchOrders, getOrder of both versions, the other reads of
Orders v0, confirmShipment, getMarketplaceParticipations, Listings Items
2021-08-01, FBA Inventory v1. Everything else answers 404 NotFound.
"""
