"""The static sandbox: how a request chooses it and its case, and which model files can be used."""

import json

import pytest
from amazon_seller import assert_spapi_error
from click.testing import CliRunner

from mock_amazon import create_app
from mock_amazon.sandbox.cases import Asked, Case, Operation, in_order
from mock_amazon.sandbox.option import sandbox_models_option
from mock_amazon.sandbox.reading import UnusableModel, read_models
from simkit.clock import VirtualClock
from simkit.program import ServerConfig, server_command
from simkit.serving import PortInUse

NO_MATCH = "Could not match input arguments"
STATIC = "x-amzn-api-sandbox"


def case(response, **values):
    """A case as it stands in a model; a value of ... is a parameter without one."""
    wanted = {name: {} if value is ... else {"value": value} for name, value in values.items()}
    return {"request": {"parameters": wanted}, "response": response}


def responses(**cases):
    """Responses by status, each with its cases."""
    return {status[1:]: {STATIC: {"static": list(each)}} for status, each in cases.items()}


MODEL = {
    "swagger": "2.0",
    "basePath": "/shelf/",
    "paths": {
        "/v1/books": {
            "parameters": [{"$ref": "#/parameters/kinds"}],
            "get": {
                "operationId": "getBooks",
                "parameters": [
                    {"name": "large", "in": "query", "type": "boolean"},
                    {"name": "x-locale", "in": "header"},
                ],
                "responses": {
                    **responses(
                        s200=[
                            case("any", kinds=...),
                            case("one", kinds=["a"]),
                            case("two", kinds=["a", "b"]),
                            case("large", kinds=["a"], large=True, pages=10),
                            case("local", **{"x-locale": "de"}),
                        ],
                    ),
                    "400": {"$ref": "#/responses/bad"},
                    "default": {"description": "anything else"},
                },
            },
            "post": {
                "parameters": [{"name": "wish", "in": "body"}],
                "responses": responses(
                    s201=[case({"kept": 1.0}, wish={"title": "A", "pages": [{"n": 1}]}), case(None, wish={})],
                    s204=[case({"never": "sent"}, wish={"flag": True})],
                    s400=[case({}, wish={"title": "A", "pages": [{"n": 1}], "flag": True})],
                ),
            },
        },
        "/v1/books/{book-id}/{part}": {
            "delete": {
                "operationId": "deletePart",
                "responses": responses(s200=[case({"gone": True}, **{"book-id": "B 1", "part": 2})]),
            },
            "x-amzn-api-sandbox-only": True,
        },
        "/v1/moving": {"get": {STATIC: {"dynamic": {}}, "operationId": "move", "responses": {}}},
        "/v1/bare": {"get": {"responses": {"200": {"description": "no cases"}}}},
    },
    "parameters": {"kinds": {"name": "kinds", "in": "query", "type": "array"}},
    "responses": {"bad": {STATIC: {"static": [case({"errors": []}, kinds=["bad"])]}}},
}


@pytest.fixture
def folder(tmp_path):
    models = tmp_path / "models"
    (models / "below").mkdir(parents=True)
    (models / "below" / "shelf.json").write_text(json.dumps(MODEL))
    (models / "schema.json").write_text('{"type": "object"}')
    (models / "notes.txt").write_text("not a model")
    return models


class Sandbox:
    """A server with that sandbox, and a seller's token for it."""

    def __init__(self, folder):
        self.clock = VirtualClock()
        self.client = create_app(ServerConfig(clock=self.clock), read_models(folder)).test_client()
        form = {"grant_type": "refresh_token", "refresh_token": "Atzr|sim-main-us"}
        secret = {"client_id": "amzn1.application-oa2-client.sim", "client_secret": "sim-secret"}
        token = self.client.post("/auth/o2/token", data=form | secret).get_json()["access_token"]
        self.headers = {"x-amz-access-token": token}

    def __call__(self, method, path, *, headers=None, **more):
        given = self.headers if headers is None else headers
        return self.client.open(path, method=method, headers=given, **more)

    def books(self, query="", **headers):
        return self("GET", f"/sandbox/shelf/v1/books{query}", headers=self.headers | headers)


