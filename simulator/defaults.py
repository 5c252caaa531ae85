"""The simulated systems' own credentials and the default store. They open nothing but simulators."""

from __future__ import annotations

from typing import Final

from mock_amazon import defaults as amazon
from mock_commerce.populate import ADMIN_PASSWORD, ADMIN_USER

LWA_CLIENT_ID: Final = amazon.CLIENT_ID
LWA_CLIENT_SECRET: Final = amazon.CLIENT_SECRET
REFRESH_TOKEN: Final = amazon.REFRESH_TOKEN
COMMERCE_USERNAME: Final = ADMIN_USER
COMMERCE_PASSWORD: Final = ADMIN_PASSWORD

STORE: Final = "Main US"
MARKETPLACE: Final = "US"
SELLER: Final = amazon.SELLER_ID
WEBSITE: Final = "base"
CRON_INTERVAL: Final = "5m"
