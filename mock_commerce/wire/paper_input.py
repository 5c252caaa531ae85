"""What plain saves of shipments, invoices and credit memos may carry, and their comments and tracks."""

from __future__ import annotations

from typing import Any

from mock_commerce.webapi.inputs import listed, nested, schema

_SALES = r"Magento\Sales\Api\Data"
_AMOUNTS = (
    "discount_amount discount_tax_compensation_amount grand_total shipping_amount "
    "shipping_discount_tax_compensation_amount shipping_incl_tax shipping_tax_amount subtotal "
    "subtotal_incl_tax tax_amount"
)
_LINE_AMOUNTS = (
    "discount_amount discount_tax_compensation_amount price price_incl_tax row_total row_total_incl_tax "
    "tax_amount"
)
_WEEE = (
    "base_weee_tax_applied_amount base_weee_tax_applied_row_amnt base_weee_tax_disposition "
    "base_weee_tax_row_disposition weee_tax_applied_amount weee_tax_applied_row_amount weee_tax_disposition "
    "weee_tax_row_disposition"
)
_HEAD = "billing_address_id email_sent entity_id order_id shipping_address_id store_id"
_MONEY_TEXT = (
    "base_currency_code created_at discount_description global_currency_code increment_id "
    "order_currency_code store_currency_code transaction_id updated_at"
)
_RATES = "base_to_global_rate base_to_order_rate store_to_base_rate store_to_order_rate"


def _both(names: str) -> str:
    return " ".join(f"{name} base_{name}" for name in names.split())


comment_schema: Any = schema(
    "Comment",
    text="comment created_at",
    whole="entity_id is_customer_notified is_visible_on_front parent_id",
    raw="extension_attributes",
)
track_schema: Any = schema(
    "Track",
    text="carrier_code created_at description title track_number updated_at",
    number="weight qty",
    whole="entity_id order_id parent_id",
    raw="extension_attributes",
)
_shipment_item: Any = schema(
    "ShipmentItem",
    text="additional_data description name sku",
    number="price qty row_total weight",
    whole="entity_id order_item_id parent_id product_id",
    raw="extension_attributes",
)
_money_item: Any = schema(
    "MoneyItem",
    text="additional_data description name sku weee_tax_applied",
    number=f"{_both(_LINE_AMOUNTS)} base_cost qty {_WEEE}",
    whole="entity_id order_item_id parent_id product_id",
    raw="extension_attributes",
)
shipment_schema: Any = schema(
    "Shipment",
    text="created_at increment_id shipping_label updated_at",
    number="total_qty total_weight",
    whole=f"customer_id shipment_status {_HEAD}",
    raw="packages",
    extension_attributes=nested(schema("ShipmentExtension", text="source_code")),
    items=listed(_shipment_item, rf"{_SALES}\ShipmentItemInterface"),
    tracks=listed(track_schema, rf"{_SALES}\ShipmentTrackInterface"),
    comments=listed(comment_schema, rf"{_SALES}\ShipmentCommentInterface"),
)
invoice_schema: Any = schema(
    "Invoice",
    text=_MONEY_TEXT,
    number=f"{_both(_AMOUNTS)} base_shipping_discount_tax_compensation_amnt base_total_refunded total_qty "
    f"{_RATES}",
    whole=f"can_void_flag is_used_for_refund state {_HEAD}",
    raw="extension_attributes",
    items=listed(_money_item, rf"{_SALES}\InvoiceItemInterface"),
    comments=listed(comment_schema, rf"{_SALES}\InvoiceCommentInterface"),
)
creditmemo_schema: Any = schema(
    "Creditmemo",
    text=_MONEY_TEXT,
    number=f"{_both(_AMOUNTS)} {_both('adjustment adjustment_negative adjustment_positive')} "
    f"base_shipping_discount_tax_compensation_amnt {_RATES}",
    whole=f"creditmemo_status invoice_id state {_HEAD}",
    raw="extension_attributes",
    items=listed(_money_item, rf"{_SALES}\CreditmemoItemInterface"),
    comments=listed(comment_schema, rf"{_SALES}\CreditmemoCommentInterface"),
)
