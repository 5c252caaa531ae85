"""The switches of the simulated shop: version, module, currencies and quirks, kept in the database."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from flask import g

from mock_commerce.config.methods import ACTIVE_CARRIERS, ACTIVE_PAYMENT_METHODS
from mock_commerce.config.quirks import QUIRKS, switched_on
from mock_commerce.models import Setting, db
from simkit.simulation import Forgetful, simulation

PATH = "simulator/config"
KNOWN = "config"
BASE_CURRENCY = "USD"
RATES = {
    code: Decimal(rate)
    for code, rate in {
        "USD": "1", "CAD": "1.36", "MXN": "18.5", "BRL": "5.4", "GBP": "0.78", "EUR": "0.92", "SEK": "10.5",
        "PLN": "3.95", "TRY": "32", "AED": "3.67", "SAR": "3.75", "EGP": "48", "INR": "83", "JPY": "150",
        "AUD": "1.5", "SGD": "1.35", "ZAR": "18.2",
    }.items()
}  # fmt: skip
"""Units of a currency for one unit of the base currency: the currencies of all marketplaces."""


@dataclass(frozen=True)
class Config:
    """What ``/_sim/config`` shows and changes."""

    version: str = "2.4.8"
    module: str = "enabled"
    currencies: list[str] = field(default_factory=lambda: list(RATES))
    mode: str = "production"
    """``developer``: errors carry a trace, and nothing is masked."""
    input_limits: str = "off"
    """Web API input limits: whether the next four count."""
    input_list_limit: int = 20
    async_input_list_limit: int = 5000
    page_size_limit: int = 300
    default_page_size: int = 20
    two_factor: str = "off"
    """``on``: administrators have a second factor; ``unconfigured``: they need one first."""
    guest_reads: str = "off"
    """Whether everybody may read catalogue and stores."""
    admin_token_minutes: int | None = None
    """Life of a token; None is as the version has it: JWTs 60, opaque ones 240."""
    customer_token_minutes: int | None = None
    oauth_timestamps: str = "checked"
    """``any``: callers' clocks may be ahead, for worlds whose clock is not theirs."""
    cron: str = "running"
    """``stopped``: asynchronous calls stay open, the grid lags, nothing is cleaned."""
    async_grid: str = "off"
    """``on``: the cron writes the order grid, each minute; else it is written with the order."""
    payment_methods: list[str] = field(default_factory=lambda: list(ACTIVE_PAYMENT_METHODS))
    shipping_methods: list[str] = field(default_factory=lambda: list(ACTIVE_CARRIERS))
    """The carriers and payment methods that are active."""
    price_scope: str = "global"
    """``website``: a store view of the address only changes the prices of its website."""
    timezone: str = "UTC"
    """Where the shop is: the Admin shows its times, the API UTC whatever this is."""
    quirks: dict[str, str] = field(default_factory=dict)
    """Those that are not as the version has them."""

    @property
    def module_enabled(self) -> bool:
        return self.module == "enabled"

    def has(self, quirk: str) -> bool:
        """Whether a quirk is on."""
        assert quirk in QUIRKS  # noqa: S101 - a misspelt name is a bug of ours
        return quirk in self._on

    @cached_property
    def _on(self) -> frozenset[str]:
        return switched_on(self.version, self.quirks)

    def stored(self) -> dict[str, Any]:
        return asdict(self)

    def as_dict(self) -> dict[str, Any]:
        """As the control API shows it: every quirk with its position."""
        return {**asdict(self), "quirks": {name: "on" if self.has(name) else "off" for name in QUIRKS}}


class Known(Forgetful):
    """The configuration as last read, while this process is the only one that changes it."""

    def __init__(self) -> None:
        self.config: Config | None = None

    def reset(self) -> None:
        self.config = None


def current() -> Config:
    """The configuration, read once per request at most."""
    if "commerce_config" not in g:
        g.commerce_config = _known().config or _read()
    config = g.commerce_config
    assert isinstance(config, Config)  # noqa: S101 - narrows the type of Flask's g
    return config


def _known() -> Known:
    known = simulation().vendor.volatile[KNOWN]
    assert isinstance(known, Known)  # noqa: S101 - narrows the type of the kit's dict
    return known


def _read() -> Config:
    row = db.session.get(Setting, PATH)
    config = Config(**row.value) if row is not None else Config()
    if db.engine.dialect.name == "sqlite":
        _known().config = config
    return config


def change(config: Config) -> None:
    """Write it; the caller commits."""
    save(PATH, config.stored())
    _known().reset()
    g.commerce_config = config


def save(path: str, value: Any) -> None:
    """Write one value; None removes it. The caller commits."""
    row = db.session.get(Setting, path)
    if row is not None and value is None:
        db.session.delete(row)
    elif row is not None:
        row.value = value
    elif value is not None:
        db.session.add(Setting(path=path, value=value))


def read(path: str) -> Any:
    row = db.session.get(Setting, path)
    return None if row is None else row.value
