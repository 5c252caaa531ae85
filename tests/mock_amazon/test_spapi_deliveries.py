"""Notifications on their way to a URL and to SQS: again and again until they are accepted."""

import http.server
import json
import sys
import threading

import boto3
import pytest
import requests
import responses
from moto.server import ThreadedMotoServer
from notification_tools import ARN, Notifications, statuses

from mock_amazon.notifications.deliveries import OUTGOING, sqs
from mock_amazon.notifications.deliveries.targets import Target, UnusableTarget, shown, target_of
from simkit import outgoing
from simkit.outgoing import NotAccepted
from simkit.serving import LiveServer

URL = "http://receiver.example/orders?key=hush"


@pytest.fixture
def pushed(amazon):
    """A subscription of SELLER-1 that goes to a URL."""
    notifications = Notifications(amazon)
    notifications.subscription(notifications.destination())
    notifications.switch(to=URL)
    return notifications


@pytest.fixture
def receiver():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def test_a_message_is_posted_as_json(amazon, pushed, receiver):
    receiver.post(URL, status=204)
    number = amazon.place()
    amazon.later(seconds=3)
    pushed.published()
    (call,) = receiver.calls
    assert call.request.headers["Content-Type"] == "application/json"
    body = json.loads(call.request.body)
    assert body["Payload"]["OrderChangeNotification"]["AmazonOrderId"] == number
    assert pushed.shown() | {"to": "http://receiver.example/orders", "delivered": 1} == pushed.shown()


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        ({"status": 500}, "HTTP 500"),
        ({"status": 302, "headers": {"Location": "http://elsewhere.example/"}}, "HTTP 302"),
        ({"body": requests.ConnectTimeout("key=hush")}, "no answer within 5 s"),
        ({"body": requests.ReadTimeout("key=hush")}, "no answer within 5 s"),
        ({"body": requests.ConnectionError("key=hush")}, "no connection"),
        ({"body": requests.exceptions.ChunkedEncodingError("key=hush")}, "ChunkedEncodingError"),
    ],
)
def test_what_is_not_accepted_is_noted_without_secrets(amazon, pushed, receiver, answer, result):
    receiver.post(URL, **answer)
    amazon.place()
    amazon.later(seconds=3)
    (notification,) = pushed.published()
    assert notification["state"] == "failed"
    assert notification["attempts"] == [{"at": "2026-03-01T09:00:03.000Z", "result": result}]
    assert len(receiver.calls) == 1
    assert "hush" not in amazon.client.get("/_sim/state").get_data(as_text=True)


def test_it_is_tried_again_after_longer_and_longer_pauses(amazon, pushed, receiver):
    receiver.post(URL, status=503)
    amazon.place()
    amazon.later(seconds=3)
    for pause in (5, 10, 20, 40):
        pushed.published()
        tried = len(receiver.calls)
        amazon.later(seconds=pause - 1)
        pushed.published()
        assert len(receiver.calls) == tried
        amazon.later(seconds=1)
        pushed.published()
        assert len(receiver.calls) == tried + 1
    receiver.replace(responses.POST, URL, status=200)
    amazon.later(hours=1)
    (notification,) = pushed.published()
    assert notification["state"] == "delivered"
    assert [each["result"] for each in notification["attempts"]] == ["HTTP 503"] * 5 + ["accepted"]


def test_a_receiver_that_was_down_is_asked_once_for_all_that_waits(amazon, pushed, receiver):
    receiver.post(URL, status=503)
    for _ in range(3):
        amazon.place()
    amazon.later(seconds=3)
    assert [len(each["attempts"]) for each in pushed.published()] == [1, 1, 1]
    # Who skips a week does not make up for the attempts that fell into it.
    amazon.later(days=7)
    pushed.published()
    assert len(receiver.calls) == 4
    receiver.replace(responses.POST, URL, status=200)
    amazon.later(hours=1)
    assert {each["state"] for each in pushed.published()} == {"delivered"}
    assert len(receiver.calls) == 7


