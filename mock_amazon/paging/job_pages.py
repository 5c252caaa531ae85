"""Pages of feeds or reports, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import select

from mock_amazon.models import Job, db
from mock_amazon.wire.job_search import JobSearch

_AnyJob = TypeVar("_AnyJob", bound=Job)


def page(
    job: type[_AnyJob], search: JobSearch, seller_id: str, client_id: str
) -> tuple[Sequence[_AnyJob], str | None]:
    """The jobs, and the token of the next page if there is one."""
    statement = select(job).where(
        job.seller_id == seller_id,
        job.kind.in_(search.kinds),
        job.created >= datetime.fromisoformat(search.since),
        job.created <= datetime.fromisoformat(search.until),
    )
    if search.statuses:
        statement = statement.where(job.status.in_(search.statuses))
    if search.after is not None:
        statement = statement.where(job.id < search.after)
    wanted = set(search.marketplace_ids)
    rows = db.session.scalars(statement.order_by(job.id.desc()))
    fitting = (row for row in rows if not wanted or wanted & set(row.marketplace_ids))
    found = list(islice(fitting, search.page_size + 1))
    shown = found[: search.page_size]
    return shown, search.token(shown[-1].id, client_id) if len(found) > len(shown) else None
