"""Requests that schemathesis makes up from the vendor's models, right and wrong ones, at every operation.

No answer breaks the model, none is a server error. Quirks are off: they contradict the model on purpose.
"""

from __future__ import annotations

import json

import pytest
import schemathesis
from amazon_seller import US
from feed_desk import ACKNOWLEDGEMENT, BY_ORDER_DATE, REPORTS, FeedDesk, envelope
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from notification_tools import Notifications
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from vendor_models import FILES

from mock_amazon.access.grantless import GRANTLESS

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 10
"""Of each operation and kind; hundreds each were tried by hand."""
FORMS = {"enum", "pattern", "format", "minLength", "maxLength"}
LEFT_ALONE = 0


@pytest.fixture(scope="module")
def models(contracts):
    """The operations of every model, by file, path and method."""
    return {
        (file, found.ok().path, found.ok().method.lower()): found.ok()
        for file in {file for file, _, _ in FILES.values()}
        for found in schemathesis.openapi.from_dict(
            json.loads((contracts / "amazon" / file).read_text())
        ).get_all_operations()
    }


@pytest.fixture
def known(strict):
    """What is there, by the names that parameters and fields have for it."""
    strict.sim("account", {"throttling": "off"})
    desk, notifications = FeedDesk(strict), Notifications(strict)
    orders = [
        strict.place_unshipped(facts={"in_store_pickup": True}),
        strict.place(channel="AFN"),
        strict.place_unshipped(regulated={}),
    ]
    unused = desk.uploaded(b"sku\tquantity\n")
    feeds = [desk.submit(ACKNOWLEDGEMENT, envelope("OrderAcknowledgement"))]
    reports = [desk.asked()]
    schedule = {"reportType": BY_ORDER_DATE, "marketplaceIds": [US], "period": "PT1H"}
    scheduled = desk.call("createReportSchedule", "POST", f"{REPORTS}/schedules", schedule).get_json()
    strict.later(minutes=2)
    feeds.append(desk.submit(ACKNOWLEDGEMENT, envelope("OrderAcknowledgement")))
    reports.append(desk.asked())
    destination = notifications.destination()
    strict.sim("listings", {"sku": "MUG", "seller_sku": "MUG"}, 201)
    return {
        "orderId": orders,
        "orderItemId": [line["order_item_id"] for order in orders for line in strict.state(order)["lines"]],
        "feedId": feeds,
        "feedDocumentId": [desk.feed(feeds[0])["resultFeedDocumentId"]],
        "inputFeedDocumentId": [unused],
        "feedType": [ACKNOWLEDGEMENT],
        "reportId": reports,
        "reportDocumentId": [desk.report_of(reports[0])["reportDocumentId"]],
        "reportScheduleId": [scheduled["reportScheduleId"]],
        "reportType": [BY_ORDER_DATE],
        "destinationId": [destination],
        "subscriptionId": [notifications.subscription(destination)],
        "notificationType": ["ORDER_CHANGE"],
        "marketplaceId": [US],
        "marketplaceIds": [[US]],
        "MarketplaceIds": [[US]],
        "granularityId": [US],
        "sellerId": ["SELLER-1"],
        "sku": ["MUG"],
        "sellerSku": ["MUG"],
    }


def can_be_wrong(operation):
    """Whether a request to it can be: not where all it has is a part of the path that may be any text."""
    parameters = operation.definition.raw.get("parameters", [])
    return any(each.get("in") != "path" or FORMS & set(each) for each in parameters)


def put_in(content, known, choice):
    """The same content with what is there in place of what is made up."""
    if isinstance(content, list):
        return [put_in(inner, known, choice) for inner in content]
    if not isinstance(content, dict):
        return content
    return {
        key: known[key][choice % len(known[key])] if key in known else put_in(inner, known, choice)
        for key, inner in content.items()
    }


def modes(operation):
    return list(GenerationMode) if can_be_wrong(operation) else [GenerationMode.POSITIVE]


@pytest.mark.parametrize("name", FILES)
def test_made_up_requests_meet_answers_of_the_model(strict, models, known, name):
    operation = models[FILES[name]]
    app = strict.client.application
    buckets = app.extensions["simulation"].vendor.volatile["buckets"]
    headers = Notifications(strict).application.headers if name in GRANTLESS else strict.headers

    def run(mode):
        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode), choice=st.integers(0, 3))
        def ask(case, choice):
            if choice != LEFT_ALONE:
                for part in ("path_parameters", "query", "body"):
                    setattr(case, part, put_in(getattr(case, part), known, choice))
            buckets.reset()
            response = case.call(headers=headers, base_url="http://localhost", app=app)
            case.validate_response(response, checks=CHECKS)

        ask()

    for mode in modes(operation):
        run(mode)
