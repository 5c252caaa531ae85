"""The order settings of a store: names, allowed values, defaults (S-01 to S-07, S-33)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

_DURATION = re.compile(r"(\d+)([smhd])")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class InvalidSetting(ValueError):
    """A setting that does not exist or cannot have that value; the message says what is allowed."""


@dataclass(frozen=True)
class Setting:
    """One setting: a choice among words, a duration of at least ``least`` seconds, or a free text."""

    default: str
    choices: tuple[str, ...] = ()
    least: int | None = None
    about: str = ""
    refused: tuple[str, ...] = ()
    """Words that a free text cannot be."""


SETTINGS: dict[str, Setting] = {
    "import_orders": Setting("enabled", ("enabled", "disabled"), about="create Commerce orders (S-01)"),
    "store_view": Setting("", about="Commerce store view of new orders; the website's default (S-02)"),
    "customer_creation": Setting("guest", ("guest", "new_account"), about="S-03"),
    "order_number_source": Setting("commerce", ("commerce", "amazon"), about="S-04"),
    "order_status": Setting("default", ("default", "custom"), about="S-06"),
    "processing_status": Setting(
        "",
        about="status of new orders if order_status is custom (S-07)",
        refused=("complete", "closed", "canceled"),
    ),
    "place_orders_by": Setting(
        "plugin", ("plugin", "orders_api"), about="how Commerce orders are placed; see without-the-plugin.md"
    ),
    "orders_api_version": Setting(
        "2026-01-01", ("2026-01-01", "v0"), about="version of Amazon's Orders API that is read"
    ),
    "read_only": Setting("off", ("off", "on"), about="nothing is sent to Amazon, it waits (S-33)"),
    "cron_interval": Setting("5m", least=60, about="time between two runs (Y-01)"),
    "overlap": Setting("10m", least=0, about="how far a window reaches back behind the watermark (F04)"),
    "safety_lag": Setting("2m", least=120, about="Amazon refuses windows nearer to now (F02)"),
    "recheck_after": Setting("6h", least=60, about="open orders unseen for so long are read by id (F12)"),
    "untracked_carrier": Setting(
        "none", about="carrier named to Amazon for shipments without tracking; none: they wait (F75)"
    ),
}


def check(name: str, value: object) -> str:
    """The value as it is stored.

    Raises InvalidSetting.
    """
    setting = SETTINGS.get(name)
    if setting is None:
        raise InvalidSetting(f"unknown setting {name!r}: there are {', '.join(SETTINGS)}")
    text = str(value).strip()
    if setting.choices and text not in setting.choices:
        raise InvalidSetting(f"{name}: {text!r} is not one of {', '.join(setting.choices)}")
    if text in setting.refused:
        raise InvalidSetting(
            f"{name}: {text!r} ends an order; all but {', '.join(setting.refused)} can be used"
        )
    if setting.least is not None and seconds(name, text) < setting.least:
        raise InvalidSetting(f"{name}: {text!r} is less than {setting.least} s")
    if len(text) > 64:  # noqa: PLR2004 - Commerce's codes are no longer
        raise InvalidSetting(f"{name}: {text[:20]!r}… is longer than 64 characters")
    return text


def seconds(name: str, text: str) -> int:
    """A duration in seconds.

    Raises InvalidSetting.
    """
    match = _DURATION.fullmatch(text)
    if match is None or len(match[1]) > 6:  # noqa: PLR2004 - a million days is no setting
        raise InvalidSetting(f"{name}: {text!r} is not a duration: write 45s, 10m, 2h or 3d")
    return int(match[1]) * _SECONDS[match[2]]


@dataclass(frozen=True)
class OrderSettings:
    """What a store's settings are now: the stored changes over the defaults."""

    stored: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.stored.get(name, SETTINGS[name].default)

    def duration(self, name: str) -> timedelta:
        return timedelta(seconds=seconds(name, self[name]))

    @property
    def imports(self) -> bool:
        return self["import_orders"] == "enabled"

    @property
    def read_only(self) -> bool:
        return self["read_only"] == "on"

    @property
    def custom_status(self) -> str | None:
        """The status that new Commerce orders get instead of Commerce's own."""
        return self["processing_status"] or None if self["order_status"] == "custom" else None

    @property
    def untracked_carrier(self) -> str | None:
        return None if self["untracked_carrier"] == "none" else self["untracked_carrier"]

    def as_dict(self) -> dict[str, str]:
        return {name: self[name] for name in SETTINGS}


def changed(stored: Mapping[str, str], changes: Mapping[str, object]) -> dict[str, str]:
    """The stored settings after some changes.

    Raises InvalidSetting: for one setting, and for a custom status that is not named (S-07).
    """
    result = {**stored, **{name: check(name, value) for name, value in changes.items()}}
    settings = OrderSettings(result)
    if settings["order_status"] == "custom" and not settings["processing_status"]:
        raise InvalidSetting("processing_status: is required while order_status is 'custom'")
    return result
