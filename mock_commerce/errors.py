"""PURE: Commerce's errors, one class per thing that can happen.

    CommerceError (400)
    ├── InputRequired (ArgumentRequired), InputErrors, ListTooLong, InvalidValue, TypeInvalid,
    │   SpecifiedRequest, SecondFactorNeeded, CouldNotSave
    ├── NotAuthorized, LoginRefused, NotThisPassword, OauthRefused, CodeRefused (401)
    ├── NoSuchEntity, NoRoute (404), MethodNotSupported (405), NotAcceptable (406)
    └── Masked (Fatal, NoAccessor) (500)

Messages keep their placeholders; the values stand in ``parameters``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mock_commerce import php_casts

Parameters = list[Any] | dict[str, Any]


class CommerceError(Exception):
    """A refusal in Commerce's own words; 400 unless a subclass says otherwise."""

    status = 400
    headers: Mapping[str, str] = {}

    def __init__(
        self,
        message: str,
        parameters: Parameters | None = None,
        errors: list[dict[str, Any]] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.parameters = parameters
        self.errors = errors

    @property
    def text(self) -> str:
        """The message for people: with the values in their places."""
        values = self.parameters or {}
        named = values if isinstance(values, dict) else dict(enumerate(values, start=1))
        text = self.message
        for name, value in named.items():
            text = text.replace(f"%{name}", str(value))
        return text

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"message": self.message}
        if self.errors:
            body["errors"] = self.errors
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class InputRequired(CommerceError):
    def __init__(self, field: str) -> None:
        super().__init__('"%fieldName" is required. Enter and try again.', {"fieldName": field})


class ArgumentRequired(InputRequired):
    """A top-level argument of a body is missing: found before the service is called at all."""


class InvalidValue(CommerceError):
    def __init__(self, value: object, field: str) -> None:
        super().__init__(
            'Invalid value of "%value" provided for the %fieldName field.',
            {"value": value, "fieldName": field},
        )


class InputErrors(CommerceError):
    """Several input errors at once; a single one stands at the top level, as in Commerce."""

    def __init__(self, errors: Sequence[CommerceError]) -> None:
        if len(errors) == 1:
            super().__init__(errors[0].message, errors[0].parameters)
        else:
            bodies = [error.body() for error in errors]
            super().__init__("One or more input exceptions have occurred.", errors=bodies)


class TypeInvalid(CommerceError):
    """A value of the wrong type, in a property; ``field`` is empty for an argument itself."""

    def __init__(self, field: str, value: object, expected: str) -> None:
        shown = "array" if isinstance(value, dict | list) else php_casts.text_of(value)
        super().__init__(
            f'The "{shown}" value\'s type is invalid. The "{expected}" type was expected. '
            "Verify and try again."
        )
        if field:
            self.wrap(field)

    def wrap(self, field: str) -> None:
        """Every object on the way out says its property before what is inside of it."""
        self.message = f'Error occurred during "{field}" processing. {self.message}'


class ListTooLong(CommerceError):
    """A list in a body breaks the input limits of the web API."""

    def __init__(self, php_type: str, limit: int) -> None:
        super().__init__('Maximum items of type "%type" is %max', {"type": php_type, "max": limit})


class SpecifiedRequest(CommerceError):
    def __init__(self) -> None:
        super().__init__("Specified request cannot be processed.")


class NotAuthorized(CommerceError):
    status = 401

    def __init__(self, resource: str) -> None:
        super().__init__(
            "The consumer isn't authorized to access %resources.",
            {"resources": resource},
        )


class LoginRefused(CommerceError):
    """Wrong, inactive and locked are told apart by nobody."""

    status = 401

    def __init__(self) -> None:
        super().__init__(
            "The account sign-in was incorrect or your account is disabled temporarily. "
            "Please wait and try again later."
        )


class OauthRefused(CommerceError):
    """A signed request that cannot be verified."""

    status = 401


class NotThisPassword(CommerceError):
    """A customer's current password is another one."""

    status = 401

    def __init__(self) -> None:
        super().__init__("The password doesn't match this account. Verify the password and try again.")


class SecondFactorNeeded(CommerceError):
    pass


class CodeRefused(CommerceError):
    """A wrong code of the second factor."""

    status = 401

    def __init__(self) -> None:
        super().__init__("Invalid code.")


class NoSuchEntity(CommerceError):
    status = 404

    def __init__(
        self,
        message: str = "The entity that was requested doesn't exist. Verify the entity and try again.",
        parameters: Parameters | None = None,
    ) -> None:
        super().__init__(message, parameters)


class NoRoute(CommerceError):
    status = 404

    def __init__(self) -> None:
        super().__init__("Request does not match any route.")


class MethodNotSupported(CommerceError):
    status = 405

    def __init__(self, method: str) -> None:
        super().__init__(f"The {method} HTTP method is not supported.")


class NotAcceptable(CommerceError):
    status = 406

    def __init__(self, types: Sequence[str]) -> None:
        super().__init__(
            'Server cannot match any of the given Accept HTTP header media type(s) from the request: "%1" '
            "with media types from the config of response renderer.",
            list(types),
        )


class Masked(CommerceError):
    """Anything that Commerce shows as an internal error only; ``reason`` is what its log says."""

    status = 500

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Fatal(Masked):
    """What even breaks Commerce's own handling of errors: PHP's fatal errors, in another envelope."""


class NoAccessor(Masked):
    """A property that a data object of Commerce does not have (magento2#3660)."""


class CouldNotSave(CommerceError):
    headers: Mapping[str, str] = {"errorRedirectAction": "#shipping"}


def no_accessor(key: str, kind: str) -> NoAccessor:
    """The error of a property that no data object of that kind has."""
    name = "".join(part[:1].upper() + part[1:] for part in key.split("_"))
    return NoAccessor(f'Property "{name}" does not have accessor method "get{name}" in class "{kind}".')


def no_such(name: str, value: object) -> NoSuchEntity:
    """Commerce's words for a key that leads nowhere."""
    parameters = {"fieldName": name, "fieldValue": value}
    return NoSuchEntity("No such entity with %fieldName = %fieldValue", parameters)


def no_such_sku(sku: str) -> NoSuchEntity:
    """What the stock routes say of an unknown SKU; the catalogue has its own words."""
    return NoSuchEntity('The Product with the "%1" SKU doesn\'t exist.', [sku])
