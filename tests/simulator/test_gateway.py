"""The gateway: TLS for Amazon's hosts, plain HTTP for the mock, and nothing for anybody else."""

import os
import queue
import signal
import socket
import ssl
import stat
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import requests
import trustme
from click.testing import CliRunner
from flask import Flask, Response, request

import mock_amazon
from mock_amazon import defaults
from simkit.clock import VirtualClock
from simkit.program import ServerConfig
from simkit.serving import LiveServer
from simulator.cli import main
from simulator.gateway import authority
from simulator.gateway.authority import AuthorityUnusable, authority_in
from simulator.gateway.hosts import host_of
from simulator.gateway.proxy import AT_ONCE, Gateway

NA = "sellingpartnerapi-na.amazon.com"
START = datetime(2026, 3, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "host",
    [
        "api.amazon.com",
        "api.amazon.co.uk",
        "api.amazon.co.jp",
        *(
            f"{mode}sellingpartnerapi-{region}.amazon.com"
            for mode in ("", "sandbox.")
            for region in ("na", "eu", "fe")
        ),
    ],
)
def test_hosts_that_are_amazons(host):
    assert host_of(f"{host}:443") == host
    assert host_of(f"{host.upper()}:443") == host


@pytest.mark.parametrize(
    "asked",
    [
        *("example.com:443", "amazon.com:443", ".amazon.com:443", "amazon.com.example.com:443"),
        *("evilamazon.com:443", "a.b.amazon.com:443", f"{NA}:80", f"{NA}:22", NA, f"{NA}:", "", ":443"),
        *(
            "127.0.0.1:443",
            "localhost:443",
            "[::1]:443",
            "169.254.169.254:443",
            f"user@{NA}:443",
            f"{NA}:443 ",
            f"a/{NA}:443",
        ),
    ],
)
def test_hosts_that_are_not(asked):
    assert host_of(asked) is None


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_authority_is_made_once_and_for_its_user_alone(tmp_path):
    folder = tmp_path / "new" / "ca"
    made = authority_in(folder)
    assert (mode(folder), mode(folder / "ca-key.pem")) == (0o700, 0o600)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert set(before) == {"ca.pem", "ca-key.pem"}
    assert authority_in(folder).certificate == made.certificate
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert [path.name for path in folder.parent.iterdir()] == ["ca"]


def test_the_key_is_never_readable_for_others_however_open_the_umask_is(tmp_path, monkeypatch):
    seen, real = [], os.fdopen

    def watching(number, *arguments):
        seen.append(stat.S_IMODE(os.fstat(number).st_mode))  # before the first byte
        return real(number, *arguments)

    monkeypatch.setattr(os, "fdopen", watching)
    before = os.umask(0)
    try:
        authority_in(tmp_path / "ca")
    finally:
        os.umask(before)
    assert seen[0] == 0o600
    assert mode(tmp_path / "ca") == 0o700


def test_an_empty_folder_that_is_there_is_filled(tmp_path):
    (tmp_path / "ca").mkdir(mode=0o700)
    assert authority_in(tmp_path / "ca").certificate.exists()


@pytest.mark.parametrize("name", ["", "ca-key.pem"])
def test_an_authority_that_others_may_read_is_refused(tmp_path, name):
    folder = tmp_path / "ca"
    authority_in(folder)
    (folder / name).chmod(0o750)
    with pytest.raises(AuthorityUnusable, match="open to other users"):
        authority_in(folder)


@pytest.mark.parametrize("spoil", ["other key", "no key", "no certificate", "rubbish", "stranger"])
def test_an_authority_that_is_spoilt_is_refused_and_left_alone(tmp_path, spoil):
    folder = tmp_path / "ca"
    authority_in(folder)
    if spoil == "other key":
        (folder / "ca-key.pem").write_bytes(trustme.CA().private_key_pem.bytes())
    elif spoil == "no key":
        (folder / "ca-key.pem").unlink()
    elif spoil == "no certificate":
        (folder / "ca.pem").unlink()
    elif spoil == "rubbish":
        (folder / "ca.pem").write_text("rubbish")
    else:
        for file in folder.iterdir():
            file.rename(folder / f"{file.name}.old")
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    with pytest.raises(AuthorityUnusable, match="ca"):
        authority_in(folder)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_of_two_that_make_it_at_once_one_wins(tmp_path, monkeypatch):
    folder, real, made = tmp_path / "ca", authority._make, []

    def slow(wanted):
        real(wanted)  # another gateway was quicker
        made.append((folder / "ca.pem").read_bytes())
        real(wanted)

    monkeypatch.setattr(authority, "_make", slow)
    assert authority_in(folder).certificate.read_bytes() == made[0]
    assert [path.name for path in tmp_path.iterdir()] == ["ca"]