@pytest.fixture
def sandbox(folder):
    return Sandbox(folder)


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ("", "any"),
        ("?kinds=z&more=1", "any"),
        ("?kinds=a", "one"),
        ("?kinds=a&MarketplaceIds=X", "one"),
        ("?kinds=a,b", "two"),
        ("?kinds=a%2Cb", "two"),
        ("?kinds=a&kinds=b", "two"),
        ("?kinds=b,a", "any"),
        ("?kinds=a&large=true&pages=10", "large"),
        ("?kinds=a&large=1&pages=10", "one"),
    ],
)
def test_the_case_that_lists_most_of_the_query_is_meant(sandbox, query, answer):
    assert sandbox.books(query).get_json() == answer


def test_cases_of_headers_and_of_a_referenced_response(sandbox):
    assert sandbox.books(**{"X-Locale": "de"}).get_json() == "local"
    bad = sandbox.books("?kinds=bad")
    assert (bad.status_code, bad.get_json()) == (400, {"errors": []})


@pytest.mark.parametrize(
    ("body", "status", "answer"),
    [
        ({"title": "A", "pages": [{"n": 1, "more": 2}], "MarketplaceIds": ["X"]}, 201, b'{"kept":1.0}'),
        ({"title": "A", "pages": [{"n": 1}, {"n": 2}]}, 201, b""),
        ({"title": "A", "pages": [{"n": 1}], "flag": True}, 400, b"{}"),
        ({"flag": True}, 204, b""),
        ({"flag": 1}, 201, b""),
    ],
    ids=["with more", "a longer list", "the whole", "no content", "one is not true"],
)
def test_the_case_that_lists_most_of_the_body_is_meant(sandbox, body, status, answer):
    given = sandbox("POST", "/sandbox/shelf/v1/books", json=body)
    assert (given.status_code, given.data) == (status, answer)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[]", b'"text"', b"[" * 5000])
def test_a_body_that_is_no_object_fits_no_case_with_a_body(sandbox, body):
    answer = sandbox("POST", "/sandbox/shelf/v1/books", data=body)
    error = assert_spapi_error(answer, 400, "InvalidInput", NO_MATCH)
    assert error["details"] == "The nearest case differs in wish."


def test_parameters_of_the_path_have_the_vendors_names(sandbox):
    assert sandbox("DELETE", "/sandbox/shelf/v1/books/B%201/2").get_json() == {"gone": True}
    missed = sandbox("DELETE", "/sandbox/shelf/v1/books/secret/2")
    error = assert_spapi_error(missed, 400, "InvalidInput", NO_MATCH)
    assert error["details"] == "The nearest case differs in book-id."


@pytest.mark.parametrize(
    ("path", "details"),
    [("moving", "dynamic sandbox"), ("bare", "no static case")],
)
def test_an_operation_without_static_cases_says_so(sandbox, path, details):
    assert_spapi_error(sandbox("GET", f"/sandbox/shelf/v1/{path}"), 400, "InvalidInput", NO_MATCH, details)


def test_what_is_in_no_model_is_not_there(sandbox):
    assert_spapi_error(sandbox("GET", "/sandbox/orders/v0/orders"), 403, "Unauthorized")
    assert sandbox("PATCH", "/sandbox/shelf/v1/books").status_code == 403


@pytest.mark.parametrize("path", ["../below/shelf.json", "..%2f..%2fetc%2fpasswd", "below/shelf.json"])
def test_no_path_leads_to_a_file(sandbox, path):
    assert sandbox("GET", f"/sandbox/{path}").status_code == 403
    assert sandbox("GET", f"/sandbox/shelf/v1/{path}").status_code == 403


@pytest.mark.parametrize("host", ["sandbox.sellingpartnerapi-na.amazon.com", "SANDBOX.localhost:8081"])
def test_a_sandbox_host_chooses_the_sandbox(sandbox, host):
    answer = sandbox("GET", "/shelf/v1/books?kinds=a", base_url=f"http://{host}")
    assert answer.get_json() == "one"
    assert sandbox("GET", "/sandbox/shelf/v1/books", base_url=f"http://{host}").get_json() == "any"


def test_a_sandbox_host_has_the_same_login(sandbox):
    answer = sandbox("POST", "/auth/o2/token", base_url="http://sandbox.localhost", data={})
    assert answer.get_json()["error"] == "invalid_request"


@pytest.mark.parametrize("host", ["sellingpartnerapi-na.amazon.com", "andbox.sellingpartnerapi-na"])
def test_any_other_host_is_the_stateful_mode(sandbox, host):
    answer = sandbox("GET", "/sellers/v1/marketplaceParticipations", base_url=f"http://{host}")
    assert answer.status_code == 200


def test_without_models_there_is_no_sandbox(amazon):
    path = "/sellers/v1/marketplaceParticipations"
    assert_spapi_error(amazon.client.get(f"/sandbox{path}", headers=amazon.headers), 403, "Unauthorized")
    host = "http://sandbox.sellingpartnerapi-na.amazon.com"
    assert amazon.client.get(path, headers=amazon.headers, base_url=host).status_code == 200


def test_the_sandbox_needs_a_token_too(sandbox):
    answer = sandbox("GET", "/sandbox/shelf/v1/books", headers={})
    assert_spapi_error(answer, 403, "Unauthorized", details="missing")


def test_five_a_second_and_fifteen_at_once(sandbox):
    for _ in range(15):
        answer = sandbox.books()
        assert answer.headers["x-amzn-RateLimit-Limit"] == "5.0"
    assert_spapi_error(sandbox.books(), 429, "QuotaExceeded")
    assert sandbox("DELETE", "/sandbox/shelf/v1/books/B%201/2").status_code == 200
    sandbox.clock.sleep(0.2)
    assert sandbox.books().status_code == 200
    assert sandbox.books().status_code == 429


def test_the_journal_and_faults_know_the_sandbox(sandbox):
    sandbox("POST", "/_sim/faults", json={"at": "sandbox.getBooks", "kind": "status", "status": 503})
    assert_spapi_error(sandbox.books(), 503, "ServiceUnavailable")
    assert sandbox.books().status_code == 200
    counts = sandbox("GET", "/_sim/journal").get_json()["counts"]
    assert counts["sandbox.getBooks"] == 2


def test_of_cases_that_list_the_same_the_success_is_meant():
    both = in_order([Case(400, {}, b"bad"), Case(200, {}, b"good")])
    meant = Operation("op", "GET", "/", both).meant(Asked({}, {}, {}))
    assert meant is not None
    assert meant.body == b"good"


def test_files_that_are_no_models_are_told(folder):
    (folder / "again.json").write_text(json.dumps(MODEL))
    notes = "\n".join(read_models(folder).notes)
    assert "schema.json is no Swagger 2.0 model" in notes
    assert "shelf.json: GET /shelf/v1/books is in an earlier file" in notes
    assert "notes.txt" not in notes


def broken(**changes):
    return json.dumps({"swagger": "2.0", "paths": {"/x": {"get": {"responses": {}, **changes}}}})


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "broken.json is not JSON"),
        ('{"swagger": "2.0", "paths": []}', "at paths: list instead of an object"),
        (broken(parameters={}), "at GET /x: dict instead of a list"),
        (broken(parameters=[{"$ref": "#/parameters/y"}]), "at GET /x: '#/parameters/y' leads nowhere"),
        (broken(responses={"200": {STATIC: {"static": [7]}}}), "at GET /x 200: int instead of an object"),
        (broken(responses={"ok": {STATIC: {"static": [{}]}}}), "at GET /x ok: 'ok' is no status"),
    ],
)
def test_a_broken_file_is_named_with_the_place_in_it(folder, content, why):
    (folder / "broken.json").write_text(content)
    with pytest.raises(UnusableModel) as refused:
        read_models(folder)
    assert str(folder / "broken.json") in str(refused.value)
    assert why in str(refused.value)


def test_a_folder_without_cases_is_refused(tmp_path):
    with pytest.raises(UnusableModel, match="no model with static sandbox cases"):
        read_models(tmp_path)


def test_the_command_line_tells_what_is_wrong_with_the_folder(folder):
    (folder / "broken.json").write_text("{")
    command = server_command("mock_amazon", 0, create_app, sandbox_models_option)
    told = CliRunner().invoke(command, ["--sandbox-models", str(folder)])
    assert told.exit_code == 2
    assert "broken.json is not JSON" in told.output


def test_the_command_line_hands_the_models_on_and_tells_what_was_left_out(folder):
    given = {}

    def create(config, sandbox):
        given["paths"] = {each.path for each in sandbox.operations}
        raise PortInUse("enough")

    command = server_command("mock_amazon", 0, create, sandbox_models_option)
    told = CliRunner().invoke(command, ["--sandbox-models", str(folder)])
    assert "/shelf/v1/books" in given["paths"]
    assert "schema.json is no Swagger 2.0 model" in told.output
