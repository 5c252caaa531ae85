"""The sandbox over HTTP: a route for each operation of the models, with token and quota as Amazon's has."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable
from typing import Any

import orjson
from flask import Blueprint, Flask, Response, request

from mock_amazon.access.auth import admit_either
from mock_amazon.access.throttle import Limit
from mock_amazon.errors import InvalidInput
from mock_amazon.sandbox.cases import Asked, Operation
from mock_amazon.sandbox.mode import PREFIX, ByHost
from mock_amazon.sandbox.reading import SandboxModels
from simkit.simulation import operation

LIMIT = Limit(5.0, 15)
"""Of every operation of the sandbox, whatever its own usage plan is."""
NO_MATCH = "Could not match input arguments"
_PARAMETER = re.compile(r"\{([^{}/]+)\}")


def init_app(app: Flask, models: SandboxModels) -> None:
    app.register_blueprint(_blueprint(models.operations))
    app.wsgi_app = ByHost(app.wsgi_app)  # type: ignore[method-assign] # Flask's documented way


def _blueprint(operations: Iterable[Operation]) -> Blueprint:
    bp = Blueprint("sandbox", __name__, url_prefix=PREFIX)
    bp.before_request(_admit)
    for number, each in enumerate(operations):
        bp.add_url_rule(_rule(each.path), f"operation_{number}", _view(each), methods=[each.method])
    return bp


def _admit() -> None:
    admit_either(LIMIT)


def _rule(path: str) -> str:
    """The path as Flask writes it; names of parameters are the vendor's own, so they are only counted."""
    numbers = itertools.count()
    return _PARAMETER.sub(lambda _: f"<part_{next(numbers)}>", path)


def _view(of: Operation) -> Callable[..., Response]:
    names = _PARAMETER.findall(of.path)

    def answer(**parts: str) -> Response:
        asked = _asked(dict(zip(names, parts.values(), strict=True)))
        case = of.meant(asked)
        if case is None:
            raise InvalidInput(NO_MATCH, _why(of, asked))
        kind = "application/json" if case.body else None
        return Response(case.body, case.status, mimetype=kind)

    return operation(f"sandbox.{of.name}")(answer)


def _asked(path: dict[str, str]) -> Asked:
    names = [name for name, _ in request.headers]
    header = {name.lower(): request.headers.getlist(name) for name in names}
    return Asked(path, dict(request.args.lists()), header, _body())


def _body() -> Any:
    try:
        return orjson.loads(request.get_data())
    except orjson.JSONDecodeError:
        return None  # fits no case that lists a body


def _why(of: Operation, asked: Asked) -> str:
    """What Amazon does not tell: why no case fits. Values of the request are not repeated."""
    if of.dynamic:
        return "Amazon answers this operation in its dynamic sandbox: use the stateful mode."
    if not of.cases:
        return "The model has no static case of this operation."
    return f"The nearest case differs in {', '.join(of.nearest(asked))}."
