"""A browser for the Admin: reads the forms of a page and sends them as a person who changes some fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

USER = {"username": "admin", "password": "admin123"}


@dataclass
class PageForm:
    """One form: where it is sent, and what it holds."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[PageForm] = []
        self.links: dict[str, str] = {}
        self.title = ""
        self._text: list[str] | None = None
        self._link = self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = {key: "" if value is None else value for key, value in attrs}
        if tag == "form":
            self.forms.append(PageForm(given.get("action", ""), given.get("method", "get")))
        elif tag == "input" and self.forms:
            self._input(given)
        elif tag == "select":
            self._select = given["name"]
        elif tag == "option" and self.forms:
            self._option(given)
        elif tag == "textarea":
            self._area, self._text = given["name"], []
        elif tag == "a":
            self._link, self._text = given.get("href", ""), []
        elif tag == "title":
            self._text = []

    def _input(self, given: dict[str, str]) -> None:
        if given.get("type") in {"checkbox", "radio"} and "checked" not in given:
            return
        if "name" in given:
            value = given.get("value", "y" if given.get("type") == "checkbox" else "")
            self.forms[-1].fields.setdefault(given["name"], []).append(value)

    def _option(self, given: dict[str, str]) -> None:
        form = self.forms[-1]
        value = given.get("value", "")
        form.choices.setdefault(self._select, []).append(value)
        if "selected" in given or self._select not in form.fields:
            form.fields[self._select] = [value]

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        text = "".join(self._text or ()).strip()
        if tag == "a":
            self.links[text] = self._link
        elif tag == "title":
            self.title = text
        elif tag == "textarea":
            self.forms[-1].fields[self._area] = [text]
        if tag in {"a", "title", "textarea"}:
            self._text = None


class Page:
    """An answer, read."""

    def __init__(self, answer: TestResponse, address: str) -> None:
        self.status = answer.status_code
        self.location = answer.headers.get("Location")
        self.headers = answer.headers
        self.html = answer.get_data(as_text=True)
        self.address = address
        reader = _Reader()
        reader.feed(self.html)
        self.forms, self.links, self.title = reader.forms, reader.links, reader.title

    @property
    def form(self) -> PageForm:
        """The page's own form: the first is the sign-out of the frame, the last the page's."""
        return self.forms[-1]

    def body(self) -> str:
        """What a person reads in the page itself, without the menu."""
        return self.html.split("<main", 1)[1]


class Browser:
    """One session."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, address: str) -> Page:
        return Page(self.client.get(address), address)

    def post(self, address: str, content: dict[str, Any]) -> Page:
        return Page(self.client.post(address, data=content), address)

    def follow(self, page: Page) -> Page:
        assert page.status == 303, page.html
        assert page.location is not None
        return self.open(page.location)

    def send(self, page: Page, *, form: PageForm | None = None, **changes: Any) -> Page:
        """Send the page's form; None leaves a field out as an unchecked box is."""
        sent = form or page.form
        content: dict[str, Any] = {**sent.fields, **changes}
        return self.post(
            sent.action or page.address, {key: value for key, value in content.items() if value is not None}
        )

    def sign_in(self, **changes: Any) -> Page:
        return self.send(self.open("/admin"), **{**USER, **changes})

    def token(self) -> str:
        """The form token of this session."""
        return self.open("/admin/sales/order").forms[0].fields["csrf_token"][0]
