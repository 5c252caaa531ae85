"""The control API ``/_sim``: the same words on both mocks, JSON in and out.

It answers loopback only, unless the server has a control token; then every call needs it as
``Authorization: Bearer …``. A page of another origin is refused, so that no web site can steer a mock.
"""

from __future__ import annotations

import difflib
import hmac
import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from simkit.clock import ClockGoesForward, VirtualClock
from simkit.faults import UnusableFault
from simkit.simulation import simulation
from simkit.times import UnreadableTime, iso, parse_duration, parse_time

_CHOICE = re.compile(r"<any\(([^)]*)\):\w+>")
"""A choice of words in a rule."""


class BadControl(Exception):
    """A control call that cannot be carried out; nothing was changed."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


def control_blueprint() -> Blueprint:
    """A new blueprint with the common verbs; a mock adds its own to it before registering."""
    bp = guarded_blueprint()
    bp.get("/health")(_health)
    bp.get("/clock")(_read_clock)
    bp.post("/clock")(_move_clock)
    bp.post("/reset")(_reset)
    bp.get("/state")(_state)
    bp.get("/snapshots")(_list_snapshots)
    bp.post("/snapshots")(_take_snapshot)
    bp.post("/snapshots/<name>/restore")(_restore_snapshot)
    bp.get("/faults")(_list_faults)
    bp.post("/faults")(_plan_fault)
    bp.get("/faults/<fault_id>")(_read_fault)
    bp.delete("/faults/<fault_id>")(_remove_fault)
    bp.get("/journal")(_read_journal)
    bp.delete("/journal")(_clear_journal)
    return bp


def guarded_blueprint() -> Blueprint:
    """A new blueprint for ``/_sim`` without any verb: guarded, and BadControl is answered as JSON."""
    bp = Blueprint("sim", __name__, url_prefix="/_sim")
    bp.before_request(_guard)
    bp.register_error_handler(BadControl, lambda error: (jsonify(error=str(error)), error.status))
    methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]
    bp.add_url_rule("/<path:rest>", "unknown", _refuse_unknown, methods=methods)
    return bp


def _refuse_unknown(rest: str) -> ResponseReturnValue:
    """Say what may have been meant by a verb that there is not."""
    known = {
        verb: sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        for rule in current_app.url_map.iter_rules()
        if rule.endpoint.startswith("sim.") and rule.endpoint != "sim.unknown"
        for verb in _spelt_out(rule.rule.removeprefix("/_sim/"))
    }
    asked, length = rest.split("/"), rest.count("/")
    like = {
        "/".join(
            word if "<" in part else part for part, word in zip(verb.split("/"), asked, strict=True)
        ): verb
        for verb in known
        if verb.count("/") == length
    }
    near = difflib.get_close_matches(rest, like, 1)
    hint = f": did you mean {' or '.join(known[like[near[0]]])} /_sim/{near[0]}?" if near else ""
    raise BadControl(f"there is no {request.method} /_sim/{rest}{hint}", 404)


def _spelt_out(pattern: str) -> list[str]:
    """The addresses of a rule that has a choice of words: one for each word."""
    choice = _CHOICE.search(pattern)
    if choice is None:
        return [pattern]
    return [pattern.replace(choice[0], word.strip(), 1) for word in choice[1].split(",")]


def _guard() -> None:
    token = current_app.config.get("CONTROL_TOKEN")
    if token:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), str(token).encode()):
            raise BadControl("the control token is missing or wrong", 401)
    elif reason := from_elsewhere():
        raise BadControl(f"{reason}: the control API answers this machine only, unless a token is set", 403)
    origin = request.headers.get("Origin")
    if origin is not None and _host_of(origin) != request.host:
        raise BadControl(f"a page of {origin} may not use the control API", 403)


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def from_elsewhere() -> str | None:
    """Why the current request does not come from this machine; None where it does."""
    address = request.remote_addr or "0.0.0.0"
    if not ipaddress.ip_address(address).is_loopback:
        return f"{address} is not this machine"
    if not names_this_machine(urlsplit(f"//{request.host}").hostname or ""):
        return f"{request.host} is not a name of this machine"  # DNS rebinding
    return None


def names_this_machine(host: str) -> bool:
    """localhost, what stands below it (RFC 6761), and loopback addresses."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def body() -> dict[str, Any]:
    """The JSON object of the call, {} where there is none; BadControl otherwise."""
    text = request.get_data()  # whatever its content type: curl -d calls it a form
    if not text:
        return {}
    try:
        content = current_app.json.loads(text)
    except ValueError as error:
        raise BadControl(f"the body is not JSON: {error}") from None
    if not isinstance(content, dict):
        raise BadControl(f"the body is {type(content).__name__}, not a JSON object")
    if rb"\u0000" in text and _has_nul(content):
        raise BadControl("a text of the body has a NUL, which PostgreSQL cannot keep")
    return content


