import pytest
from amazon_seller import SellerClient, assert_spapi_error
from feed_desk import FLAT, FULFILLMENT, FeedDesk, envelope, read_report, read_rows, shipment

from mock_amazon import create_app
from simkit import postgresql
from simkit.clock import VirtualClock
from simkit.postgresql import schema_of
from simkit.program import ServerConfig


@pytest.fixture
def desk(own_world, check):
    """A seller at two processes of one server."""
    clock = VirtualClock()
    apps = [create_app(ServerConfig(own_world, clock)) for _ in range(2)]
    sellers = [SellerClient(app.test_client(), clock, check) for app in apps]
    for seller in sellers:
        seller.sign_in()
    sellers[0].sim("account", {"throttling": "off"})
    yield FeedDesk(sellers[0]), sellers[1]
    for app in apps:
        app.extensions["simulation"].close()
    postgresql.drop(own_world, [schema_of(postgresql.parsed(own_world), "amazon")])


def test_feeds_reports_and_documents_live_on_postgresql_too(desk):
    desk, elsewhere = desk
    number = desk.seller.place_unshipped()
    content = envelope("OrderFulfillment", shipment(number))
    document_id = desk.uploaded(content)
    desk.seller.sim("snapshots", {"name": "uploaded"}, 201)
    for _ in range(2):
        assert desk.create(document_id, FULFILLMENT).status_code == 202
        desk.seller.later(minutes=2)
        for seller in (desk.seller, elsewhere):
            order = seller.state(number)
            assert (order["status"], len(order["packages"])) == ("Shipped", 1)
        desk.seller.sim("snapshots/uploaded/restore")
    assert desk.create(document_id, FULFILLMENT).status_code == 202
    assert read_report(desk.done(FULFILLMENT, content))["Successful"] == 1
    assert len(desk.seller.state(number)["packages"]) == 1


def test_ids_with_a_nul_are_unknown(desk):
    desk, _ = desk
    for operation, path in (
        ("getFeed", "/feeds/2021-06-30/feeds/%00"),
        ("getFeedDocument", "/feeds/2021-06-30/documents/%00"),
        ("getReport", "/reports/2021-06-30/reports/%00"),
        ("getReportSchedule", "/reports/2021-06-30/schedules/%00"),
    ):
        assert_spapi_error(desk.call(operation, "GET", path), 404, "NotFound")
    assert_spapi_error(desk.create("\0", FULFILLMENT), 400, "InvalidInput")
    text = desk.done(FLAT, b"order-id\tship-date\n\0\t2026-02-28\n", "text/plain")
    assert "\t18028\tError\t" in text


def test_binary_contents_survive_snapshots(desk):
    desk, _ = desk
    for _ in range(120):
        desk.seller.place_unshipped()
    desk.seller.sim("snapshots", {"name": "before"}, 201)
    assert len(desk.rows()) == 120  # packed with gzip
    desk.seller.sim("snapshots", {"name": "after"}, 201)
    desk.seller.sim("snapshots/before/restore")
    desk.seller.sim("snapshots/after/restore")
    (report,) = desk.seller.client.get("/_sim/state").get_json()["reports"]
    told = desk.report_of(report["id"])
    path = f"/reports/2021-06-30/documents/{told['reportDocumentId']}"
    assert len(read_rows(desk.text("getReportDocument", path))) == 120
