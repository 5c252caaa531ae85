import pytest
from feed_desk import FLAT, FULFILLMENT, XML, envelope, read_report, shipment

TWO_LINES = [{"sku": "MUG", "qty": 3, "unit_price": "5.00"}, {"sku": "CUP", "qty": 1, "unit_price": "4.00"}]
HEADING = (
    "order-id\torder-item-id\tquantity\tship-date\tcarrier-code\tcarrier-name\ttracking-number\tship-method"
)


def placed(desk, **wish):
    """An order of three mugs and a cup, and its item codes."""
    number = desk.seller.place_unshipped(**{"lines": TWO_LINES, **wish})
    return number, *[line["order_item_id"] for line in desk.seller.state(number)["lines"]]


def refused(desk, message, code, *words):
    report = desk.fulfil(message)
    ((number, result, told, text),) = report.pop("notes")
    assert report == {"Processed": 1, "Successful": 0, "WithError": 1, "WithWarning": 0}
    assert (number, result, told) == ("1", "Error", code)
    for word in words:
        assert word in text


def test_without_items_all_that_is_left_is_shipped(desk):
    number, *_ = placed(desk)
    report = desk.fulfil(shipment(number))
    assert report == {"Processed": 1, "Successful": 1, "WithError": 0, "WithWarning": 0, "notes": []}
    order = desk.seller.state(number)
    assert order["status"] == "Shipped"
    assert order["packages"] == [
        {
            "reference": "1",
            "carrier": "UPS",
            "tracking": "1Z999AA10123456784",
            "lines": [{"sku": "MUG", "qty": 3}, {"sku": "CUP", "qty": 1}],
        }
    ]
    (package,) = desk.seller.order(number)["packages"]
    assert package["shipTime"] == "2026-03-01T08:30:00.000Z"
    assert package["shippingService"] == "Ground"
    assert desk.seller.order_v0(number)["LastUpdateDate"] == "2026-03-01T09:02:00Z"


def test_partial_shipments_are_packages_of_their_own(desk):
    number, mug, cup = placed(desk)
    assert desk.fulfil(shipment(number, (mug, 2)))["Successful"] == 1
    order = desk.seller.state(number)
    assert (order["status"], [line["shipped"] for line in order["lines"]]) == ("PartiallyShipped", [2, 0])
    tracking = "1Z999AA10123456785"
    assert desk.fulfil(shipment(number, (mug, 1), (cup, 1), tracking=tracking))["Successful"] == 1
    order = desk.seller.state(number)
    assert (order["status"], [package["reference"] for package in order["packages"]]) == (
        "Shipped",
        ["1", "2"],
    )


def test_an_item_without_quantity_is_all_that_is_left_of_it(desk):
    number, mug, _ = placed(desk)
    item = f"<Item><AmazonOrderItemCode>{mug}</AmazonOrderItemCode></Item>"
    assert desk.fulfil(shipment(number) + item)["Successful"] == 1
    assert [line["shipped"] for line in desk.seller.state(number)["lines"]] == [3, 0]


def test_each_message_stands_for_itself(desk):
    (first, *_), (second, mug, _) = placed(desk), placed(desk)
    report = desk.fulfil(
        shipment(first), shipment(second, (mug, 9)), shipment("x"), shipment(second, (mug, 1))
    )
    assert {key: report[key] for key in ("Processed", "Successful", "WithError")} == {
        "Processed": 4,
        "Successful": 2,
        "WithError": 2,
    }
    assert [note[:3] for note in report["notes"]] == [("2", "Error", "18021"), ("3", "Error", "18028")]
    assert desk.seller.state(second)["status"] == "PartiallyShipped"


def test_more_than_is_left_is_refused_in_amazons_words(desk):
    number, mug, cup = placed(desk)
    text = f"The quantities you provided for order id ({number}) were larger than the quantities"
    refused(desk, shipment(number, (mug, 4)), "18021", text)
    desk.fulfil(shipment(number, (mug, 2)))
    refused(desk, shipment(number, (mug, 2), (cup, 1), tracking="1Z999AA10123456785"), "18021", text)
    assert desk.seller.state(number)["status"] == "PartiallyShipped"


def test_the_same_feed_again_changes_nothing(desk):
    number, mug, cup = placed(desk)
    for message in (
        shipment(number, (mug, 1)),
        shipment(number, (mug, 2), (cup, 1), tracking="1Z999AA10123456785"),
    ):
        for _ in range(2):
            assert desk.fulfil(message)["Successful"] == 1
    order = desk.seller.state(number)
    assert [package["lines"] for package in order["packages"]] == [
        [{"sku": "MUG", "qty": 1}],
        [{"sku": "MUG", "qty": 2}, {"sku": "CUP", "qty": 1}],
    ]
    assert order["last_update_date"] == "2026-03-01T09:06:00.000Z"  # that of the third feed of four