def _has_nul(content: Any) -> bool:
    if isinstance(content, dict):
        return any(_has_nul(part) for pair in content.items() for part in pair)
    if isinstance(content, list):
        return any(map(_has_nul, content))
    return isinstance(content, str) and "\0" in content


def only(content: dict[str, Any], *allowed: str) -> dict[str, Any]:
    """Refuse keys that mean nothing here."""
    for key in content:
        if key not in allowed:
            raise BadControl(f"unknown field {key!r}: allowed are {', '.join(allowed)}")
    return content


def _health() -> ResponseReturnValue:
    return jsonify(status="ok", system=simulation().vendor.name)


def _clock_json(clock: VirtualClock) -> ResponseReturnValue:
    return jsonify(now=iso(clock.now()), mode=clock.mode, speed=clock.speed)


def _read_clock() -> ResponseReturnValue:
    return _clock_json(simulation().clock)


def _move_clock() -> ResponseReturnValue:
    clock = simulation().clock
    wish = only(body(), "set", "advance", "mode", "speed")
    if len(wish) != 1:
        raise BadControl("give exactly one of set, advance, mode, speed")
    (verb, value), *_ = wish.items()
    try:
        _apply(clock, verb, value)
    except (UnreadableTime, ClockGoesForward, OverflowError) as error:
        raise BadControl(f"field {verb!r}: {error}") from None
    simulation().agenda.run_due()
    return _clock_json(clock)


def _apply(clock: VirtualClock, verb: str, value: Any) -> None:
    if verb == "set":
        clock.set(parse_time(value, clock.now()))
    elif verb == "advance":
        clock.advance(parse_duration(value))
    elif verb == "speed":
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise BadControl(f"field 'speed': {value!r} is not a number")
        clock.set_speed(float(value))
    elif value == "frozen":
        clock.freeze()
    elif value == "running":
        clock.run()
    else:
        raise BadControl(f"field 'mode': {value!r} is not one of frozen, running")


def _reset() -> ResponseReturnValue:
    seed = only(body(), "seed").get("seed")
    if seed is not None and (not isinstance(seed, int) or isinstance(seed, bool) or seed < 0):
        raise BadControl(f"field 'seed': {seed!r} is not a whole number from 0")
    simulation().reset(seed)
    return jsonify(status="ok")


def _state() -> ResponseReturnValue:
    return current_app.response_class(simulation().state(), mimetype="application/json")


def _list_snapshots() -> ResponseReturnValue:
    return jsonify(snapshots=list(simulation().snapshots))


def _take_snapshot() -> ResponseReturnValue:
    name = only(body(), "name").get("name")
    if not isinstance(name, str) or not name or "/" in name or not name.isprintable():
        raise BadControl(f"field 'name': {name!r} is not a name (printable text without slashes)")
    simulation().snapshot(name)
    return jsonify(name=name), 201


def _restore_snapshot(name: str) -> ResponseReturnValue:
    kit = simulation()
    only(body())
    if name not in kit.snapshots:
        raise BadControl(f"no snapshot {name!r}; there are: {', '.join(kit.snapshots) or 'none'}", 404)
    kit.restore(name)
    return jsonify(name=name)


def _list_faults() -> ResponseReturnValue:
    return jsonify(faults=[fault.as_dict() for fault in simulation().faults.all()])


def _plan_fault() -> ResponseReturnValue:
    wish = body()
    known = {getattr(view, "operation", None) for view in current_app.view_functions.values()} - {None}
    if isinstance(wish.get("at"), str) and wish["at"] not in known:
        raise BadControl(f"field 'at': {wish['at']!r} is not one of {', '.join(sorted(map(str, known)))}")
    try:
        fault = simulation().faults.plan(wish)
    except UnusableFault as error:
        raise BadControl(str(error)) from None
    return jsonify(fault.as_dict()), 201


def _read_fault(fault_id: str) -> ResponseReturnValue:
    fault = simulation().faults.get(fault_id)
    if fault is None:
        raise BadControl(f"no fault {fault_id!r}", 404)
    return jsonify(fault.as_dict())


def _remove_fault(fault_id: str) -> ResponseReturnValue:
    if simulation().faults.get(fault_id) is None:
        raise BadControl(f"no fault {fault_id!r}", 404)
    simulation().faults.remove(fault_id)
    return "", 204


def _read_journal() -> ResponseReturnValue:
    journal = simulation().journal
    status = _number("status")
    calls = journal.find(
        operation=request.args.get("operation"),
        order=request.args.get("order"),
        status=status,
        after=_number("after") or 0,
    )
    return jsonify(
        calls=[call.as_dict() for call in calls], counts=dict(journal.counts), dropped=journal.dropped
    )


def _number(parameter: str) -> int | None:
    text = request.args.get(parameter)
    if text is not None and not (text.isdecimal() and len(text) < 19):  # noqa: PLR2004 - what a count may be
        raise BadControl(f"parameter {parameter!r}: {text!r} is not a number")
    return None if text is None else int(text)


def _clear_journal() -> ResponseReturnValue:
    simulation().journal.clear()
    return "", 204
