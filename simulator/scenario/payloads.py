"""``amazon.payload``: files with real answers of Amazon, found and checked when the scenario is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mock_amazon.wire.payload import read
from mock_amazon.wire.payload_parts import UnusablePayload
from simkit import jsons
from simulator.scenario.reading import ORDER, SHOP_ORDER, SOLD, Reading
from simulator.scenario.rules import made
from simulator.scenario.yamltree import Node

FOLDER = "payloads"
LARGEST = 1_000_000
"""Bytes, as for scenarios."""


class UnusableFile(Exception):
    """A file that is not there or cannot be read as JSON; the message says which and why."""


def payload(content: dict[str, Any], node: Node, reading: Reading) -> None:
    """Put the documents in the place of the files' names, and make the order and its SKUs known."""
    made(ORDER, content.get("id"), node, reading, SHOP_ORDER)
    if not all(isinstance(content.get(part), str | None) for part in ("items", "pick")):
        return  # that has been told
    names = {part: content[part] for part in ("order", "items") if isinstance(content.get(part), str)}
    for part, name in names.items():
        try:
            content[part] = document(_found(name, reading.file))
        except UnusableFile as error:
            reading.wrong(node.value[part], str(error))
            return
    if "order" not in names:
        return
    try:
        draft = read(content["order"], content.get("items"), content.get("pick"))
    except UnusablePayload as error:
        reading.wrong(node.value.get(error.part, node), f"{names.get(error.part, error.part)}: {error}")
        return
    for line in draft.lines:
        reading.learn(SOLD, line.sku)


def document(path: Path) -> dict[str, Any]:
    """The JSON object of a file.

    Raises UnusableFile.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UnusableFile(f"{path.name} is larger than {LARGEST:,} bytes")
        content = jsons.load(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except OSError as error:
        raise UnusableFile(f"{path.name} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise UnusableFile(f"{path.name} is not JSON: {error}") from error
    if not isinstance(content, dict):
        raise UnusableFile(f"{path.name} is not a JSON object")
    return content


def _found(name: str, file: Path) -> Path:
    """Beside the scenario, or in the folder ``payloads/`` beside any folder above it."""
    if Path(name).name != name:
        raise UnusableFile(f"{name!r} is not the name of a file: leave the folder out")
    folders = [file.resolve().parent, *(folder / FOLDER for folder in file.resolve().parents)]
    places = [folder / name for folder in folders]
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        raise UnusableFile(f"there is no file {name!r} beside the scenario or in {FOLDER}/")
    return found
