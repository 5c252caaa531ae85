"""The imitated sections of the Selling Partner API, one module each.

Imitated: lwa_token, searchOrders, getOrder, confirmShipment, getMarketplaceParticipations. Everything else
(Orders v0 reads, restricted data tokens, feeds, notifications, listings, reports) answers 404 NotFound.
"""
