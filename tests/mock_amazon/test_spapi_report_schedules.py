import json
from datetime import UTC, datetime

import pytest
from amazon_seller import US, assert_spapi_error
from feed_desk import BY_LAST_UPDATE, BY_ORDER_DATE, REPORTS

from mock_amazon.reports.periods import PERIODS, after
from mock_amazon.reports.queue import MOST_MISSED


def schedule(desk, **body):
    wish = {"reportType": BY_ORDER_DATE, "marketplaceIds": [US], "period": "PT1H"} | body
    return desk.call("createReportSchedule", "POST", f"{REPORTS}/schedules", wish)


def scheduled(desk, **body):
    answer = schedule(desk, **body)
    assert answer.status_code == 201, answer.get_json()
    return answer.get_json()["reportScheduleId"]


def schedules(desk, types=BY_ORDER_DATE):
    answer = desk.call("getReportSchedules", "GET", f"{REPORTS}/schedules", reportTypes=types)
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()["reportSchedules"]


def reports(desk):
    answer = desk.call("getReports", "GET", f"{REPORTS}/reports", reportTypes=BY_ORDER_DATE)
    return answer.get_json()["reports"]


def test_a_schedule_asks_for_a_report_every_period(desk):
    schedule_id = scheduled(desk, nextReportCreationTime="2026-03-01T10:00:00Z", reportOptions={"a": "b"})
    assert schedules(desk) == [
        {
            "reportScheduleId": schedule_id,
            "reportType": BY_ORDER_DATE,
            "marketplaceIds": [US],
            "reportOptions": {"a": "b"},
            "period": "PT1H",
            "nextReportCreationTime": "2026-03-01T10:00:00+00:00",
        }
    ]
    desk.seller.later(minutes=30)
    desk.seller.place_unshipped()
    desk.seller.later(hours=2)
    desk.seller.sign_in()
    second, first = reports(desk)
    assert (first["createdTime"], second["createdTime"]) == (
        "2026-03-01T10:00:00+00:00",
        "2026-03-01T11:00:00+00:00",
    )
    assert (first["dataStartTime"], first["dataEndTime"]) == (
        "2026-03-01T09:00:00+00:00",
        "2026-03-01T10:00:00+00:00",
    )
    assert first["reportScheduleId"] == schedule_id
    assert [first["processingStatus"], second["processingStatus"]] == ["DONE", "CANCELLED"]
    one = desk.call("getReportSchedule", "GET", f"{REPORTS}/schedules/{schedule_id}").get_json()
    assert one["nextReportCreationTime"] == "2026-03-01T12:00:00+00:00"


def test_a_clock_that_leaps_a_year_makes_up_for_the_last_reports_only(desk):
    scheduled(desk, period="PT5M")
    desk.seller.later(days=365)
    desk.seller.sign_in()
    shown = desk.seller.client.get("/_sim/state").get_json()
    assert len(shown["reports"]) == MOST_MISSED + 2
    (one,) = shown["report_schedules"]
    assert one["next"] == "2027-03-01T09:05:00+00:00"


@pytest.mark.parametrize("first", [None, "2020-01-01T00:00:00Z"])
def test_a_schedule_begins_at_once_unless_told_when(desk, first):
    scheduled(desk, nextReportCreationTime=first)
    assert [report["createdTime"] for report in reports(desk)] == ["2026-03-01T09:00:00+00:00"]


def test_a_schedule_that_is_cancelled_asks_no_more(desk):
    schedule_id = scheduled(desk)
    desk.seller.later(minutes=1)
    answer = desk.call("cancelReportSchedule", "DELETE", f"{REPORTS}/schedules/{schedule_id}")
    assert (answer.status_code, answer.get_data()) == (200, b"")
    desk.seller.later(hours=5)
    desk.seller.sign_in()
    assert len(reports(desk)) == 1
    assert schedules(desk) == []
    for operation, method in (("getReportSchedule", "GET"), ("cancelReportSchedule", "DELETE")):
        answer = desk.call(operation, method, f"{REPORTS}/schedules/{schedule_id}")
        assert_spapi_error(answer, 404, "NotFound")


def test_a_schedule_of_the_same_type_and_marketplaces_is_replaced(desk):
    desk.seller.sim("sellers", {"seller": "SELLER-1", "marketplaces": ["DE"]}, 201)
    scheduled(desk)
    elsewhere = scheduled(desk, marketplaceIds=["A1PA6795UKMFR9"])
    replacing = scheduled(desk, period="P1D")
    other_kind = scheduled(desk, reportType=BY_LAST_UPDATE)
    assert [each["reportScheduleId"] for each in schedules(desk)] == [elsewhere, replacing]
    both = schedules(desk, f"{BY_ORDER_DATE},{BY_LAST_UPDATE}")
    assert [each["reportScheduleId"] for each in both] == [elsewhere, replacing, other_kind]
    state = desk.seller.client.get("/_sim/state").get_json()
    assert [each["period"] for each in state["report_schedules"]] == ["PT1H", "P1D", "PT1H"]


def test_schedules_of_others_are_not_found(desk, other):
    schedule_id = scheduled(desk)
    answer = other.call("getReportSchedule", "GET", f"{REPORTS}/schedules/{schedule_id}")
    assert_spapi_error(answer, 404, "NotFound")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"period": None}, "One or more required parameters missing"),
        ({"period": "PT6M"}, "Invalid Input"),
        ({"reportType": "GET_X"}, "Invalid Report Type GET_X"),
        ({"marketplaceIds": ["A1PA6795UKMFR9"]}, "could not be applied to any marketplaces"),
        ({"nextReportCreationTime": "soon"}, "Invalid date/time field [nextReportCreationTime]"),
    ],
)
def test_a_schedule_that_breaks_a_rule_is_refused(desk, change, words):
    assert_spapi_error(schedule(desk, **change), 400, "InvalidInput", words)


def test_a_list_needs_types(desk):
    answer = desk.call("getReportSchedules", "GET", f"{REPORTS}/schedules")
    assert_spapi_error(answer, 400, "InvalidInput", "One or more required parameters missing", "reportTypes;")


def test_the_periods_are_amazons(contracts):
    model = json.loads((contracts / "amazon" / "reports_2021-06-30.json").read_text())
    enum = model["definitions"]["CreateReportScheduleSpecification"]["properties"]["period"]["enum"]
    assert list(PERIODS) == enum


@pytest.mark.parametrize(
    ("period", "times", "expected"),
    [
        ("PT5M", 1, "2026-01-31T12:05:00"),
        ("PT84H", 1, "2026-02-04T00:00:00"),
        ("P7D", -1, "2026-01-24T12:00:00"),
        ("P1M", 1, "2026-02-28T12:00:00"),
        ("P1M", -1, "2025-12-31T12:00:00"),
        ("P1M", 12, "2027-01-31T12:00:00"),
    ],
)
def test_periods_are_added(period, times, expected):
    start = datetime(2026, 1, 31, 12, tzinfo=UTC)
    assert after(start, period, times=times).strftime("%Y-%m-%dT%H:%M:%S") == expected


def test_a_period_that_is_none_is_refused():
    with pytest.raises(ValueError, match="'P9Y' is not one of PT5M"):
        after(datetime(2026, 1, 1, tzinfo=UTC), "P9Y")
