"""Which modules ``GET /V1/modules`` names: those whose behaviour is imitated, and the channel's own."""

from __future__ import annotations

from mock_commerce.config.settings import current

AMAZON = "Magento_Amazon"

_COMMERCE = (
    "Magento_Store", "Magento_Directory", "Magento_Config", "Magento_Backend", "Magento_Eav",
    "Magento_Customer", "Magento_Authorization", "Magento_Integration", "Magento_User", "Magento_Webapi",
    "Magento_WebapiSecurity", "Magento_Catalog", "Magento_CatalogInventory", "Magento_Quote",
    "Magento_Checkout", "Magento_Payment", "Magento_Sales", "Magento_SalesSequence", "Magento_Shipping",
    "Magento_OfflinePayments", "Magento_OfflineShipping", "Magento_Tax", "Magento_GiftMessage",
    "Magento_GiftWrapping", "Magento_Inventory", "Magento_InventoryApi", "Magento_InventoryCatalog",
    "Magento_InventoryReservations", "Magento_InventorySales", "Magento_InventorySalesApi",
    "Magento_InventoryShipping", "Magento_InventorySourceDeductionApi",
)  # fmt: skip


def names() -> list[str]:
    return [*_COMMERCE, *([AMAZON] if current().module_enabled else [])]
