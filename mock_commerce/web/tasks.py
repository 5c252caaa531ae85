"""What the shop does by itself: bulk actions, the cron, and events that go out."""

from __future__ import annotations

from flask import render_template, url_for
from sqlalchemy import select

from mock_commerce.asynchronous import bulks
from mock_commerce.asynchronous.status import WORDS, summary
from mock_commerce.config.settings import current
from mock_commerce.cron import jobs, schedule
from mock_commerce.errors import CommerceError
from mock_commerce.models import Bulk, Customer, Mail, Order, db
from mock_commerce.web.grid import page_number, page_size
from mock_commerce.web.section import gone, section
from mock_commerce.web.table import Column, Link, show
from mock_commerce.web.words import local_moment
from mock_commerce.webhooks import subscriptions

bp = section("admin_tasks")

LABELS = {status: word.replace("_", ", ").capitalize() for status, word in WORDS.items()}

TARGETS = {
    "sales_order_save_after": ("admin_order.view", "order_id", "Order"),
    "sales_order_invoice_save_after": ("admin_document.invoice", "entity_id", "Invoice"),
    "sales_order_shipment_save_after": ("admin_document.shipment", "entity_id", "Shipment"),
    "sales_order_creditmemo_save_after": ("admin_document.creditmemo", "entity_id", "Credit memo"),
}
"""The page of what an event is about, and how it is called."""
MAILS = {
    "order_new": "New Order",
    "invoice_new": "New Invoice",
    "shipment_new": "New Shipment",
    "creditmemo_new": "New Credit Memo",
    "customer_new": "Welcome Email",
    "customer_new_no_password": "Welcome Email - Without Password",
    "email_reminder": "Remind Password",
    "email_reset": "Forgot Password",
}


@bp.get("/bulk")
def bulk_actions() -> str:
    """The log of bulk actions, the newest first."""
    query = select(Bulk).order_by(Bulk.id.desc())
    rows = db.paginate(query, page=page_number(), per_page=page_size(), error_out=False)
    counts = bulks.counts([bulk.uuid for bulk in rows.items])
    early = current().has("bulk_finished_early")
    said = {key: summary(of_bulk, open_counts_as_done=early) for key, of_bulk in counts.items()}
    return render_template("admin/bulks.html", rows=rows, said=said, counts=counts, early=early)


@bp.get("/bulk/<uuid>")
def bulk_details(uuid: str) -> str:
    return render_template("admin/bulk.html", bulk=_bulk(uuid), labels=LABELS)


@bp.get("/system_cron")
def cron() -> str:
    """What is planned and what ran last."""
    return render_template(
        "admin/cron.html",
        lines=jobs.lines(),
        is_running=current().cron == schedule.RUNNING,
    )


@bp.get("/system_webhooks")
def webhooks() -> str:
    """Subscriptions, without their secrets, and the newest deliveries."""
    return render_template(
        "admin/webhooks.html",
        hooks=subscriptions.summaries(),
        deliveries=subscriptions.newest(),
        targets=TARGETS,
    )


@bp.get("/system_mails")
def mails() -> str:
    """What would have been sent; addresses and tokens are not shown."""
    columns = [
        Column("ID", lambda row: str(row.mail_id), is_number=True),
        Column("Time", lambda row: local_moment(row.sent_at)),
        Column("Mail", lambda row: MAILS.get(row.kind, row.kind)),
        Column("About", _about),
    ]
    text = "Mails that Commerce would have sent to customers. None is sent; tokens stand in GET /_sim/mails."
    return show("Mails", columns, select(Mail).order_by(Mail.mail_id.desc()), about=text)


def _about(mail: Mail) -> str | Link:
    if mail.order_id is not None and (order := db.session.get(Order, mail.order_id)):
        return Link(f"Order #{order.increment_id}", url_for("admin_order.view", order_id=order.entity_id))
    customer = None if mail.customer_id is None else db.session.get(Customer, mail.customer_id)
    if customer is None:
        return ""
    address = url_for("admin_customers.view", customer_id=customer.entity_id)
    return Link(f"Customer {customer.entity_id}", address)


def _bulk(uuid: str) -> Bulk:
    try:
        return bulks.find(uuid)
    except CommerceError:
        gone("This bulk action no longer exists.")
