"""Who may call: roles, administrators, integrations, and what is kept about their tokens."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mock_commerce.models.base import Base, JsonList
from simkit.database import Utc


class AdminRole(Base):
    """ACL resources under a name; ``Magento_Backend::all`` is every resource."""

    __tablename__ = "authorization_role"

    role_id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50), unique=True)
    resources: Mapped[JsonList]


class AdminUser(Base):
    __tablename__ = "admin_user"

    user_id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    password_hash: Mapped[str]
    is_active: Mapped[bool] = mapped_column(default=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("authorization_role.role_id"), default=1)
    role: Mapped[AdminRole] = relationship()


class Integration(Base):
    """An OAuth 1.0a consumer with its access token."""

    __tablename__ = "integration"

    integration_id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(255), unique=True)
    consumer_key: Mapped[str] = mapped_column(String(32), unique=True)
    consumer_secret: Mapped[str] = mapped_column(String(32))
    token: Mapped[str] = mapped_column(String(32), unique=True)
    token_secret: Mapped[str] = mapped_column(String(32))
    is_active: Mapped[bool] = mapped_column(default=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("authorization_role.role_id"), default=1)
    role: Mapped[AdminRole] = relationship()


class LoginFailure(Base):
    """Failed sign-ins of one user name, existing or not, until the lock expires."""

    __tablename__ = "oauth_token_request_log"

    username: Mapped[str] = mapped_column(String(255), primary_key=True)
    user_type: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    failures: Mapped[int]
    expires_at: Mapped[Utc]


class OpaqueToken(Base):
    """A token of the versions before JWT."""

    __tablename__ = "oauth_token"

    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_type: Mapped[int]
    user_id: Mapped[int]
    created_at: Mapped[Utc]


class RevokedTokens(Base):
    """Up to when the JWTs of somebody are void."""

    __tablename__ = "jwt_auth_revoked"

    user_type: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revoke_before: Mapped[int]
    """Seconds since 1970."""


class OauthNonce(Base):
    __tablename__ = "oauth_nonce"

    nonce: Mapped[str] = mapped_column(String(255), primary_key=True)
    consumer_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    timestamp: Mapped[int] = mapped_column(index=True)
