"""The simulated systems' own credentials and the default store. They open nothing but simulators."""

from __future__ import annotations

from typing import Final

LWA_CLIENT_ID: Final = "amzn1.application-oa2-client.sim"
LWA_CLIENT_SECRET: Final = "sim-secret"  # noqa: S105 - printed in the README
REFRESH_TOKEN: Final = "Atzr|sim-main-us"  # noqa: S105 - the same
COMMERCE_USERNAME: Final = "admin"
COMMERCE_PASSWORD: Final = "admin123"  # noqa: S105 - the same

STORE: Final = "Main US"
MARKETPLACE: Final = "US"
SELLER: Final = "SELLER-1"
WEBSITE: Final = "base"
CRON_INTERVAL: Final = "5m"
