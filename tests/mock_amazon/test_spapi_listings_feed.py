"""The content of a JSON_LISTINGS_FEED, and its report."""

import json

import pytest

from mock_amazon.listings.json_feed import process
from mock_amazon.models import db

US = "ATVPDKIKX0DER"
CA = "A2EUQ1WTGCTBG2"
STOCK = {"fulfillment_availability": [{"fulfillment_channel_code": "DEFAULT", "quantity": 5}]}
HEADER = {"sellerId": "SELLER-1", "version": "2.0", "issueLocale": "en_US"}


@pytest.fixture
def feed(world, amazon):
    """Carries messages out; answers the report."""
    app, _ = world

    def run(*messages, header=HEADER, content=None, **more):
        text = json.dumps({"header": header, "messages": messages}).encode() if content is None else content
        with app.app_context():
            report = json.loads(process("SELLER-1", text, **more))
            db.session.commit()
        return report

    return run


def message(operation, number=1, sku="MUG", **more):
    return {"messageId": number, "sku": sku, "operationType": operation, "productType": "PRODUCT", **more}


def stock_patch(units, **more):
    value = [{"fulfillment_channel_code": "DEFAULT", "quantity": units, **more}]
    return [{"op": "replace", "path": "/attributes/fulfillment_availability", "value": value}]


def quantities(amazon):
    listings = amazon.client.get("/_sim/state").get_json()["listings"]
    return {each["seller_sku"]: each["qty"] for each in listings}


def test_every_kind_of_message_is_carried_out_in_order(amazon, feed):
    for sku in ("MUG", "CUP", "POT"):
        amazon.sim("listings", {"sku": sku, "qty": 1}, 201)
    report = feed(
        message("PATCH", 1, patches=stock_patch(2)),
        message("PARTIAL_UPDATE", 2, "CUP", attributes=STOCK),
        message("DELETE", 3, "POT"),
        message(
            "UPDATE",
            4,
            "PAN",
            requirements="LISTING_OFFER_ONLY",
            attributes=STOCK | {"condition_type": [{"value": "new_new"}]},
        ),
        message("PATCH", 5, patches=stock_patch(3)),
        feed_id="50021018827",
    )
    assert report == {
        "header": {"sellerId": "SELLER-1", "version": "2.0", "feedId": "50021018827"},
        "issues": [],
        "summary": {
            "errors": 0,
            "warnings": 0,
            "messagesProcessed": 5,
            "messagesAccepted": 5,
            "messagesInvalid": 0,
        },
    }
    assert quantities(amazon) == {"MUG": 3, "CUP": 5, "PAN": 5}


def test_a_message_that_is_wrong_is_told_and_the_others_are_carried_out(amazon, feed):
    amazon.sim("listings", {"sku": "MUG", "qty": 1}, 201)
    report = feed(
        message("PATCH", 1, patches=stock_patch(-1)),
        message("PATCH", 2, patches=[]),
        message("RENAME", 3),
        message("UPDATE", 4, "NEW", attributes={}),
        message("PATCH", 5, patches=stock_patch(4)),
    )
    told = [(issue["messageId"], issue["code"]) for issue in report["issues"]]
    assert told == [(1, "4000001"), (2, "BAD_REQUEST"), (3, "4002008"), (4, "90220"), (4, "90220")]
    assert report["issues"][0]["attributeNames"] == ["fulfillment_availability"]
    assert {issue["severity"] for issue in report["issues"]} == {"ERROR"}
    summary = report["summary"]
    assert (summary["errors"], summary["messagesAccepted"], summary["messagesInvalid"]) == (5, 1, 4)
    assert quantities(amazon) == {"MUG": 4}


@pytest.mark.parametrize(
    "broken",
    [
        {"messageId": "1"},
        {"messageId": 0},
        {"messageId": True},
        {"sku": ""},
        {"sku": None},
        {"sku": "a\nb"},
        {"operationType": ["PATCH"]},
        {"operationType": None},
    ],
)
def test_messages_of_another_shape_are_4002008(feed, broken):
    (issue,) = feed({**message("DELETE"), **broken})["issues"]
    assert issue["code"] == "4002008"


def test_a_message_may_be_anything(feed):
    assert [issue["code"] for issue in feed(1, None, [], "x")["issues"]] == ["4002008"] * 4


@pytest.mark.parametrize(
    ("content", "code", "seller"),
    [
        pytest.param(b"<xml/>", "4002001", "SELLER-1", id="docs#1593"),
        pytest.param(b"", "4002001", "SELLER-1", id="empty"),
        pytest.param(b"[]", "4002001", "SELLER-1", id="list"),
        pytest.param(b"\xff\xfe", "4002001", "SELLER-1", id="bytes"),
        pytest.param(b'{"header": [1], "messages": []}', "4002005", "SELLER-1", id="models#4636"),
        pytest.param(b'{"header": {"version": "2.0"}}', "4002005", "", id="no seller"),
        pytest.param(b'{"header": {"sellerId": "S", "version": "1.0"}}', "4002006", "S", id="docs#1133"),
        pytest.param(b'{"header": {"sellerId": "S", "version": "2.0"}}', "4002005", "S", id="no messages"),
    ],
)
def test_a_feed_that_cannot_be_read_is_refused_as_a_whole(feed, content, code, seller):
    report = feed(content=content)
    assert [issue["code"] for issue in report["issues"]] == [code]
    assert "messageId" not in report["issues"][0]
    assert report["header"]["sellerId"] == seller
    assert report["summary"] == {
        "errors": 1,
        "warnings": 0,
        "messagesProcessed": 0,
        "messagesAccepted": 0,
        "messagesInvalid": 0,
    }


def test_a_foreign_seller_changes_nothing(amazon, feed, other):
    amazon.sim("listings", {"sku": "MUG", "qty": 1, "seller": "SELLER-2"}, 201)
    (issue,) = feed(message("DELETE"), header=HEADER | {"sellerId": "SELLER-2"})["issues"]
    assert (issue["code"], issue["message"]) == ("BAD_REQUEST", "Invalid 'accountId' provided.")
    assert quantities(amazon) == {"MUG": 1}


def test_the_feeds_marketplaces_are_meant(amazon, feed):
    amazon.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["CA"]}, 201)
    feed(message("PATCH", patches=stock_patch(2)), marketplace_ids=[CA])
    feed(message("PATCH", patches=stock_patch(3)))
    listings = amazon.client.get("/_sim/state").get_json()["listings"]
    assert [(each["marketplace"], each["qty"]) for each in listings] == [("CA", 2), ("US", 3)]
