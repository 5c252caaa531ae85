"""The gateway's own certificate authority: made on first use, for its user's eyes only, never overwritten."""

from __future__ import annotations

import os
import shutil
import ssl
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import trustme

from simkit.clock import wall_time
from simulator.gateway.hosts import NAMES

CERTIFICATE, KEY = "ca.pem", "ca-key.pem"
_LIFE = timedelta(days=397)
"""Of the server's certificate, which is new at every start; some clients refuse longer ones."""


class AuthorityUnusable(Exception):
    """The folder holds no usable authority, or would give its key away; the message names what is wrong."""


@dataclass(frozen=True)
class Authority:
    """What clients have to trust, and what the gateway shows them."""

    certificate: Path
    context: ssl.SSLContext


def authority_in(folder: Path) -> Authority:
    """The authority of a folder; where there is no folder, or an empty one, a new authority.

    Raises AuthorityUnusable.
    """
    try:
        if not folder.exists() or not any(folder.iterdir()):
            _make(folder)
        for path in (folder, folder / KEY):
            _check_private(path)
        return Authority(folder / CERTIFICATE, _context(folder))
    except OSError as error:  # SSLError is one
        reason = error.strerror or str(error)
        raise AuthorityUnusable(f"cannot use the certificate authority in {folder}: {reason}") from None
    except ValueError as error:
        raise AuthorityUnusable(f"cannot use the certificate authority in {folder}: {error}") from None


def _make(folder: Path) -> None:
    """Write both files aside and put them in place at once: of two gateways that start together one wins."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))  # drwx------
    try:
        ca = trustme.CA(
            organization_name="Channel Simulator",
            organization_unit_name="Gateway, for tests only",
            path_length=0,
        )
        _write(aside / KEY, ca.private_key_pem.bytes(), 0o600)
        _write(aside / CERTIFICATE, ca.cert_pem.bytes(), 0o644)
        _put(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _put(aside: Path, folder: Path) -> None:
    try:
        aside.rename(folder)  # fails where the folder holds anything
    except OSError:
        if not (folder / KEY).exists():
            raise


def _write(path: Path, content: bytes, mode: int) -> None:
    """A new file that nobody else could read even for a moment."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)


def _check_private(path: Path) -> None:
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise AuthorityUnusable(
            f"{path} is open to other users of this machine: chmod go-rwx {path}, or name another folder"
        )


def _context(folder: Path) -> ssl.SSLContext:
    key, certificate = folder / KEY, folder / CERTIFICATE
    # This call tells whether the two belong together.
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key)
    ca = trustme.CA.from_pem(certificate.read_bytes(), key.read_bytes())
    now = wall_time()
    leaf = ca.issue_cert(*NAMES, not_before=now - timedelta(days=1), not_after=now + _LIFE)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.set_alpn_protocols(["http/1.1"])
    leaf.configure_cert(context)
    return context
