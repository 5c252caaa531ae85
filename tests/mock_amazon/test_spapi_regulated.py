import json

import pytest
from amazon_seller import assert_spapi_error

from mock_amazon.ordering.regulated import Verification

ANY = {"method": "GET", "path": "/orders/v0/orders/{orderId}/regulatedInfo"}
FIELDS = [
    {"id": "pet_prescription_name", "label": "Name", "value": "Ruffus"},
    {"id": "letter", "type": "FileAttachment", "value": "https://files.example/letter"},
]
WEIGHT = "incorrect_weight"
PRESCRIPTION = {
    "prescriptionId": "Rx-1234",
    "expirationDate": "2027-01-01T00:00:00Z",
    "writtenQuantity": 3,
    "totalRefillsAuthorized": 10,
    "usageInstructions": "Take one per day by mouth with food",
    "refillsRemaining": 10,
    "clinicId": "ABC-1234",
}
ALTERNATIVE = [{"attributeName": "asin", "originalValue": "B00DOG", "approvedValue": "B00CAT"}]
INTERIM = {"statusCode": "vet_contacted", "statusDateTime": "2026-02-26T10:00:00Z"}
WHO = {"externalReviewerId": "reviewer1234"}


def path(number):
    return f"/orders/v0/orders/{number}/regulatedInfo"


def info(seller, number):
    return seller.call("getOrderRegulatedInfo", "GET", path(number))


def status(seller, number):
    return seller.payload(info(seller, number))["RegulatedOrderVerificationStatus"]


def cancelled_by(seller, number):
    (item,) = seller.order(number)["orderItems"]
    return item["cancellation"]["cancellationExecution"]["cancelledBy"]


def tell(seller, number, **body):
    content = {"regulatedOrderVerificationStatus": body}
    return seller.call("updateVerificationStatus", "PATCH", path(number), json=content)


@pytest.fixture
def number(strict):
    return strict.place_unshipped(regulated={"fields": FIELDS, "dosage_label": True})


def test_a_regulated_order_waits_for_its_verification(strict, number):
    told = strict.payload(info(strict.restrict(ANY), number))
    assert told["RequiresDosageLabel"] is True
    assert [field["FieldType"] for field in told["RegulatedInformation"]["Fields"]] == [
        "Text",
        "FileAttachment",
    ]
    verification = told["RegulatedOrderVerificationStatus"]
    assert (verification["Status"], verification["RequiresMerchantAction"]) == ("Pending", True)
    assert len(verification["ValidRejectionReasons"]) == 3
    assert strict.order_v0(number)["HasRegulatedItems"] is True
    assert strict.order_v0(strict.place())["HasRegulatedItems"] is False


def test_what_the_buyer_wrote_is_personal(strict, number):
    assert strict.payload(info(strict, number))["RegulatedInformation"] == {"Fields": []}
    assert "Ruffus" not in strict.client.get("/_sim/state").text


def test_an_order_ships_once_it_is_approved(strict, number):
    refused = strict.confirm_shipment(number, strict.package(number, 2))
    assert_spapi_error(refused, 400, "InvalidInput", details="Pending")
    strict.refused(f"orders/{number}/ship", {}, "Pending")
    answer = tell(strict, number, status="Approved", **WHO)
    assert (answer.status_code, answer.get_data()) == (204, b"")
    told = status(strict, number)
    assert (told["Status"], told["RequiresMerchantAction"]) == ("Approved", False)
    assert told["ValidRejectionReasons"] == []
    assert told["ReviewDate"] == "2026-03-01T09:00:00Z"
    assert told["ExternalReviewerId"] == "reviewer1234"
    assert strict.confirm_shipment(number, strict.package(number, 2)).status_code == 204


