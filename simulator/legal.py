"""Which statuses may stand side by side (I4, profile ``docs``): a table as data. Pure."""

from __future__ import annotations

from dataclasses import dataclass

NONE = "no Commerce order"
PROCESSING, SHIPPED = "processing", "processing/shipped"
COMPLETE, CLOSED, CANCELED, HELD = "complete", "closed", "canceled", "holded"

MERCHANT, BY_AMAZON = "MFN", "AFN"


@dataclass(frozen=True)
class Row:
    """The table statuses and Commerce states that go with one Amazon status."""

    table: frozenset[str]
    shop: frozenset[str]
    in_outbox: frozenset[str] = frozenset()
    """States that are right only while a command for the order waits in the outbox."""
    if_not_placed: bool = False
    """No Commerce order is right only for an order that carries a blocker or an error (else always)."""


@dataclass(frozen=True)
class Facts:
    """One order as the three programs tell of it."""

    channel: str
    amazon: str
    table: str | None
    shop: str
    in_outbox: bool = False
    explained: bool = False
    """A blocker or a technical error says why there is no Commerce order."""
    conflict: bool = False
    """``cancel_conflict``: a task for a person."""
    too_old: bool = False
    """Bought before the integration."""


def _waiting(status: str) -> Row:
    return Row(frozenset({status}), frozenset({NONE}))


_GONE_ON = frozenset({"Shipped", "Completed"})
_OWN_ACTS = frozenset({HELD, CANCELED})
_DONE = frozenset({COMPLETE, CLOSED})

ROWS: dict[tuple[str, str], Row] = {
    **{
        (channel, status): _waiting(status)
        for channel in (MERCHANT, BY_AMAZON)
        for status in ("Pending", "PendingAvailability")
    },
    (MERCHANT, "Unshipped"): Row(
        frozenset({"Unshipped"}), _OWN_ACTS | {PROCESSING}, frozenset({SHIPPED, COMPLETE}), if_not_placed=True
    ),
    (MERCHANT, "PartiallyShipped"): Row(
        frozenset({"PartiallyShipped"}), _OWN_ACTS | {PROCESSING}, frozenset({SHIPPED}), if_not_placed=True
    ),
    (MERCHANT, "Shipped"): Row(_GONE_ON, _DONE | _OWN_ACTS | {PROCESSING, SHIPPED}, if_not_placed=True),
    (BY_AMAZON, "Unshipped"): _waiting("Unshipped"),
    (BY_AMAZON, "PartiallyShipped"): _waiting("PartiallyShipped"),
    (BY_AMAZON, "Shipped"): Row(_GONE_ON, _DONE, if_not_placed=True),
    **{
        (channel, "Canceled"): Row(
            frozenset({"Canceled"}), frozenset({NONE, CANCELED, COMPLETE}), frozenset({PROCESSING, SHIPPED})
        )
        for channel in (MERCHANT, BY_AMAZON)
    },
}


def shop_word(state: str | None, status: str | None) -> str:
    """A Commerce order in the words of the table; a custom status of processing is processing."""
    if state is None:
        return NONE
    return SHIPPED if (state, status) == (PROCESSING, "shipped") else state


def illegal(facts: Facts) -> str | None:
    """What is wrong with this combination; None where nothing is."""
    if facts.too_old:
        right = facts.table is None and facts.shop == NONE
        return None if right else f"older than the integration, yet {facts.table}, {facts.shop}"
    row = ROWS.get((facts.channel, facts.amazon))
    if row is None:
        return None  # a status that no document of the sales channel knows
    if facts.table not in row.table:
        return f"Amazon {facts.amazon}, but the table says {facts.table or 'nothing'}"
    return None if _goes_with(row, facts) else _told(facts)


def _goes_with(row: Row, facts: Facts) -> bool:
    if facts.amazon == "Canceled" and facts.conflict:
        return True
    if facts.shop == NONE and row.if_not_placed:
        return facts.explained
    return facts.shop in row.shop or (facts.in_outbox and facts.shop in row.in_outbox)


def _told(facts: Facts) -> str:
    if facts.shop == NONE:
        return f"Amazon {facts.amazon}, {NONE}, and nothing says why"
    waits = "a command in the outbox" if facts.in_outbox else "nothing in the outbox"
    return f"Amazon {facts.amazon} and Commerce {facts.shop} with {waits}"
