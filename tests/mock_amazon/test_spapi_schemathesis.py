"""Requests that schemathesis makes up from the vendor's models, valid ones and wrong ones.

No answer breaks the model, none is a server error. Quirks are off: they contradict the model on purpose.
"""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mock_amazon.quirks import QUIRKS

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
MODELS = {
    "ordersV0.json": (
        *("getOrders", "getOrder", "getOrderBuyerInfo", "getOrderAddress", "getOrderItems"),
        *("getOrderItemsBuyerInfo", "confirmShipment"),
    ),
    "orders_2026-01-01.json": ("searchOrders", "getOrder"),
}
EXAMPLES = 40
FREE = frozenset({("ordersV0.json", name) for name in ("getOrder", "getOrderBuyerInfo", "getOrderAddress")})
"""Operations whose only parameter may be any text: no request to them is wrong."""
CASES = [
    pytest.param(file, name, mode, id=f"{name}-{file}-{mode.value}")
    for file, names in MODELS.items()
    for name in names
    for mode in GenerationMode
    if not (mode is GenerationMode.NEGATIVE and (file, name) in FREE)
]


@pytest.fixture(scope="module")
def models(contracts):
    return {
        file: {
            found.ok().definition.raw["operationId"]: found.ok()
            for found in schemathesis.openapi.from_dict(
                json.loads((contracts / "amazon" / file).read_text())
            ).get_all_operations()
        }
        for file in MODELS
    }


@pytest.mark.parametrize(("file", "name", "mode"), CASES)
def test_made_up_requests_meet_answers_of_the_model(amazon, models, file, name, mode):
    operation = models[file][name]
    app = amazon.client.application
    amazon.sim("account", {"throttling": "off", "quirks": dict.fromkeys(QUIRKS, "off")})
    numbers = [amazon.place_unshipped(), amazon.place(channel="AFN"), amazon.place()]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case):
        if "orderId" in (case.path_parameters or {}) and len(case.path_parameters["orderId"]) % 2:
            case.path_parameters["orderId"] = numbers[len(str(case.query)) % len(numbers)]
        response = case.call(headers=amazon.headers, base_url="http://localhost", app=app)
        case.validate_response(response, checks=CHECKS)

    run()
