"""The imitated sections of the Selling Partner API, one module each.

Imitated: lwa_token, createRestrictedDataToken, searchOrders, getOrder of both versions, the other reads of
Orders v0, confirmShipment, getMarketplaceParticipations, all of Feeds and Reports 2021-06-30 and the store
of their documents. Everything else answers 404 NotFound.
"""