def test_the_longest_pause_is_an_hour(amazon, pushed, receiver):
    receiver.post(URL, status=503)
    amazon.place()
    for _ in range(70):
        amazon.later(hours=1)
        (notification,) = pushed.published()
    assert len(receiver.calls) == 70
    assert len(notification["attempts"]) == 50


def test_another_target_gets_at_once_what_is_in_arrears(amazon, pushed, receiver):
    receiver.post(URL, status=503)
    amazon.place()
    amazon.later(seconds=3)
    pushed.published()
    pushed.switch(delay="1m")
    amazon.place()
    assert pushed.switch(to="pull") | {"queued": 1, "delivered": 1, "waiting": 1} == pushed.shown()
    amazon.later(minutes=1)
    assert len(pushed.read()) == 2


def test_a_change_stands_whatever_becomes_of_its_notification(amazon, pushed, receiver):
    receiver.post(URL, status=500)
    number = amazon.place()
    amazon.later(seconds=10)
    amazon.sim(f"orders/{number}/confirm", {})
    assert amazon.state(number)["status"] == "Unshipped"


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("pull", Target("pull")),
        ("http://127.0.0.1:9/x", Target("push", "http://127.0.0.1:9/x")),
        ("https://host/x?y=z", Target("push", "https://host/x?y=z")),
        (
            "https://sqs.eu-west-1.amazonaws.com/123456789012/q",
            Target("sqs", "https://sqs.eu-west-1.amazonaws.com/123456789012/q", "eu-west-1"),
        ),
        (
            "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/q",
            Target("sqs", "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/q", "cn-north-1"),
        ),
        (
            "sqs+http://127.0.0.1:5000/123456789012/q",
            Target("sqs", "http://127.0.0.1:5000/123456789012/q"),
        ),
    ],
)
def test_targets_are_told_apart(text, target):
    assert target_of(text) == target


@pytest.mark.parametrize("text", ["", "push", "//host", "http://[", "file:///etc/passwd", "http://a\\b"])
def test_what_is_no_target_is_refused(text):
    with pytest.raises(UnusableTarget):
        target_of(text)


def test_a_query_is_not_shown():
    assert shown(URL) == "http://receiver.example/orders"


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.bodies.append(json.loads(body))
        if self.server.ask:
            self.server.answers.append(self.server.ask())
        self.send_response(self.server.statuses.pop(0))
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def real_receiver():
    with http.server.HTTPServer(("127.0.0.1", 0), Receiver) as server:
        server.bodies, server.statuses = [], [500, 200, 202, 204]
        server.ask, server.answers = None, []
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.sockets
def test_a_real_receiver_is_called(amazon, pushed, real_receiver):
    pushed.switch(to=f"http://127.0.0.1:{real_receiver.server_port}/orders")
    number = amazon.place()
    amazon.later(minutes=1)
    pushed.published()
    amazon.sim(f"orders/{number}/confirm", {})
    amazon.later(minutes=1)
    pushed.published()
    assert statuses(real_receiver.bodies) == ["Pending", "Pending", "Unshipped"]


@pytest.mark.sockets
def test_a_receiver_may_ask_the_mock_before_it_accepts(amazon, pushed, real_receiver):
    """Connectors read the order as soon as they are told of it."""
    with LiveServer(amazon.client.application) as server:
        real_receiver.ask = lambda: requests.get(f"{server.url}/_sim/health", timeout=3).status_code
        pushed.switch(to=f"http://127.0.0.1:{real_receiver.server_port}/orders")
        amazon.place()
        requests.post(f"{server.url}/_sim/clock", json={"advance": "1m"}, timeout=3).raise_for_status()
        amazon.client.application.extensions["simulation"].vendor.volatile[OUTGOING].wait()
    assert real_receiver.answers == [200]


def test_an_attempt_that_died_with_the_mock_is_made_again(amazon, pushed, receiver):
    receiver.post(URL, status=200)
    amazon.place()
    amazon.later(seconds=3)
    amazon.client.get("/_sim/clock")
    outgoing = amazon.client.application.extensions["simulation"].vendor.volatile[OUTGOING]
    outgoing.wait()
    outgoing.reset()  # what a new process knows of it
    amazon.later(seconds=5)
    assert [each["state"] for each in pushed.published()] == ["delivered"]
    assert len(receiver.calls) == 2


