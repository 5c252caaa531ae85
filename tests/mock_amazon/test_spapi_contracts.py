import json
import re

import pytest
from jsonschema import ValidationError
from vendor_models import FILES, VendorModels
from werkzeug.test import TestResponse

from mock_amazon.access import restricted
from mock_amazon.access.throttle import LIMITS, Limit
from mock_amazon.ordering import fact_words
from mock_amazon.ordering.lifecycle import Status
from mock_amazon.wire import search_v0
from mock_amazon.wire.included import BLOCKS
from mock_amazon.wire.orders_2026 import STATUS

WITHOUT_MODEL = {"lwa_token", "uploadDocument", "downloadDocument", "rotateApplicationClientSecret"}
"""Views that no model of the contracts has: three are of other services, the last one's is missing."""
SANDBOX_PLAN = ("5", "15")
"""Of the operations that only Amazon's sandbox has."""


def model_of(contracts, operation):
    file, path, method = FILES[operation]
    return json.loads((contracts / "amazon" / file).read_text())["paths"][path][method]


def answer(status, content):
    body = json.dumps(content).encode()
    return TestResponse([body], str(status), {"Content-Type": "application/json"}, None)


def test_the_judge_refuses_what_the_vendor_does_not_know(contracts):
    check = VendorModels(contracts).check
    channel = {"channelName": "AMAZON"}
    order = {
        "orderId": "1",
        "createdTime": "",
        "lastUpdatedTime": "",
        "salesChannel": channel,
        "orderItems": [],
    }
    check("getOrder", answer(200, {"order": order}))
    for wrong in (order | {"orderID": "1"}, order | {"orderId": 1}, {"orderId": "1"}):
        with pytest.raises(ValidationError):
            check("getOrder", answer(200, {"order": wrong}))
    with pytest.raises(AssertionError, match="never answers 418"):
        check("getOrder", answer(418, {}))


@pytest.mark.parametrize("operation", FILES)
def test_operations_and_their_limits_are_the_vendors(contracts, operation):
    model = model_of(contracts, operation)
    plan = re.search(r"\| ([\d.]+) \| (\d+) \|", model["description"])
    rate, burst = plan.groups() if plan else SANDBOX_PLAN
    assert model["operationId"] == operation.removesuffix("V0")
    assert LIMITS[operation] == Limit(float(rate), int(burst))


def test_the_judge_knows_every_operation_of_the_server_and_no_other(amazon):
    app = amazon.client.application
    served = {
        (app.view_functions[rule.endpoint].operation, method, re.sub("<[^>]*>", "{}", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if hasattr(app.view_functions[rule.endpoint], "operation")
    }
    known = {
        (name, method.upper(), re.sub("{[^}]*}", "{}", path)) for name, (_, path, method) in FILES.items()
    }
    assert known <= served
    assert {name for name, _, _ in served - known} == WITHOUT_MODEL


def test_the_judge_closes_every_object_that_has_named_properties(contracts):
    """But those of which the model says that anything may stand in them."""
    judge = VendorModels(contracts)
    for operation in FILES:
        for status in model_of(contracts, operation)["responses"]:
            validator = judge._make_validator(operation, int(status))
            assert validator is None or not list(open_objects(validator.schema)), operation


def open_objects(schema):
    if isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict) and schema.get("additionalProperties") is not False:
            yield schema
        schema = list(schema.values())
    if isinstance(schema, list):
        for inner in schema:
            yield from open_objects(inner)


def test_every_limit_is_compared_with_the_vendors_model():
    """rotateApplicationClientSecret: application_2023-11-30.json, rate 0.0167, burst 1; no contract here."""
    assert set(LIMITS) - set(FILES) == {"rotateApplicationClientSecret"}
    assert LIMITS["rotateApplicationClientSecret"] == Limit(0.0167, 1)


def test_words_of_the_parameters_are_the_vendors(contracts):
    parameters = {each["name"]: each for each in model_of(contracts, "searchOrders")["parameters"]}
    assert set(BLOCKS) == set(parameters["includedData"]["items"]["enum"])
    assert set(STATUS.values()) == set(parameters["fulfillmentStatuses"]["items"]["enum"])


def test_words_of_the_v0_parameters_are_the_vendors(contracts):
    parameters = {each["name"] for each in model_of(contracts, "getOrders")["parameters"]}
    assert set(search_v0.FILTERS) | {"MarketplaceIds", "MaxResultsPerPage", "NextToken"} == parameters


def test_words_of_rare_facts_are_the_vendors(contracts):
    """Where the model has no list, the words stand in its description."""
    v0, new = (
        json.loads((contracts / "amazon" / file).read_text())["definitions"]
        for file in ("ordersV0.json", "orders_2026-01-01.json")
    )
    order, item = v0["Order"]["properties"], v0["OrderItem"]["properties"]
    listed = {
        fact_words.PAYMENT_METHODS: order["PaymentMethod"],
        fact_words.EASY_SHIP: v0["EasyShipShipmentStatus"],
        fact_words.INVOICES: v0["ElectronicInvoiceStatus"],
        fact_words.INVOICE_PREFERENCES: order["BuyerInvoicePreference"],
        (*fact_words.ORDER_TYPES, "StandardOrder"): order["OrderType"],
        fact_words.DEEMED_RESELLER: item["DeemedResellerCategory"],
        fact_words.SUBSTITUTIONS: v0["SubstitutionPreferences"]["properties"]["SubstitutionType"],
        fact_words.UNITS: v0["Measurement"]["properties"]["Unit"],
        fact_words.DAYS: v0["BusinessHours"]["properties"]["DayOfWeek"],
        fact_words.CAPABILITIES: v0["OtherDeliveryAttributes"],
        fact_words.PACKAGE_STATUSES: new["PackageStatus"]["properties"]["status"],
    }
    for words, where in listed.items():
        assert set(words) == set(where["enum"])
    described = {
        fact_words.CONDITIONS: item["ConditionId"],
        fact_words.SUBCONDITIONS: item["ConditionSubtypeId"],
        fact_words.ITEM_PROGRAMS: v0["AmazonPrograms"]["properties"]["Programs"],
        fact_words.ORDER_PROGRAMS: new["Order"]["properties"]["programs"],
        fact_words.TAX_IDS: new["OrderTaxRegistration"]["properties"]["taxRegistrationType"],
        fact_words.ADDRESS_TYPES: new["CustomerAddress"]["properties"]["addressType"],
        tuple(map(fact_words.upper, fact_words.EASY_SHIP)): new["PackageStatus"]["properties"][
            "detailedStatus"
        ],
        tuple(map(fact_words.upper, fact_words.INVOICES)): new["OrderTaxInvoicing"]["properties"][
            "invoiceStatus"
        ],
    }
    for words, where in described.items():
        assert set(words) <= set(re.findall("`([^`]+)`", where["description"]))
    constraints = {name for name, _ in fact_words.CONSTRAINTS.values() if name}
    assert constraints == set(v0["ShippingConstraints"]["properties"])
    assert {name for _, name in fact_words.CONSTRAINTS.values()} == set(
        new["ItemShippingConstraints"]["properties"]
    )


def test_restricted_operations_are_reads_of_the_vendors_model(contracts):
    paths = json.loads((contracts / "amazon" / "ordersV0.json").read_text())["paths"]
    assert all("get" in paths[path] for path in restricted.OPERATIONS)


def test_statuses_are_the_vendors(contracts):
    model = json.loads((contracts / "amazon" / "ordersV0.json").read_text())
    assert set(Status) == set(model["definitions"]["Order"]["properties"]["OrderStatus"]["enum"])