def test_an_order_that_is_rejected_is_cancelled(strict, number):
    details = {"approvedAlternativeDetails": ALTERNATIVE}
    answer = tell(
        strict, number, status="Rejected", rejectionReasonId=WEIGHT, verificationDetails=details, **WHO
    )
    assert answer.status_code == 204
    told = status(strict, number)
    assert (told["Status"], told["RejectionReason"]["RejectionReasonId"]) == ("Rejected", WEIGHT)
    assert strict.state(number)["status"] == "Canceled"
    assert cancelled_by(strict, number) == "MERCHANT"


def test_a_buyer_who_cancels_ends_the_verification(strict, number):
    strict.sim(f"orders/{number}/cancel")
    assert status(strict, number)["Status"] == "Cancelled"
    assert_spapi_error(tell(strict, number, status="Approved", **WHO), 400, "InvalidInput", "Cancelled")


def test_a_verification_that_nobody_makes_can_expire(strict, number):
    assert strict.sim(f"orders/{number}/expire-verification")["status"] == "Canceled"
    assert status(strict, number)["Status"] == "Expired"
    assert cancelled_by(strict, number) == "AMAZON"
    strict.refused(f"orders/{number}/expire-verification", {}, "Expired", "only Pending")
    strict.refused(f"orders/{strict.place()}/expire-verification", {}, "no regulated items")


def test_steps_of_a_pending_verification_can_be_told(strict, number):
    details = {"interimStatusDetail": INTERIM}
    answer = tell(strict, number, status="Pending", verificationDetails=details, **WHO)
    assert answer.status_code == 204
    assert status(strict, number)["Status"] == "Pending"


def test_the_prescription_of_an_approved_order_can_be_told_with_it_or_later(strict, number):
    details = {"verificationDetails": {"prescriptionDetail": PRESCRIPTION}}
    assert tell(strict, number, status="Approved", **details, **WHO).status_code == 204
    assert tell(strict, number, **details, **WHO).status_code == 204


def test_one_that_was_shipped_when_placed_was_approved(strict):
    number = strict.place(status="Shipped", regulated={})
    assert status(strict, number)["Status"] == "Approved"


REASON_MISSING = "Missing request parameter: rejectionReasonId."
REVIEWER_MISSING = "Missing request parameter: externalReviewerId."


def unsupported(kind, state):
    return f"Verification Detail `{kind}` is not supported when order is in {state} status."


@pytest.mark.parametrize(
    ("body", "messages"),
    [
        pytest.param({"status": "Rejected"}, [REASON_MISSING, REVIEWER_MISSING], id="sandbox 1"),
        pytest.param(
            {"status": "Cancelled", **WHO},
            ["Invalid request parameter `status`. Must be one of [Approved, Rejected]."],
            id="sandbox 2",
        ),
        pytest.param(
            {
                "status": "Rejected",
                "rejectionReasonId": WEIGHT,
                "verificationDetails": {"prescriptionDetail": PRESCRIPTION},
            },
            [unsupported("prescriptionDetail", "Rejected"), REVIEWER_MISSING],
            id="sandbox 3",
        ),
        pytest.param(
            {
                "status": "Approved",
                **WHO,
                "verificationDetails": {
                    "prescriptionDetail": {k: v for k, v in PRESCRIPTION.items() if k != "clinicId"}
                },
            },
            ["Missing required parameter(s) from prescriptionDetail value: clinicId"],
            id="sandbox 4",
        ),
        pytest.param(
            {
                "status": "Approved",
                **WHO,
                "verificationDetails": {"approvedAlternativeDetails": ALTERNATIVE},
            },
            [unsupported("approvedAlternativeDetails", "Approved")],
            id="sandbox 7",
        ),
        pytest.param({"status": "Pending", **WHO}, ["`status`"], id="pending without a step"),
        pytest.param({**WHO}, ["Missing request parameter: status."], id="nothing"),
        pytest.param(
            {"status": "Rejected", "rejectionReasonId": "mood", **WHO},
            ["`rejectionReasonId`. Must be one of [product, age, incorrect_weight]."],
            id="unknown reason",
        ),
        pytest.param(
            {
                "status": "Pending",
                **WHO,
                "verificationDetails": {"interimStatusDetail": {**INTERIM, "statusCode": "asleep"}},
            },
            ["`statusCode`. Must be one of [vet_contacted, processing]."],
            id="unknown step",
        ),
        pytest.param(
            {
                "status": "Pending",
                **WHO,
                "verificationDetails": {"interimStatusDetail": {**INTERIM, "statusDateTime": "today"}},
            },
            ["`statusDateTime`"],
            id="no time",
        ),
        pytest.param({"status": "Approved", "externalReviewerId": "a\0"}, ["Invalid Input"], id="NUL"),
        pytest.param({"status": 1, **WHO}, ["Invalid Input"], id="status is a number"),
        pytest.param({"verificationDetails": [], **WHO}, ["Invalid Input"], id="details are a list"),
        pytest.param(
            {"verificationDetails": {"prescriptionDetail": {"writtenQuantity": 0}}, **WHO},
            ["Invalid Input"],
            id="no units",
        ),
    ],
)
def test_everything_that_is_wrong_is_told_at_once(strict, number, body, messages):
    answer = tell(strict, number, **body)
    assert answer.status_code == 400
    errors = answer.get_json()["errors"]
    assert {error["code"] for error in errors} == {"InvalidInput"}
    assert len(errors) == len(messages)
    for error, message in zip(errors, messages, strict=True):
        assert message in error["message"]
    assert status(strict, number)["Status"] == "Pending"


