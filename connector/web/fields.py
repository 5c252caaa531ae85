"""Form fields made of the settings' own definitions: one list of names, values and rules for all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wtforms import Field, Form, SelectField, StringField
from wtforms.validators import ValidationError

from connector.domain.settings import SETTINGS, InvalidSetting, OrderSettings, changed, check


def offered(words: Mapping[str, str]) -> Any:
    """The choices of a field, value to label. WTForms' own types know only an older way."""
    return dict(words)


class SettingsForm(Form):
    """Fields whose names are settings. A field that was not sent keeps what is stored."""

    def changes(self, settings: OrderSettings) -> dict[str, str]:
        """What differs from the stored settings."""
        return {
            field.name: field.data.strip()
            for field in self
            if field.name in SETTINGS and (field.data or "").strip() != settings[field.name]
        }

    def agrees(self, stored: Mapping[str, str]) -> bool:
        """Whether the settings fit together; what does not is told at its field (S-07)."""
        try:
            changed(stored, self.changes(OrderSettings(stored)))
        except InvalidSetting as error:
            name, _, text = str(error).partition(": ")
            field = self._fields.get(name)
            if field is None:
                self.form_errors.append(str(error))
            else:
                field.errors = [*field.errors, text]
            return False
        return True


class _Allowed:
    """Asks the settings themselves whether a value is allowed; ``required`` is only shown."""

    def __init__(self, *, required: bool = False) -> None:
        self.field_flags = {"required": True} if required else {}

    def __call__(self, _form: Form, field: Field) -> None:
        try:
            check(field.name, field.data or "")
        except InvalidSetting as error:
            raise ValidationError(str(error).removeprefix(f"{field.name}: ")) from None


def choice(
    name: str, label: str, words: Mapping[str, str], *, required: bool = False, **options: Any
) -> SelectField:
    """A choice among the setting's values; those without words of their own are shown as they are."""
    choices = offered({value: words.get(value, value) for value in SETTINGS[name].choices})
    return SelectField(
        label, choices=choices, validate_choice=False, validators=[_Allowed(required=required)], **options
    )


def text(label: str, **options: Any) -> StringField:
    return StringField(label, validators=[_Allowed()], **options)


def field_of(name: str, label: str, about: str) -> Field:
    """The field of a setting, whatever kind it is."""
    if SETTINGS[name].choices:
        return choice(name, label, {}, description=about)
    return text(label, description=about)
