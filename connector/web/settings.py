"""Order settings with the sales channel's own labels, and the technical settings (S-01 to S-11)."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.validators import ValidationError

from connector import stores
from connector.commerce.client import StoreView
from connector.domain.settings import SETTINGS
from connector.errors import ConnectorError
from connector.models import Store
from connector.stores import StoreError
from connector.web.access import STORE, program, store_or_404
from connector.web.fields import SettingsForm, choice, field_of, offered, text

bp = Blueprint("settings", __name__)
SAVED = "You have successfully saved the order settings."


class OrderSettingsForm(SettingsForm):
    """The fields of Adobe's page, in its order and words (S-15)."""

    import_orders = choice(
        "import_orders",
        "Import Amazon Orders",
        {"enabled": "Enabled", "disabled": "Disabled"},
        required=True,
        description="Enabled: a Commerce order is created for each Amazon order. "
        "Disabled: Amazon's order information is received and shown, and managed in Seller Central.",
    )
    store_view = choice("store_view", "Import Amazon Orders Into Magento Store", {})
    customer_creation = choice(
        "customer_creation",
        "Customer Creation",
        {"guest": "No Customer Creation (guest)", "new_account": "Build New Customer Account"},
    )
    order_number_source = choice(
        "order_number_source",
        "Order Number Source",
        {"commerce": "Build Using Magento Order Number", "amazon": "Build Using Amazon Order Number"},
    )
    order_status = choice(
        "order_status",
        "Order Status",
        {"default": "Default Order Status", "custom": "Custom Order Status"},
        required=True,
        description="The status of new Commerce orders. Orders that exist keep theirs.",
    )
    processing_status = text(
        "Processing Order Status",
        description="Code of a Commerce order status, used with Custom Order Status.",
    )

    def offer(self, store: Store, views: list[StoreView] | None) -> None:
        """Let the store views be chosen that Commerce has; without its answer, only the present one."""
        default = (
            f"The website's default ({store.store_view})" if store.store_view else "The website's default"
        )
        choices = {"": default} | {view.code: f"{view.name} ({view.code})" for view in views or []}
        present = store.settings["store_view"]
        choices.setdefault(present, present if views is None else f"{present} (not in Commerce any more)")
        self.store_view.choices = offered(choices)
        self.codes = list(choices)

    def validate_store_view(self, field: object) -> None:
        del field
        wanted = self.store_view.data or ""
        if wanted not in self.codes:
            there = ", ".join(filter(None, self.codes)) or "none"
            raise ValidationError(f"{wanted!r} is no store view of this website; there are: {there}")


LABELS = {
    # setting: label and explanation; a setting that is missing here is shown by its name
    "place_orders_by": ("Place orders by", "How Commerce orders are placed."),
    "orders_api_version": ("Orders API version", "The version of Amazon's Orders API that is read."),
    "read_only": ("Read-only mode", "On: nothing is sent to Amazon; it waits until the mode is off."),
    "cron_interval": ("Cron interval", "Time between two runs, for example 5m."),
    "overlap": ("Overlap", "How far each run reads back behind the last one."),
    "safety_lag": ("Safety lag", "Changes younger than this are left to the next run; at least 2m."),
    "recheck_after": ("Recheck after", "Open orders that were not seen for so long are read one by one."),
    "untracked_carrier": (
        "Carrier without tracking",
        "Named to Amazon for shipments without a tracking number; none: they wait for one.",
    ),
}


class TechnicalForm(SettingsForm):
    """All settings that Adobe's page does not have."""


for _name, _setting in SETTINGS.items():
    if not hasattr(OrderSettingsForm, _name):
        _label = LABELS.get(_name, (_name.replace("_", " ").capitalize(), _setting.about))
        setattr(TechnicalForm, _name, field_of(_name, *_label))


@bp.get(f"{STORE}/settings")
def orders(store_id: int) -> str:
    """Order settings."""
    store = store_or_404(store_id)
    form, reachable = _order_form(store)
    return _order_page(store, form, reachable=reachable)


@bp.post(f"{STORE}/settings")
def save_orders(store_id: int) -> Response | tuple[str, int]:
    """Save order settings; with import disabled, only that (S-10)."""
    store = store_or_404(store_id)
    form, reachable = _order_form(store)
    if form.import_orders.data == "disabled":
        saved = _stored(store, {"import_orders": "disabled"})
    else:
        saved = _saved(store, form)
    if saved:
        flash(SAVED, "success")
        return redirect(url_for("settings.orders", store_id=store_id))
    return _order_page(store, form, reachable=reachable), 400


@bp.get(f"{STORE}/settings/technical")
def technical(store_id: int) -> str:
    """Technical settings."""
    store = store_or_404(store_id)
    return render_template("technical.html", store=store, form=TechnicalForm(data=store.settings.as_dict()))


@bp.post(f"{STORE}/settings/technical")
def save_technical(store_id: int) -> Response | tuple[str, int]:
    """Save technical settings."""
    store = store_or_404(store_id)
    form = TechnicalForm(request.form, data=store.settings.as_dict())
    if _saved(store, form):
        flash("The technical settings are saved.", "success")
        return redirect(url_for("settings.technical", store_id=store_id))
    return render_template("technical.html", store=store, form=form), 400


def _order_form(store: Store) -> tuple[OrderSettingsForm, bool]:
    """The form, and whether Commerce told its store views."""
    form = OrderSettingsForm(request.form, data=store.settings.as_dict())
    views = _store_views(store)
    form.offer(store, views)
    return form, views is not None


def _store_views(store: Store) -> list[StoreView] | None:
    if store.website_id is None:
        return []
    try:
        return program().commerce.store_views(store.website_id)
    except ConnectorError:
        return None


def _order_page(store: Store, form: OrderSettingsForm, *, reachable: bool) -> str:
    return render_template("settings.html", store=store, form=form, reachable=reachable)


def _saved(store: Store, form: SettingsForm) -> bool:
    """Whether all was right and is stored; else nothing is."""
    if not form.validate() or not form.agrees(store.settings_json):
        return False
    return _stored(store, form.changes(store.settings))


def _stored(store: Store, changes: dict[str, str]) -> bool:
    try:
        stores.change_settings(changes, [store])
    except StoreError as error:  # S-11
        flash(str(error), "danger")
        return False
    return True
