"""What a page costs among many orders: page 1 against page 1,000 of 100,000, in process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from http.client import OK
from typing import Any

from sqlalchemy import insert, select

import mock_amazon
from mock_amazon.models import Order, db
from simkit.clock import VirtualClock
from simkit.program import ServerConfig
from simulator import defaults

Call = Callable[[], Any]

ORDERS = 100_000
DEEP = 1_000
PAGE = 100
ROUNDS = 30
PER_INSERT = 5_000


NAMES = tuple(f"page {DEEP} of {ORDERS} against page 1, {version}" for version in ("2026-01-01", "v0"))


def measured() -> dict[str, float]:
    """The ratio of a late page's time to the first one's, for each version."""
    clock = VirtualClock()
    app = mock_amazon.create_app(ServerConfig(clock=clock))
    client: Any = app.test_client()
    client.post("/_sim/account", json={"throttling": "off"})
    client.post("/_sim/orders", json={"status": "Unshipped", "lines": [_LINE]})
    times = _copy_orders(app)
    clock.set(max(times) + timedelta(minutes=10))
    headers = {"x-amz-access-token": _token(client)}
    deep = times[(DEEP - 2) * PAGE]  # the page before it, whose token leads there
    results = {}
    for name, (path, parameter, more) in zip(NAMES, _LISTS, strict=True):
        late, first = (
            _continued(client, path, headers, {parameter: _written(since), **more})
            for since in (deep, times[0])
        )
        results[name] = compared(
            lambda late=late, path=path: client.get(path, query_string=late, headers=headers),
            lambda first=first, path=path: client.get(path, query_string=first, headers=headers),
        )
    app.extensions["simulation"].close()
    return results


_LINE = {"sku": "MUG", "qty": 2, "unit_price": "19.99"}
_LISTS = (
    ("/orders/2026-01-01/orders", "lastUpdatedAfter", {"includedData": "BUYER,PROCEEDS"}),
    ("/orders/v0/orders", "LastUpdatedAfter", {"MarketplaceIds": "ATVPDKIKX0DER"}),
)


def _copy_orders(app: Any) -> list[Any]:
    """Rows like the one that is there, a second apart; answers their times."""
    with app.app_context():
        table = Order.__table__
        row = dict(db.session.execute(select(table)).mappings().one())
        row.pop("id")
        times = [row["last_update"] + timedelta(seconds=number) for number in range(1, ORDERS + 1)]
        for begin in range(0, ORDERS, PER_INSERT):
            db.session.execute(
                insert(table),
                [
                    {
                        **row,
                        "label": f"copy-{number}",
                        "amazon_order_id": f"113-{number:07d}-{number:07d}",
                        "last_update": times[number],
                    }
                    for number in range(begin, begin + PER_INSERT)
                ],
            )
        db.session.commit()
    return times


def _token(client: Any) -> str:
    form = {
        "grant_type": "refresh_token",
        "refresh_token": defaults.REFRESH_TOKEN,
        "client_id": defaults.LWA_CLIENT_ID,
        "client_secret": defaults.LWA_CLIENT_SECRET,
    }
    return str(client.post("/auth/o2/token", data=form).get_json()["access_token"])


def _written(moment: Any) -> str:
    return str(moment.isoformat().replace("+00:00", "Z"))


def _continued(client: Any, path: str, headers: dict[str, str], query: dict[str, str]) -> dict[str, str]:
    """The same request with the token of its second page: that is how a client gets deep."""
    content = client.get(path, query_string=query, headers=headers).get_json()
    if "payload" in content:
        return {**query, "NextToken": content["payload"]["NextToken"]}
    return {**query, "paginationToken": content["pagination"]["nextToken"]}


def compared(one: Call, other: Call) -> float:
    """How many times as much time of the processor the one costs: medians of calls in turn."""
    spent: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for call, times in zip((one, other), spent, strict=True):
            began = time.process_time()
            answer = call()
            times.append(time.process_time() - began)
            if answer.status_code != OK:
                raise SystemExit(f"{answer.request.path} answers {answer.status_code}: {answer.data[:200]!r}")
    return statistics.median(spent[0]) / statistics.median(spent[1])