def test_new_data_overwrite_those_of_the_package(desk):
    # Seller Central help 201576520
    number, *_ = placed(desk)
    desk.fulfil(shipment(number))
    assert desk.fulfil(shipment(number, tracking="1Z999AA10123456785"))["Successful"] == 1
    (package,) = desk.seller.state(number)["packages"]
    assert package["tracking"] == "1Z999AA10123456785"


def test_which_package_is_meant_may_be_unclear(desk):
    number, mug, cup = placed(desk)
    desk.fulfil(shipment(number, (mug, 3)), shipment(number, (cup, 1), tracking="1Z999AA10123456785"))
    refused(desk, shipment(number, tracking="1Z999AA10123456786"), "18021")


def test_a_reference_of_the_sellers_own_names_the_package(desk):
    number, mug, _ = placed(desk)
    for units in (1, 2):
        message = shipment(number, (mug, units), MerchantFulfillmentID="77")
        assert desk.fulfil(message)["Successful"] == 1
    (package,) = desk.seller.state(number)["packages"]
    assert (package["reference"], package["lines"]) == ("77", [{"sku": "MUG", "qty": 2}])
    refused(desk, shipment(number, MerchantFulfillmentID="x"), "18028", "MerchantFulfillmentID")


@pytest.mark.parametrize(
    ("carrier", "kept"),
    [
        ({"CarrierCode": "FedEx"}, "FedEx"),
        ({"CarrierCode": "Other", "CarrierName": "Pigeon"}, "Pigeon"),
        ({"CarrierCode": "", "CarrierName": "Pigeon"}, "Pigeon"),
        ({"CarrierCode": ""}, ""),
    ],
)
def test_the_carrier_is_a_code_or_a_name(desk, carrier, kept):
    number, *_ = placed(desk)
    assert desk.fulfil(shipment(number, tracking="", **carrier))["Successful"] == 1
    assert desk.seller.state(number)["packages"][0]["carrier"] == kept
    assert "trackingNumber" not in desk.seller.order(number)["packages"][0]


@pytest.mark.parametrize(
    ("carrier", "tracking"), [("UPS", "12345"), ("USPS", "1Z999AA10123456784"), ("FedEx", "abc")]
)
def test_a_tracking_number_that_looks_wrong_is_a_warning_only(desk, carrier, tracking):
    # amzn/selling-partner-api-docs#489
    number, *_ = placed(desk)
    report = desk.fulfil(shipment(number, tracking=tracking, CarrierCode=carrier))
    ((_, result, _, text),) = report["notes"]
    assert (report["Successful"], report["WithWarning"], result) == (1, 1, "Warning")
    assert text.startswith(f"The tracking ID {tracking} for {carrier} does not match the expected format")
    assert desk.seller.state(number)["status"] == "Shipped"


@pytest.mark.parametrize(
    ("wish", "status"),
    [
        ({"status": "Pending"}, "Pending"),
        ({"status": "Canceled"}, "Canceled"),
        ({"channel": "AFN"}, "Unshipped"),
    ],
)
def test_only_the_sellers_open_orders_are_shipped(desk, wish, status):
    number, *_ = placed(desk, **wish)
    refused(desk, shipment(number), "18028", "The data you submitted is incomplete or invalid")
    assert desk.seller.state(number)["status"] == status


@pytest.mark.parametrize(
    "change",
    [
        {"AmazonOrderID": ""},
        {"AmazonOrderID": "112-0000000-0000000"},
        {"FulfillmentDate": "2022-05-26 12:00:00"},  # abuzuhri/Amazon-SP-API-CSharp#199
        {"FulfillmentDate": "0000-01-01T00:00:00Z"},
        {"FulfillmentDate": ""},
        {"ShippingMethod": "x" * 201},
        {"CODCollectionMethod": "DirectPayment"},
    ],
)
def test_a_message_that_breaks_a_rule_is_refused(desk, change):
    number, *_ = placed(desk)
    parts = {"AmazonOrderID": number} | change
    refused(desk, shipment(parts.pop("AmazonOrderID"), **parts), "18028", "incomplete or invalid")
    assert desk.seller.state(number)["status"] == "Unshipped"


@pytest.mark.parametrize("units", ["0", "-1", "1.5", "x", "99999999999"])
def test_a_quantity_is_a_positive_whole_number(desk, units):
    number, mug, _ = placed(desk)
    refused(desk, shipment(number, (mug, units)), "18028", "Quantity")


def test_an_item_of_another_order_is_refused(desk):
    (number, *_), (_, foreign, _) = placed(desk), placed(desk)
    refused(desk, shipment(number, (foreign, 1)), "18028", foreign)


def test_a_message_without_content_is_refused_alone(desk):
    number, *_ = placed(desk)
    content = envelope("OrderFulfillment", "x", shipment(number))
    content = content.replace(b"<OrderFulfillment>x</OrderFulfillment>", b"<Other/>")
    report = read_report(desk.done(FULFILLMENT, content))
    assert (report["Successful"], report["WithError"]) == (1, 1)


def test_orders_of_other_sellers_are_unknown(desk, other):
    number = desk.seller.place_unshipped(seller="SELLER-2")
    refused(desk, shipment(number), "18028", f"there is no order {number}")


