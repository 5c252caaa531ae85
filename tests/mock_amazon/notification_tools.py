"""What tests of notifications share: an application with a destination, and a receiver of its messages."""

from __future__ import annotations

import json
from typing import Any

from amazon_seller import SellerClient
from werkzeug.test import TestResponse

from mock_amazon.notifications.deliveries import OUTGOING

ARN = "arn:aws:sqs:us-east-1:123456789012:orders"
ROOT = "/notifications/v1"
FILTER = {"eventFilterType": "ORDER_CHANGE"}
SCOPE = "sellingpartnerapi::notifications"


def application_of(seller: SellerClient) -> SellerClient:
    """The seller's application on its own: its token is of no seller."""
    application = SellerClient(seller.client, seller.clock, seller.check)
    answer = application.token(grant_type="client_credentials", scope=SCOPE)
    application.headers = {"x-amz-access-token": answer.get_json()["access_token"]}
    return application


class Notifications:
    """One seller's application at the Notifications API, its queue, and the switches of the mock."""

    def __init__(self, seller: SellerClient) -> None:
        self.seller = seller
        self.application = application_of(seller)

    def make_destination(self, body: Any = None, arn: str = ARN) -> TestResponse:
        body = {"name": "orders", "resourceSpecification": {"sqs": {"arn": arn}}} if body is None else body
        return self.application.call("createDestination", "POST", f"{ROOT}/destinations", json=body)

    def destination(self, arn: str = ARN) -> str:
        return str(self.seller.payload(self.make_destination(arn=arn))["destinationId"])

    def destinations(self) -> TestResponse:
        return self.application.call("getDestinations", "GET", f"{ROOT}/destinations")

    def read_destination(self, destination: str) -> TestResponse:
        return self.application.call("getDestination", "GET", f"{ROOT}/destinations/{destination}")

    def drop_destination(self, destination: str) -> TestResponse:
        return self.application.call("deleteDestination", "DELETE", f"{ROOT}/destinations/{destination}")

    def subscribe(
        self, destination: str, kind: str = "ORDER_CHANGE", wishes: Any = FILTER, **more: Any
    ) -> TestResponse:
        body: dict[str, Any] = {"destinationId": destination, "payloadVersion": "1.0"}
        if wishes is not None:
            body["processingDirective"] = {"eventFilter": wishes}
        return self.seller.call(
            "createSubscription", "POST", f"{ROOT}/subscriptions/{kind}", json=body | more
        )

    def subscription(self, destination: str, **wishes: Any) -> str:
        answer = self.subscribe(destination, wishes=FILTER | wishes)
        return str(self.seller.payload(answer)["subscriptionId"])

    def read_subscription(self, kind: str = "ORDER_CHANGE", **query: str) -> TestResponse:
        path = f"{ROOT}/subscriptions/{kind}"
        return self.seller.call("getSubscription", "GET", path, query_string=query)

    def subscriptions(self, **query: Any) -> TestResponse:
        path = f"{ROOT}/subscriptions"
        return self.seller.call("getSubscriptions", "GET", path, query_string=query)

    def subscription_by_id(self, subscription: str, kind: str = "ORDER_CHANGE") -> TestResponse:
        path = f"{ROOT}/subscriptions/{kind}/{subscription}"
        return self.application.call("getSubscriptionById", "GET", path)

    def unsubscribe(self, subscription: str, kind: str = "ORDER_CHANGE") -> TestResponse:
        path = f"{ROOT}/subscriptions/{kind}/{subscription}"
        return self.application.call("deleteSubscriptionById", "DELETE", path)

    def send_test(self, body: Any, kind: str = "ORDER_CHANGE") -> TestResponse:
        path = f"{ROOT}/subscriptions/{kind}/testNotification"
        return self.application.call("sendTestNotification", "POST", path, json=body)

    def switch(self, destination: str = ARN, **wishes: Any) -> dict[str, Any]:
        return self.seller.sim("notifications/deliveries", {"destination": destination} | wishes)

    def take(self, destination: str = ARN, **wishes: Any) -> list[dict[str, Any]]:
        """Receive messages; they are hidden for a while, and not deleted."""
        body = {"destination": destination} | wishes
        messages: list[dict[str, Any]] = self.seller.sim("notifications/messages/receive", body)["messages"]
        return messages

    def delete(self, message: dict[str, Any], status: int = 204) -> None:
        answer = self.seller.client.delete(f"/_sim/notifications/messages/{message['receipt']}")
        assert answer.status_code == status, answer.get_json()

    def read(self, destination: str = ARN) -> list[dict[str, Any]]:
        """All messages that are there, taken out of the queue."""
        bodies = []
        while messages := self.take(destination):
            for message in messages:
                self.delete(message)
                bodies.append(json.loads(message["body"]))
        return bodies

    def published(self, destination: str = ARN) -> list[dict[str, Any]]:
        """The history of everything that was published, accepted or not, once all that is due was tried."""
        outgoing = self.seller.client.application.extensions["simulation"].vendor.volatile[OUTGOING]
        for _ in range(2):  # what fails, or is back, decides upon the next ones
            self.seller.client.get("/_sim/clock")
            outgoing.wait()
        path = "/_sim/notifications/messages"
        answer = self.seller.client.get(path, query_string={"destination": destination})
        return answer.get_json()["notifications"]  # type: ignore[no-any-return]

    def shown(self) -> dict[str, Any]:
        """The one destination as the state shows it."""
        (destination,) = self.seller.client.get("/_sim/state").get_json()["notifications"]["destinations"]
        return destination  # type: ignore[no-any-return]


def statuses(messages: list[dict[str, Any]]) -> list[str]:
    return [change(message)["Summary"]["OrderStatus"] for message in messages]


def change(message: dict[str, Any]) -> dict[str, Any]:
    return message["Payload"]["OrderChangeNotification"]  # type: ignore[no-any-return]
