"""The connector's Flask app: its database, its pages and a health check."""

from __future__ import annotations

from flask import Flask, jsonify

from connector.config import ConnectorConfig
from connector.database import Base, db, tune_sqlite
from connector.postgresql import engine_url, explained, make_tables
from connector.web import details, frame, home, listing, matches, settings


def create_app(config: ConnectorConfig) -> Flask:
    """A new app on the configured database; missing tables are created.

    Raises DatabaseUnusable.
    """
    app = Flask("connector", template_folder="web/templates", static_folder="web/static")
    app.config.update(
        SQLALCHEMY_DATABASE_URI=engine_url(config.database),
        SQLALCHEMY_ENGINE_OPTIONS=dict(config.engine_options),
    )
    db.init_app(app)
    frame.init_app(app, config.secret_key)
    for section in (home, listing, details, settings, matches):
        app.register_blueprint(section.bp)
    app.add_url_rule("/health", "health", lambda: jsonify(status="ok", system="connector"))
    with app.app_context(), explained(config.database):
        tune_sqlite(db.engine)
        make_tables(db.engine, Base.metadata)
    return app