@pytest.mark.parametrize("data", ["", "{", "[]", "{}", '{"regulatedOrderVerificationStatus": null}'])
def test_unreadable_bodies_are_refused(strict, number, data):
    answer = strict.call("updateVerificationStatus", "PATCH", path(number), data=data)
    assert_spapi_error(answer, 400, "InvalidInput")


def test_orders_without_such_items_and_of_others_are_told_apart(strict, other, number):
    assert_spapi_error(info(strict, strict.place()), 400, "InvalidInput", "Invalid Input", "no regulated")
    for answer in (info(other, number), tell(other, number, status="Approved", **WHO)):
        assert_spapi_error(answer, 404, "NotFound", details=number)
    assert_spapi_error(info(strict, "TEST"), 400, "InvalidInput", "orderId")


def test_it_stays_when_the_v0_reads_are_removed(strict, number):
    strict.sim("account", {"v0_reads": "removed"})
    assert status(strict, number)["Status"] == "Pending"
    assert tell(strict, number, status="Approved", **WHO).status_code == 204


def test_verifying_needs_the_role(strict, number):
    strict.sim("applications", {"client_id": "amzn1.application-oa2-client.sim", "roles": ["Pricing"]}, 201)
    refused = tell(strict, number, status="Approved", **WHO)
    assert_spapi_error(refused, 403, "Unauthorized", details="no role")
    assert_spapi_error(strict.restricted_token(ANY), 400, "InvalidInput", "Application do not have access")


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"fields": [{"id": "a"}]}, ["regulated.fields.0.value"]),
        ({"details": {"essay": ["Approved"]}}, ["regulated.details"]),
        ({"status": "Approved"}, ["unknown field 'regulated.status'", "dosage_label"]),
    ],
)
def test_wrong_wishes_are_refused(strict, wish, words):
    line = {"sku": "MUG", "qty": 1, "unit_price": "1.00"}
    strict.refused("orders", {"lines": [line], "regulated": wish}, *words)


def test_statuses_and_detail_types_are_the_vendors(contracts):
    model = json.loads((contracts / "amazon" / "ordersV0.json").read_text())["definitions"]
    assert set(Verification) == set(model["VerificationStatus"]["enum"])
    assert set(PRESCRIPTION) == set(model["PrescriptionDetail"]["required"])
