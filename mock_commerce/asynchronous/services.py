"""Commerce's services behind the changing routes: for topics, messages and bulk addresses."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_PARAMETER = re.compile(r":(\w+)")
_VARIABLE = re.compile(r"<(?:[^:>]+:)?(\w+)>")
_FAMILIAR = {
    "CreditmemoManagement": "Sales\\Model\\Service\\CreditmemoService",
    "CreditmemoRepository": "Sales\\Model\\Order\\CreditmemoRepository",
    "CustomerRepository": "Customer\\Model\\ResourceModel\\CustomerRepository",
    "InvoiceManagement": "Sales\\Model\\Service\\InvoiceService",
    "InvoiceRepository": "Sales\\Model\\Order\\InvoiceRepository",
    "OrderManagement": "Sales\\Model\\Service\\OrderService",
    "ShipmentManagement": "Sales\\Model\\Service\\ShipmentService",
    "ShipmentRepository": "Sales\\Model\\Order\\ShipmentRepository",
}
"""Classes that are not called as their interface is."""


@dataclass(frozen=True)
class Service:
    """A service method and the names of its route's parameters, in their order."""

    module: str
    interface: str
    function: str
    parameters: tuple[str, ...]

    def topic(self, method: str) -> str:
        name = f"magento.{self.module}.api.{self.interface}.{self.function}"
        return f"async.{name}.{method}".lower()

    @property
    def implementation(self) -> str:
        """The class and method that a successful operation names."""
        name = self.interface.removesuffix("Interface")
        path = _FAMILIAR.get(name, f"{self.module}\\Model\\{name}")
        return f"Magento\\{path}\\Interceptor::{self.function}"


def service_of(method: str, rule: str, operation: str) -> Service:
    """The service of a Flask rule below ``/rest/V1/``; other routes than Commerce's get names of ours."""
    variables = tuple(map(_camel, _VARIABLE.findall(rule)))
    known = _SERVICES.get((method, _VARIABLE.sub(":", rule)))
    return known or Service("Custom", _pascal(operation) + "Interface", "execute", variables)


def _camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


def _pascal(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def _read() -> Mapping[tuple[str, str], Service]:
    known = {}
    with Path(__file__).with_name("services.csv").open(encoding="utf-8", newline="") as table:
        for row in csv.DictReader(table):
            interface, function = row["service"].split("::")
            parameters = tuple(_PARAMETER.findall(row["path"]))
            shape = _PARAMETER.sub(":", row["path"])
            known[row["method"], shape] = Service(row["module"], interface, function, parameters)
    return known


_SERVICES = _read()
