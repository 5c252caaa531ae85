"""The quirks: true oddities of Commerce, each a switch, on by default in the versions that have it.

One table with the issue or the document that each comes from. In the profile ``ideal`` all are off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

VERSIONS = ("2.3", "2.4.3", "2.4.6", "2.4.8", "2.4.9")
"""The imitated versions, oldest first."""
IDEAL = "ideal"
"""Not a version: Commerce as its integrators would have it."""
PROFILES = (*VERSIONS, IDEAL)


@dataclass(frozen=True)
class Quirk:
    """What happens while it is on, who saw it, and the versions that have it (the first and the last)."""

    what: str
    source: str
    since: str = VERSIONS[0]
    until: str = VERSIONS[-1]
    by_default: bool = True
    """False: only where somebody switches it on, whatever the version."""

    def is_of(self, version: str) -> bool:
        """Whether that version has it."""
        return (
            self.by_default
            and version != IDEAL
            and _place(self.since) <= _place(version) <= _place(self.until)
        )


QUIRKS: Mapping[str, Quirk] = {
    "integration_bearer": Quirk(
        "an integration token works as bearer, without OAuth 1.0a",
        "Adobe's release notes of 2.4.4; magento2#36811",
        until="2.4.3",
    ),
    "oauth_sha1": Quirk(
        "OAuth 1.0a signatures may be HMAC-SHA1",
        "code of 2.4.2 and 2.4.6",
        until="2.4.3",
    ),
    "oauth_decoded_path": Quirk(
        "OAuth 1.0a signatures of addresses with encoded characters (SKUs with a slash) are never valid",
        "magento2#37278, #37913, #37830",
        since="2.4.6",
        until="2.4.6",
    ),
    "opaque_tokens": Quirk(
        "tokens are 32 characters, of administrators for 4 hours, not JWTs",
        "Adobe's release notes of 2.4.4",
        until="2.4.3",
    ),
    "last_page_repeats": Quirk(
        "a page past the end is the last page again: clients that stop at an empty page never do",
        "magento2#3787, #8099, #26986",
        until="2.3",
    ),
    "page_size_limit_camel_only": Quirk(
        "the limit of the page size is checked for pageSize only, not for page_size",
        "code of 2.4.6",
        since="2.4.3",
    ),
    "cut_empty_list_null": Quirk(
        "a list with nothing in it is null, not [], where fields= says what to show of its elements",
        "code of 2.4.6 (fields filter)",
    ),
    "cut_attributes_numbered": Quirk(
        "fields=custom_attributes[code] answers an object of places, not a list, unless the attribute is "
        "the first; of a name that comes twice only the last counts",
        "magento2#25175",
    ),
    "any_comment_status": Quirk(
        "a comment may bring a status that is not one of the order's state",
        "magento2#32968",
        until="2.4.6",
    ),
    "comment_empties_status": Quirk(
        "a comment without a status takes the order's status away: it leaves the grid",
        "magento2#34180",
        until="2.4.6",
    ),
    "operation_table_ids": Quirk(
        "operations of a bulk are counted from 1 in the whole table, not from 0 in their bulk",
        "magento2#28288, pull request 28414; Adobe's examples of 2018",
        until="2.3",
    ),
    "operations_stay_open": Quirk(
        "operations that were carried out keep status 4, whatever became of them",
        "magento2#28288",
        until="2.3",
    ),
    "bulk_finished_early": Quirk(
        "a bulk with open operations is shown as finished with failure",
        "magento2#36911",
    ),
    "raw_documents_alone": Quirk(
        "POST /shipment, /invoices and /creditmemo only store the document: the order's quantities and "
        "state do not move, and the same units can be sent twice",
        "magento2#4052, #3799, #15328, #3307",
        until="2.4.6",
    ),
    "no_reservation_on_save": Quirk(
        "an order of POST /orders or PUT /orders/create reserves nothing: its units can be sold again",
        "inventory#2787, #3185; magento2#26575, #26038, #40313",
    ),
    "unreserved_given_back": Quirk(
        "a shipment gives a reservation back that was never made: more is salable than there is",
        "inventory#2130, #1971; magento2#36467",
    ),
    "unpaid_orders_close": Quirk(
        "an order that was imported without payment becomes closed, not complete, when all is sent",
        "community-features#160; magento2#22337",
    ),
    "open_invoice_ignored": Quirk(
        "an order is completed or closed although an invoice of it is open and money is due",
        "code of 2.4.6 and 2.4.7",
        until="2.4.6",
    ),
    "null_state_left_out": Quirk(
        "an order without state or status lacks the keys in the answer",
        "OrderResponseNullKeysTest of 2.4.9",
        until="2.4.8",
    ),
    "half_orders_accepted": Quirk(
        "POST /orders takes an order without billing address or items, which breaks its Admin page",
        "magento2#39651, #15652; OrderCreationValidationTest of 2.4.9",
        until="2.4.8",
    ),
    "status_without_state": Quirk(
        "POST /orders takes a status that is not one of the order's state: the grid says canceled, "
        "the order goes on",
        "magento2#29953",
    ),
    "cancel_answers_false": Quirk(
        "cancelling what cannot be cancelled is answered with 200 and false, not with an error",
        "magento2#4479",
    ),
    "cancel_always_true": Quirk(
        "cancelling what cannot be cancelled is answered with true (2.2 and before)",
        "magento2#4479, #10803",
        by_default=False,
    ),
    "reasons_in_log_only": Quirk(
        "why a shipment, an invoice or a credit memo could not be saved stands in the log only",
        "magento2#24433, #21219; AdobeDocs/commerce-webapi#22",
    ),
    "number_gaps": Quirk(
        "an increment id that was drawn for something that then failed is not used again",
        "code of 2.4.6 (sequence tables)",
    ),
    "numbers_collide": Quirk(
        "the sequence does not know of increment ids that callers gave: it runs into them later",
        "magento2#33457, #40259, #18763",
    ),
    "lost_updates": Quirk(
        "a shipment, invoice or credit memo made in the same second as another of its order does not see "
        "the other's quantities and totals, and overwrites them",
        "magento2#10396",
        by_default=False,
    ),
    "old_quantity_text": Quirk(
        "a cart that asks for too much is refused with 'The requested qty is not available'",
        "code of 2.4.6 and 2.4.7",
        until="2.4.6",
    ),
    "email_always_available": Quirk(
        "customers/isEmailAvailable answers true for every address, taken ones too",
        "Adobe's release notes of 2.4.7",
        since="2.4.8",
    ),
    "default_view_only": Quirk(
        "a product saved by an address without a store code changes in the default store view only",
        "magento2#36443, #9874, #28274",
    ),
    "store_save_copies_all": Quirk(
        "saving one attribute of a product in a store view copies all others there too",
        "magento2#31083, #9186",
        until="2.3",
    ),
    "use_config_hides_values": Quirk(
        "a rule of a stock item (backorders, manage_stock …) has no effect without use_config_… = false",
        "code of 2.4.6",
    ),
    "source_status_is_callers": Quirk(
        "a source item has the status that its caller sends, whatever quantity and backorders say",
        "magento2#26344, #10304; inventory#2823, #2745, #2830",
    ),
    "refusal_without_reason": Quirk(
        "source items that are refused are told with 'Validation Failed', without the first reason",
        "inventory#578",
        until="2.3",
    ),
    "shipping_needs_units": Quirk(
        "a shipment is refused where the source has too few units, backorders or not",
        "magento2#24433; myparcelnl/magento#399",
    ),
    "reservations_outlive_products": Quirk(
        "reservations of a deleted product stay: the next one of its SKU has too few salable units",
        "inventory#3373, #2046",
        until="2.4.6",
    ),
}


def switched_on(version: str, changes: Mapping[str, str]) -> frozenset[str]:
    """The quirks that are on in that version when these were switched."""
    return frozenset(
        name
        for name, quirk in QUIRKS.items()
        if changes.get(name, "on" if quirk.is_of(version) else "off") == "on"
    )


def _place(version: str) -> int:
    return VERSIONS.index(version)