@pytest.fixture(scope="module")
def trusted(tmp_path_factory):
    return authority_in(tmp_path_factory.mktemp("gateway") / "ca")


class Client:
    """Who uses a gateway, as a library would and by hand."""

    def __init__(self, gateway, trusted):
        self.url, self.port = gateway.url, int(gateway.url.rpartition(":")[2])
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.proxies = {"https": gateway.url}
        self.session.verify = str(trusted.certificate)
        self.trust = ssl.create_default_context(cafile=trusted.certificate)

    def get(self, path, host=NA, **more):
        return self.session.get(f"https://{host}{path}", timeout=10, **more)

    def raw(self, text):
        """What the gateway answers to these bytes, to the end."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            line.sendall(text)
            return b"".join(iter(lambda: line.recv(65536), b""))

    @contextmanager
    def tunnel(self, host=NA):
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as line:
            line.sendall(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode())
            assert line.recv(65536).startswith(b"HTTP/1.1 200")
            with self.trust.wrap_socket(line, server_hostname=host) as inside:
                yield inside

    def say(self, text, host=NA):
        """What comes back through a tunnel, to the end."""
        with self.tunnel(host) as line:
            line.sendall(text)
            return b"".join(iter(lambda: line.recv(65536), b""))


def echo():
    """A server that tells what arrived, in several ways of framing."""
    app = Flask("echo")

    @app.route("/<kind>", methods=["GET", "POST", "HEAD", "PUT"])
    def tell(kind):
        body = request.get_data()
        told = (
            f"{request.method} {request.full_path} {request.host} {len(body)} {request.headers.get('X-Odd')}"
        )
        if kind == "chunked":
            return Response((part for part in (told, "-", "x" * 300_000)), headers={"X-Odd-Case": "kept"})
        return Response(status=204) if kind == "none" else Response(told)

    return app


@contextmanager
def running(app, trusted, **more):
    told = queue.SimpleQueue()
    with (
        LiveServer(app) as server,
        Gateway(trusted, (server.host, server.port), tell=told.put, **more) as gateway,
    ):
        client = Client(gateway, trusted)
        client.told, client.mock = told, server.url
        with client.session:
            yield client


@pytest.fixture
def client(trusted):
    with running(echo(), trusted) as client:
        yield client


@pytest.mark.sockets
@pytest.mark.parametrize(
    "host", [NA, "sellingpartnerapi-eu.amazon.com", f"sandbox.{NA}", "api.amazon.com", "api.amazon.co.jp"]
)
def test_a_request_arrives_under_the_host_that_was_asked_for(client, host):
    answer = client.get("/plain?a=1%2C2", host, headers={"X-Odd": "kept"})
    assert answer.text == f"GET /plain?a=1%2C2 {host} 0 kept"


@pytest.mark.sockets
def test_bodies_of_all_framings_pass_over_one_connection(client):
    assert (
        client.session.post(f"https://{NA}/plain", data=b"x" * 3_000_000, timeout=10).text.split()[3]
        == "3000000"
    )
    parts = (b"y" * 70_000 for _ in range(9))
    assert client.session.post(f"https://{NA}/plain", data=parts, timeout=10).text.split()[3] == "630000"
    chunked = client.get("/chunked")
    assert chunked.text.endswith("-" + "x" * 300_000)
    assert chunked.headers["X-Odd-Case"] == "kept"
    assert client.get("/none").status_code == 204
    head = client.session.head(f"https://{NA}/plain", timeout=10)
    assert (head.status_code, head.text) == (200, "")
    assert client.get("/plain").status_code == 200


@pytest.mark.sockets
def test_requests_that_are_sent_ahead_are_answered_in_order(client):
    ahead = b"".join(f"GET /plain?n={n} HTTP/1.1\r\nHost: x\r\n\r\n".encode() for n in range(3))
    answer = client.say(ahead + b"GET /plain?n=3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert [answer.count(f"n={n} {NA}".encode()) for n in range(4)] == [1, 1, 1, 1]


@pytest.mark.sockets
def test_a_client_that_waits_before_its_body(client):
    with client.tunnel() as line:
        line.sendall(b"POST /plain HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        assert line.recv(65536).startswith(b"HTTP/1.1 100")
        line.sendall(b"{}")
        assert line.recv(65536).startswith(b"HTTP/1.1 200")


@pytest.mark.sockets
@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            b"not both",
        ),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde", b"no HTTP"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n", b"no HTTP"),
        (b"GET /plain HTTP/1.1\r\nHost: x\r\nX-A: 1\r\n Content-Length: 9\r\nX: \x00\r\n\r\n", b"no HTTP"),
        (b"GET /plain HTTP/1.1\r\nContent-Length : 4\r\nHost: x\r\n\r\n", b"no HTTP"),
        (b"GET http://127.0.0.1/_sim/state HTTP/1.1\r\nHost: x\r\n\r\n", b"names a path"),
        (b"CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n", b"names a path"),
        (b"GET /plain HTTP/1.1\r\n\r\n", b"no HTTP"),
        (b"\x16\x03\x01 not HTTP at all\r\n\r\n", b"no HTTP"),
        (b"GET /" + b"x" * 30_000 + b" HTTP/1.1\r\n\r\n", b"no HTTP"),
    ],
    ids=[
        "both lengths",
        "two lengths",
        "odd coding",
        "nul",
        "blank",
        "absolute",
        "connect",
        "no host",
        "rubbish",
        "huge",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(client, text, why):
    answer = client.say(text)
    assert answer.startswith((b"HTTP/1.1 4", b"HTTP/1.1 501 "))
    assert why in answer


@pytest.mark.sockets
def test_a_request_cannot_name_another_host(client):
    told = client.say(b"GET /plain HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    assert NA.encode() in told
    assert b"localhost" not in told


@pytest.mark.sockets
@pytest.mark.parametrize("asked", ["example.com:443", f"{NA}:80", "127.0.0.1:22", "localhost:443"])
def test_other_hosts_are_refused_with_a_clear_text(client, asked):
    answer = client.raw(f"CONNECT {asked} HTTP/1.1\r\nHost: {asked}\r\n\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 403")
    assert asked.encode() in answer
    assert b"NO_PROXY" in answer


@pytest.mark.sockets
@pytest.mark.parametrize(
    ("text", "status"),
    [
        (b"GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\n\r\n", b"405"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", b"405"),
        (b"rubbish\r\n\r\n", b"400"),
        (b"CONNECT \xff\xfe:443 HTTP/1.1\r\nHost: x\r\n\r\n", b"400"),
    ],
)
def test_what_is_no_tunnel_is_refused(client, text, status):
    assert client.raw(text).startswith(b"HTTP/1.1 " + status)


@pytest.mark.sockets
@pytest.mark.parametrize(
    ("url", "answer"),
    [
        (f"https://{NA}/plain?a=1", f"GET /plain?a=1 {NA} 0".encode()),
        (f"https://sandbox.{NA}:443/plain", f"sandbox.{NA} 0".encode()),
        ("https://example.com/plain", b"403"),
        ("https://localhost/_sim/state", b"403"),
        (f"https://{NA}:8080/plain", b"403"),
        (f"https://user@{NA}/plain", b"403"),
        (f"http://{NA}/plain", b"405"),
        ("https://[::1/plain", b"403"),
    ],
)
def test_a_client_that_asks_for_https_without_a_tunnel(client, url, answer):
    """As axios 1.7 does, which is how @scaleleap/selling-partner-api-sdk goes through a proxy."""
    told = client.raw(f"GET {url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert answer in told.replace(b"HTTP/1.1 200", b"")


@pytest.mark.sockets
def test_who_runs_it_is_told_of_a_client_without_trust(trusted, tmp_path):
    with running(echo(), trusted) as client:
        client.session.verify = str(authority_in(tmp_path / "other").certificate)
        with pytest.raises(requests.exceptions.SSLError):
            client.get("/plain")
        assert NA in client.told.get(timeout=10)


@pytest.mark.sockets
def test_a_mock_that_is_not_there_is_a_502(trusted):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with Gateway(trusted, ("127.0.0.1", port)) as gateway:
        client = Client(gateway, trusted)
        with client.session:
            answer = client.get("/plain")
    assert answer.status_code == 502
    assert "is the mock running?" in answer.text


@pytest.mark.sockets
def test_too_many_at_once_are_refused(client):
    lines = [socket.create_connection(("127.0.0.1", client.port), timeout=10) for _ in range(AT_ONCE)]
    try:
        assert client.raw(b"CONNECT x:443 HTTP/1.1\r\nHost: x\r\n\r\n").startswith(b"HTTP/1.1 503")
    finally:
        for line in lines:
            line.close()


@pytest.mark.sockets
def test_it_stops_with_open_tunnels(trusted):
    with running(echo(), trusted) as client:
        tunnel = client.tunnel()
        line = tunnel.__enter__()
        line.sendall(b"GET /plain HTTP/1.1\r\n")
        tunnels = [tunnel, line]
    assert tunnels[1].recv(100) == b""
    tunnels[1].close()
    tunnels[0].__exit__(None, None, None)


@pytest.fixture
def seller(trusted):
    """A seller's client of the mock, through the gateway."""
    with running(mock_amazon.create_app(ServerConfig(clock=VirtualClock(START))), trusted) as client:
        form = {"grant_type": "refresh_token", "refresh_token": defaults.REFRESH_TOKEN}
        secret = {"client_id": defaults.CLIENT_ID, "client_secret": defaults.CLIENT_SECRET}
        answer = client.session.post("https://api.amazon.com/auth/o2/token", data=form | secret, timeout=10)
        client.session.headers["x-amz-access-token"] = answer.json()["access_token"]
        yield client


