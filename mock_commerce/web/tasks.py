"""What the shop does by itself: bulk actions, the cron, and events that go out."""

from __future__ import annotations

from flask import render_template
from sqlalchemy import select

from mock_commerce.asynchronous import bulks
from mock_commerce.asynchronous.status import WORDS, summary
from mock_commerce.cron import jobs, schedule
from mock_commerce.errors import CommerceError
from mock_commerce.models import Bulk, db
from mock_commerce.settings import current
from mock_commerce.web.grid import PAGE_SIZES, page_number, page_size
from mock_commerce.web.section import gone, section
from mock_commerce.webhooks import subscriptions

bp = section("admin_tasks")

LABELS = {status: word.replace("_", ", ").capitalize() for status, word in WORDS.items()}


@bp.get("/bulk")
def bulk_actions() -> str:
    """The log of bulk actions, the newest first."""
    query = select(Bulk).order_by(Bulk.id.desc())
    rows = db.paginate(query, page=page_number(), per_page=page_size(), error_out=False)
    counts = bulks.counts([bulk.uuid for bulk in rows.items])
    early = current().has("bulk_finished_early")
    said = {key: summary(of_bulk, open_counts_as_done=early) for key, of_bulk in counts.items()}
    return render_template("admin/bulks.html", rows=rows, said=said, counts=counts, sizes=PAGE_SIZES)


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
        "admin/webhooks.html", hooks=subscriptions.summaries(), deliveries=subscriptions.newest()
    )


def _bulk(uuid: str) -> Bulk:
    try:
        return bulks.find(uuid)
    except CommerceError:
        gone("This bulk action no longer exists.")
