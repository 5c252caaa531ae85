"""Operations that need no seller's authorisation, and the scope that a token has to have for each. Pure data.

Source: Amazon's page "Grantless operations" and the notifications model.
"""

from __future__ import annotations

from collections.abc import Mapping

NOTIFICATIONS = "sellingpartnerapi::notifications"
ROTATION = "sellingpartnerapi::client_credential:rotation"
MIGRATION = "sellingpartnerapi::migration"
"""Of the move from MWS; tokens of it are still given, no operation here takes them."""
SCOPES = (NOTIFICATIONS, ROTATION, MIGRATION)

GRANTLESS: Mapping[str, str] = {
    "createDestination": NOTIFICATIONS,
    "getDestinations": NOTIFICATIONS,
    "getDestination": NOTIFICATIONS,
    "deleteDestination": NOTIFICATIONS,
    "getSubscriptionById": NOTIFICATIONS,
    "deleteSubscriptionById": NOTIFICATIONS,
    "sendTestNotification": NOTIFICATIONS,
    "rotateApplicationClientSecret": ROTATION,
}