def test_a_receiver_that_takes_its_time_gets_a_message_once(amazon, pushed, receiver):
    go_on = threading.Event()
    receiver.add_callback(responses.POST, URL, lambda _request: (200 if go_on.wait(10) else 500, {}, ""))
    amazon.place()
    for seconds in (3, 6):  # its second attempt is due while the first one is made
        amazon.later(seconds=seconds)
        amazon.client.get("/_sim/clock")
    go_on.set()
    pushed.published()
    amazon.later(seconds=60)
    assert [each["state"] for each in pushed.published()] == ["delivered"]
    assert len(receiver.calls) == 1


@pytest.mark.sockets
def test_a_port_where_nobody_listens_is_noted(amazon, pushed):
    pushed.switch(to="http://127.0.0.1:9/orders")
    amazon.place()
    amazon.later(seconds=3)
    assert [each["result"] for each in pushed.published()[0]["attempts"]] == ["no connection"]


@pytest.mark.sockets
def test_a_call_waits_no_longer_than_it_may(monkeypatch):
    import socket

    monkeypatch.setattr(outgoing, "TIMEOUT", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(NotAccepted, match="no answer"):
            outgoing.post(f"http://127.0.0.1:{port}/", b"{}", {})


@pytest.fixture
def sqs_server(monkeypatch):
    """A local SQS with an empty queue ``orders``: a client of it, and the queue's URL."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    client = boto3.client("sqs", region_name="us-east-1", endpoint_url=f"http://{host}:{port}")
    try:
        requests.post(f"http://{host}:{port}/moto-api/reset", timeout=10).raise_for_status()
        yield client, client.create_queue(QueueName="orders")["QueueUrl"]
    finally:
        client.close()
        server.stop()


@pytest.mark.sockets
def test_a_queue_of_sqs_gets_every_status(amazon, sqs_server):
    client, queue_url = sqs_server
    notifications = Notifications(amazon)
    notifications.subscription(notifications.destination())
    assert notifications.switch(to=f"sqs+{queue_url}")["to"] == f"sqs+{queue_url}"
    number = amazon.place()
    amazon.sim(f"orders/{number}/confirm", {})
    amazon.later(minutes=1)
    assert {each["state"] for each in notifications.published()} == {"delivered"}
    received = client.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10)["Messages"]
    assert sorted(statuses([json.loads(each["Body"]) for each in received])) == ["Pending", "Unshipped"]


@pytest.mark.sockets
def test_a_queue_that_is_not_there_is_noted(amazon, sqs_server):
    _, queue_url = sqs_server
    notifications = Notifications(amazon)
    notifications.subscription(notifications.destination())
    notifications.switch(to=f"sqs+{queue_url}-gone")
    amazon.place()
    amazon.later(minutes=1)
    (attempt,) = notifications.published()[0]["attempts"]
    assert attempt["result"].startswith("SQS: ")
    assert "NonExistentQueue" in attempt["result"]


@pytest.mark.sockets
def test_sqs_without_server_or_credentials_is_noted(monkeypatch, tmp_path):
    url = "http://127.0.0.1:9/123456789012/orders"
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with pytest.raises(NotAccepted, match="SQS: EndpointConnectionError"):
        sqs.send(url, "us-east-1", "{}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    with pytest.raises(NotAccepted, match="SQS: NoCredentialsError"):
        sqs.send(url, "us-east-1", "{}")


def test_without_boto3_sqs_is_refused_with_a_hint(amazon, pushed, monkeypatch):
    monkeypatch.setitem(sys.modules, "boto3", None)
    monkeypatch.setattr(sqs, "find_spec", lambda _: None)
    to = "https://sqs.us-east-1.amazonaws.com/123456789012/orders"
    amazon.refused("notifications/deliveries", {"destination": ARN, "to": to}, "channelsim[sqs]")
    with pytest.raises(NotAccepted, match="channelsim"):
        sqs.send(to, "us-east-1", "{}")
