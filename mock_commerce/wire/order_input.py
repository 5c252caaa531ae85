"""What POST /V1/orders may carry: the properties of an order, by the kind of value they hold."""

from __future__ import annotations

from typing import Any

from mock_commerce.webapi.inputs import listed, nested, schema
from mock_commerce.wire.product_option import product_option_schema

_AMOUNTS = (
    "adjustment_negative adjustment_positive discount_amount discount_canceled discount_invoiced "
    "discount_refunded grand_total discount_tax_compensation_amount discount_tax_compensation_invoiced "
    "discount_tax_compensation_refunded shipping_amount shipping_canceled shipping_discount_amount "
    "shipping_discount_tax_compensation_amount shipping_incl_tax shipping_invoiced shipping_refunded "
    "shipping_tax_amount shipping_tax_refunded subtotal subtotal_canceled subtotal_incl_tax "
    "subtotal_invoiced subtotal_refunded tax_amount tax_canceled tax_invoiced tax_refunded total_canceled "
    "total_due total_invoiced total_offline_refunded total_online_refunded total_paid total_qty_ordered "
    "total_refunded"
)
_ITEM_AMOUNTS = (
    "amount_refunded discount_amount discount_invoiced discount_refunded discount_tax_compensation_amount "
    "discount_tax_compensation_invoiced discount_tax_compensation_refunded original_price price "
    "price_incl_tax row_invoiced row_total row_total_incl_tax tax_amount tax_before_discount tax_invoiced "
    "tax_refunded weee_tax_applied_amount weee_tax_disposition weee_tax_row_disposition"
)
_GIFT_WRAP = (
    "gw_base_price gw_base_price_invoiced gw_base_price_refunded gw_base_tax_amount "
    "gw_base_tax_amount_invoiced gw_base_tax_amount_refunded gw_price gw_price_invoiced gw_price_refunded "
    "gw_tax_amount gw_tax_amount_invoiced gw_tax_amount_refunded"
)


def _both(names: str) -> str:
    return " ".join(f"{name} base_{name}" for name in names.split())


address_schema: Any = schema(
    "Address",
    text="address_type city company country_id email fax firstname lastname middlename postcode prefix "
    "region region_code suffix telephone vat_id vat_request_date vat_request_id",
    whole="customer_address_id customer_id entity_id parent_id region_id vat_is_valid vat_request_success",
    texts="street",
    raw="extension_attributes",
)

payment_schema: Any = schema(
    "Payment",
    text="account_status additional_data address_status anet_trans_method cc_approval cc_avs_status "
    "cc_cid_status cc_debug_request_body cc_debug_response_body cc_debug_response_serialized cc_exp_month "
    "cc_exp_year cc_last4 cc_number_enc cc_owner cc_secure_verify cc_ss_issue cc_ss_start_month "
    "cc_ss_start_year cc_status cc_status_description cc_trans_id cc_type echeck_account_name "
    "echeck_account_type echeck_bank_name echeck_routing_number echeck_type last_trans_id method po_number "
    "protection_eligibility",
    number=_both("amount_authorized amount_canceled amount_ordered amount_paid amount_refunded "
                 "shipping_amount shipping_captured shipping_refunded")
    + " base_amount_paid_online base_amount_refunded_online",
    whole="entity_id parent_id quote_payment_id",
    texts="additional_information",
    raw="extension_attributes",
)  # fmt: skip

item_schema: Any = schema(
    "Item",
    text="additional_data applied_rule_ids created_at description ext_order_item_id name product_type sku "
    "updated_at weee_tax_applied",
    number=f"{_both(_ITEM_AMOUNTS)} base_cost discount_percent qty_backordered qty_canceled qty_invoiced "
    "qty_ordered qty_refunded qty_returned qty_shipped row_weight tax_percent weight "
    f"discount_tax_compensation_canceled tax_canceled base_weee_tax_applied_row_amnt "
    f"weee_tax_applied_row_amount {_GIFT_WRAP}",
    whole="event_id free_shipping gw_id is_qty_decimal is_virtual item_id locked_do_invoice locked_do_ship "
    "no_discount order_id parent_item_id product_id quote_item_id store_id",
    raw="extension_attributes parent_item",
    product_option=nested(product_option_schema),
)

history_schema: Any = schema(
    "History",
    text="comment created_at entity_name status",
    whole="entity_id is_customer_notified is_visible_on_front parent_id",
    raw="extension_attributes",
)

order_schema: Any = schema(
    "Order",
    text="applied_rule_ids base_currency_code coupon_code created_at customer_dob customer_email "
    "customer_firstname customer_lastname customer_middlename customer_note customer_prefix "
    "customer_suffix customer_taxvat discount_description ext_customer_id ext_order_id "
    "global_currency_code hold_before_state hold_before_status increment_id order_currency_code "
    "original_increment_id protect_code relation_child_id relation_child_real_id relation_parent_id "
    "relation_parent_real_id remote_ip shipping_description state status store_currency_code store_name "
    "updated_at x_forwarded_for",
    number=f"{_both(_AMOUNTS)} base_shipping_discount_tax_compensation_amnt base_to_global_rate "
    "base_to_order_rate base_total_invoiced_cost payment_authorization_amount store_to_base_rate "
    "store_to_order_rate weight",
    whole="billing_address_id can_ship_partially can_ship_partially_item customer_gender customer_group_id "
    "customer_id customer_is_guest customer_note_notify edit_increment email_sent entity_id "
    "forced_shipment_with_invoice is_virtual payment_auth_expiration quote_address_id quote_id store_id "
    "total_item_count",
    raw="extension_attributes",
    items=listed(item_schema, r"Magento\Sales\Api\Data\OrderItemInterface"),
    billing_address=nested(address_schema),
    payment=nested(payment_schema),
    status_histories=listed(history_schema, r"Magento\Sales\Api\Data\OrderStatusHistoryInterface"),
)

_COMPUTED = (
    "entity_id updated_at protect_code store_name total_due base_total_due total_item_count "
    "total_qty_ordered base_total_qty_ordered billing_address_id total_invoiced base_total_invoiced "
    "base_total_paid base_total_refunded total_offline_refunded base_total_offline_refunded "
    "total_canceled base_total_canceled shipping_refunded base_shipping_refunded subtotal_incl_tax "
)
COMPUTED = frozenset(_COMPUTED.split())
"""Properties that a client may send back and that Commerce works out itself."""

_ITEM_COMPUTED = (
    "item_id order_id store_id created_at updated_at parent_item row_invoiced base_row_invoiced "
    "tax_invoiced base_tax_invoiced discount_invoiced base_discount_invoiced amount_refunded "
    "base_amount_refunded "
)
ITEM_COMPUTED = frozenset(_ITEM_COMPUTED.split())
