"""Sign-in and sign-out; the only pages of the Admin that need no session."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import Form, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from mock_commerce.access.auth import administrator
from mock_commerce.errors import CommerceError
from mock_commerce.populate import ADMIN_PASSWORD, ADMIN_USER
from mock_commerce.web import access, menu
from mock_commerce.web.section import refuse
from simkit import pages

LONGEST = 255

bp = pages.blueprint(
    "admin", __name__, url_prefix=access.HOME, template_folder="templates", static_folder="static"
)
bp.before_request(access.refuse_nul)


class LoginForm(Form):
    username = StringField("Username", [InputRequired("This is a required field."), Length(max=LONGEST)])
    password = PasswordField("Password", [InputRequired("This is a required field."), Length(max=LONGEST)])


@bp.context_processor
def _frame() -> dict[str, str]:
    return {"layout": "admin/outside.html", "hint": f"{ADMIN_USER} / {ADMIN_PASSWORD}"}


def root() -> Response:
    """The address without a path, for people."""
    return redirect(access.HOME)


@bp.get("")
def login() -> str | Response:
    """The sign-in; whoever is signed in already goes on."""
    user = access.current_user()
    if user is not None:
        wanted = access.own_path(request.args.get("next", ""))
        return redirect(url_for(menu.home(user)) if wanted == access.HOME else wanted, 303)
    return render_template("admin/login.html", form=LoginForm())


@bp.post("")
def sign_in() -> tuple[str, int] | Response:
    form = LoginForm(request.form)
    if form.validate():
        try:
            access.start(administrator(form.username.data, form.password.data))
        except CommerceError as error:
            form.form_errors.append(refuse(error))
        else:
            return redirect(url_for("admin.login", next=request.args.get("next")), 303)
    return render_template("admin/login.html", form=form), 400


@bp.post("/auth/logout")
def logout() -> Response:
    access.end()
    flash("You have logged out.", "success")
    return redirect(url_for("admin.login"), 303)