def test_texts_of_the_seller_cannot_break_the_report(desk):
    refused(desk, shipment("&lt;Result/&gt;&amp;"), "18028", "<Result/>&")


def flat(
    desk, *rows, heading=HEADING, content_type="text/tab-separated-values; charset=UTF-8", charset="utf-8"
):
    content = "\r\n".join((heading, *rows)) + "\r\n"
    text = desk.done(FLAT, content.encode(charset), content_type)
    return text.splitlines()


def test_a_flat_file_ships_record_by_record(desk):
    number, mug, cup = placed(desk)
    lines = flat(
        desk,
        f"{number}\t{mug}\t2\t2026-02-28\tUPS\t\t1Z999AA10123456784\tGround",
        f"{number}\t{mug}\t2\t2026-02-28\tUPS\t\t1Z999AA10123456785\tGround",
        "",
        f"{number}\t{cup}\t\t2026-02-28T10:00:00+01:00\tOther\tPigeon\t\t",
        "112-0000000-0000000\t\t\t2026-02-28\tUPS\t\t1Z999AA10123456784\t",
    )
    assert lines[:5] == [
        "Feed Processing Summary:",
        "\tNumber of records processed\t\t4",
        "\tNumber of records successful\t\t2",
        "",
        "original-record-number\torder-id\torder-item-id\terror-code\terror-type\terror-message",
    ]
    rows = [line.split("\t") for line in lines[5:]]
    assert [row[:5] for row in rows] == [
        ["2", number, mug, "18021", "Error"],
        ["4", "112-0000000-0000000", "", "18028", "Error"],
    ]
    packages = desk.seller.state(number)["packages"]
    assert [(each["carrier"], each["lines"][0]["qty"]) for each in packages] == [("UPS", 2), ("Pigeon", 1)]


def test_the_lines_above_the_heading_of_a_template_are_skipped(desk):
    number, *_ = placed(desk)
    row = f"{number}\t\t\t2026-02-28\tUPS\t\t1Z999AA10123456784\t"
    heading = f"TemplateType=OrderFulfillment\tVersion=2011.1102\r\nZeile\tfür\tMenschen\r\n{HEADING}"
    assert "\tNumber of records successful\t\t1" in flat(desk, row, heading=heading)
    assert desk.seller.state(number)["status"] == "Shipped"


@pytest.mark.parametrize(
    ("content_type", "charset"),
    [("text/plain; charset=Shift_JIS", "cp932"), ("text/plain", "cp1252"), ("text/plain", "utf-8-sig")],
)
def test_flat_files_are_read_by_their_charset(desk, content_type, charset):
    number, *_ = placed(desk)
    carrier = "ヤマト" if charset == "cp932" else "Bär"
    row = f"{number}\t\t\t2026-02-28\tOther\t{carrier}\t\t"
    flat(desk, row, content_type=content_type, charset=charset)
    assert desk.seller.state(number)["packages"][0]["carrier"] == carrier


@pytest.mark.parametrize("charset", ["no-such", "UTF-8", "hex", "undefined"])
def test_a_flat_file_that_is_not_in_its_charset_breaks_the_feed_off(desk, charset):
    feed_id = desk.submit(FLAT, b"order-id\tship-date\nB\xe4r\t", f"text/plain; charset={charset}")
    desk.seller.later(minutes=2)
    assert desk.feed(feed_id)["processingStatus"] == "FATAL"


def test_a_file_without_the_needed_headings_is_fatal_for_its_records(desk):
    # amzn/selling-partner-api-docs#133
    lines = desk.done(FLAT, envelope("OrderFulfillment", "x"), XML).splitlines()
    assert "\tNumber of records processed\t\t0" in lines
    rows = [line.split("\t") for line in lines[5:]]
    assert [row[:5] for row in rows] == [["0", "", "", "90012", "Fatal"]] * 2 + [
        ["0", "", "", "90061", "Warning"]
    ]
    assert rows[0][5].startswith("The required order-id field is missing from the file.")
    assert desk.done(FLAT, b"", "text/plain").count("90012") == 2


@pytest.mark.parametrize(
    "row",
    [
        "{n}\t\t\t28.02.2026\tUPS",
        "{n}\t\t\t\tUPS",
        "{n}\t\t2\t2026-02-28\tUPS",
        "{n}\t{m}\tx\t2026-02-28\tUPS",
    ],
)
def test_a_record_that_breaks_a_rule_is_refused(desk, row):
    number, mug, _ = placed(desk)
    lines = flat(desk, row.format(n=number, m=mug))
    assert "\t18028\tError\t" in lines[5]
    assert desk.seller.state(number)["status"] == "Unshipped"


def test_a_record_may_be_warned_about(desk):
    number, *_ = placed(desk)
    lines = flat(desk, f"{number}\t\t\t2026-02-28\tUPS\t\t12345\t")
    assert "\tWarning\tThe tracking ID 12345 for UPS" in lines[5]
    assert "\tNumber of records successful\t\t1" in lines
