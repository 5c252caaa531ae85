"""The connector's Flask app: its database, its pages and a health check."""

from __future__ import annotations

from flask import Flask, jsonify

from connector.config import ConnectorConfig
from connector.database import Base, db, tune_sqlite
from connector.web import pages


def create_app(config: ConnectorConfig) -> Flask:
    """A new app on the configured database; missing tables are created."""
    app = Flask("connector", template_folder="web/templates", static_folder="web/static")
    app.config.update(
        SQLALCHEMY_DATABASE_URI=config.database,
        SQLALCHEMY_ENGINE_OPTIONS=dict(config.engine_options),
    )
    db.init_app(app)
    app.register_blueprint(pages.bp)
    app.add_url_rule("/health", "health", lambda: jsonify(status="ok", system="connector"))
    with app.app_context():
        tune_sqlite(db.engine)
        Base.metadata.create_all(db.engine)
    return app
