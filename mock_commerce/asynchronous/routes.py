"""Finding the synchronous route that an asynchronous or a bulk address stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import Rule

from mock_commerce.asynchronous.services import Service, service_of
from mock_commerce.errors import ArgumentRequired, NoRoute, TypeInvalid
from mock_commerce.webapi.rest import PREFIX, snake

METHODS = ("POST", "PUT", "DELETE")
_BULK = "mock_commerce.bulk_routes"
_VARIABLE = re.compile(r"<(?:[^:>]+:)?(\w+)>")


@dataclass(frozen=True)
class Route:
    """A view with the service that it imitates, and the names of the values in its address."""

    endpoint: str
    method: str
    service: Service
    variables: tuple[str, ...]

    @property
    def resource(self) -> str:
        """The ACL resource that a caller needs."""
        return _resource(self.endpoint)

    @property
    def topic(self) -> str:
        return self.service.topic(self.method)

    def named(self, address: Mapping[str, Any]) -> dict[str, Any]:
        """The address by the vendor's names."""
        pairs = zip(self.variables, self.service.parameters, strict=True)
        return {name: address[variable] for variable, name in pairs}

    def address_in(self, item: Mapping[str, Any]) -> dict[str, str]:
        """The values of the address that an item of a bulk brings along.

        Raises ArgumentRequired, TypeInvalid.
        """
        pairs = zip(self.variables, self.service.parameters, strict=True)
        return {variable: _scalar(_found(item, name)) for variable, name in pairs}

    def without_address(self, item: Mapping[str, Any]) -> dict[str, Any]:
        known = {snake(name) for name in self.service.parameters}
        return {key: value for key, value in item.items() if snake(key) not in known}


def single(method: str, path: str) -> tuple[Route, dict[str, str]]:
    """The route of the rest of an address, and the values in it.

    Raises NoRoute.
    """
    try:
        rule, address = current_app.url_map.bind("").match(
            f"{PREFIX}/{path}", method=method, return_rule=True
        )
    except (NotFound, MethodNotAllowed):
        raise NoRoute from None
    if not _resource(rule.endpoint):
        raise NoRoute
    return _route(rule, method), dict(address)


def bulk(method: str, path: str) -> Route:
    """The route of the rest of a bulk address, in which ``:sku`` is ``bySku``.

    Raises NoRoute.
    """
    if _BULK not in current_app.extensions:
        current_app.extensions[_BULK] = _bulk_routes()
    route: Route | None = current_app.extensions[_BULK].get((method, path))
    if route is None:
        raise NoRoute
    return route


def _resource(endpoint: str) -> str:
    """Empty for a view that is none of the REST API's."""
    return getattr(current_app.view_functions[endpoint], "resource", "")


def _bulk_routes() -> dict[tuple[str, str], Route]:
    found = {}
    for rule in current_app.url_map.iter_rules():
        if not rule.rule.startswith(f"{PREFIX}/") or not _resource(rule.endpoint):
            continue
        for method in (rule.methods or set()) & set(METHODS):
            route = _route(rule, method)
            names = iter(route.service.parameters)
            path = _VARIABLE.sub(lambda _: _by(next(names)), rule.rule)  # noqa: B023 - used at once
            found[method, path.removeprefix(f"{PREFIX}/")] = route
    return found


def _by(name: str) -> str:
    return f"by{name[0].upper()}{name[1:]}"


def _route(rule: Rule, method: str) -> Route:
    view = current_app.view_functions[rule.endpoint]
    operation = getattr(view, "operation", rule.endpoint.rsplit(".", 1)[-1])
    service = service_of(method, rule.rule.removeprefix(f"{PREFIX}/"), operation)
    return Route(rule.endpoint, method, service, tuple(_VARIABLE.findall(rule.rule)))


def _found(item: Mapping[str, Any], name: str) -> Any:
    """The value under that name at the top, else one level below it (``product.sku``)."""
    places = [item, *(value for value in item.values() if isinstance(value, dict))]
    for place in places:
        for key, value in place.items():
            if snake(key) == snake(name) and value is not None:
                return value
    raise ArgumentRequired(name)


def _scalar(value: Any) -> str:
    if isinstance(value, dict | list):
        raise TypeInvalid("", value, "string")
    return str(value)