@pytest.mark.sockets
def test_the_mock_answers_as_amazon(seller):
    answer = seller.get("/sellers/v1/marketplaceParticipations")
    assert answer.json()["payload"][0]["marketplace"]["id"] == "ATVPDKIKX0DER"
    assert answer.headers["x-amzn-RequestId"]


@pytest.mark.sockets
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", NA])
@pytest.mark.parametrize("path", ["/_sim/state", "/_sim/health", "/orders-v3", "//_sim/state"])
def test_the_control_api_and_the_pages_cannot_be_reached_through_it(seller, path, host):
    request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    answer = seller.say(request.encode())
    assert not answer.startswith(b"HTTP/1.1 2")


@pytest.mark.sockets
@pytest.mark.parametrize("kind", ["commit_then_drop", "drop_before_commit"])
def test_an_answer_that_is_lost_is_lost_through_it_too(seller, kind):
    fault = {"at": "getMarketplaceParticipations", "kind": kind}
    assert requests.post(f"{seller.mock}/_sim/faults", json=fault, timeout=10).ok
    with pytest.raises(requests.ConnectionError):
        seller.get("/sellers/v1/marketplaceParticipations")
    assert seller.get("/sellers/v1/marketplaceParticipations").status_code == 200


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--amazon", "https://127.0.0.1:8081"], "http://HOST:PORT"),
        (["--amazon", "http://127.0.0.1:8081/sandbox"], "http://HOST:PORT"),
        (["--amazon", "http://127.0.0.1:99999"], "no address"),
        (["--amazon", "nonsense"], "http://HOST:PORT"),
    ],
)
def test_the_command_line_tells_what_is_wrong(tmp_path, arguments, why):
    told = CliRunner().invoke(main, ["gateway", "--port", "0", "--ca", str(tmp_path / "ca"), *arguments])
    assert told.exit_code == 2
    assert why in told.output


@pytest.mark.sockets
def test_the_command_says_what_a_client_needs_and_stops_when_told(tmp_path):
    with LiveServer(echo()) as server:
        command = [sys.executable, "-m", "simulator", "gateway", "--amazon", server.url, "--port", "0"]
        with subprocess.Popen(
            [*command, "--ca", str(tmp_path / "ca")], stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                told = [process.stdout.readline().strip() for _ in range(6)]
                variables = dict(line.split("=", 1) for line in told if "=" in line)
                with requests.Session() as session:
                    session.trust_env = False
                    session.proxies = {"https": variables["HTTPS_PROXY"]}
                    answer = session.get(
                        f"https://{NA}/plain", verify=variables["REQUESTS_CA_BUNDLE"], timeout=30
                    )
                assert NA in answer.text
                process.send_signal(signal.SIGINT)
                assert process.wait(timeout=30) == 0
            finally:
                process.kill()
    assert {variables["SSL_CERT_FILE"], variables["NODE_EXTRA_CA_CERTS"]} == {str(tmp_path / "ca" / "ca.pem")}
