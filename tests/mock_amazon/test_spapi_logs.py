"""What the server tells of its work: no secret, and nothing of a buyer."""

import logging

from feed_desk import FeedDesk
from sqlalchemy import text

from mock_amazon import create_app
from mock_amazon.models import db
from simkit.program import ServerConfig

SECRETS = ("sim-secret", "Atzr|", "Atza|", "Atz.sprdt", "Atc|", "hunter2")
PERSONAL = ("Jane Sample", "jane@", "1 Hidden Lane", "555-0100")
BUYER = {"name": "Jane Sample", "email": "jane@marketplace.example"}
SHIP_TO = {"name": "Jane Sample", "line1": "1 Hidden Lane", "phone": "555-0100"}


def test_logs_journal_and_state_hold_no_secret_and_nothing_personal(amazon, caplog):
    caplog.set_level(logging.DEBUG)
    number = amazon.place_unshipped(buyer=BUYER, ship_to=SHIP_TO)
    elements = ["buyerInfo", "shippingAddress"]
    amazon.restrict({"method": "GET", "path": f"/orders/v0/orders/{number}", "dataElements": elements})
    amazon.order(number), amazon.order_v0(number)
    amazon.orders_v0(CreatedAfter="2026-01-01", BuyerEmail="jane@marketplace.example")
    amazon.token(grant_type="refresh_token", refresh_token="Atzr|hunter2")
    amazon.client.post("/auth/o2/token", data="grant_type=refresh_token&client_secret=hunter2")
    FeedDesk(amazon).submit("POST_ORDER_FULFILLMENT_DATA", b"<a>Jane Sample</a>")
    told = [amazon.client.get(f"/_sim/{page}").get_data(as_text=True) for page in ("journal", "state")]
    for content in (*told, caplog.text):
        assert not [word for word in (*SECRETS, *PERSONAL) if word in content]


def test_an_error_of_the_database_is_logged_without_its_values(caplog):
    app = create_app(ServerConfig())
    with app.app_context():
        db.session.execute(text("DROP TABLE amazon_order"))
        db.session.commit()
    wish = {"id": "Jane Sample", "lines": [{"sku": "MUG", "qty": 1, "unit_price": "1.00"}]}
    answer = app.test_client().post("/_sim/orders", json=wish)
    assert answer.status_code == 500
    assert "no such table" in caplog.text
    for told in (caplog.text, answer.get_data(as_text=True)):
        assert not [word for word in (*SECRETS, *PERSONAL) if word in told]
