"""Who may ask: the browser that was given the address, on this machine, from this page; nobody else.

The server listens on the loopback address only, which every program and every page in every browser of this machine can
reach. So the address that is printed holds a secret. The first request with it is answered with a cookie, and the secret
leaves the address bar. Every request must name this very host (else a foreign name that was bound to 127.0.0.1 could read
the answers) and must not come from another site; what changes something must come from a page of this origin.

Cookies know no ports: another server of this machine that the same browser visits gets the cookie sent. Where several
people share a machine, whom they trust with their browser's address bar they trust with this.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

ADDRESS = "127.0.0.1"
SAFE = ("GET", "HEAD")
METHODS = (*SAFE, "POST")


class Named(Protocol):
    """Values by name, such as the headers of a request."""

    def get(self, name: str, default: str, /) -> str: ...


class Refusal(NamedTuple):
    """Why a request is not answered: an HTTP status, what is wrong, and what to do."""

    status: int
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """The secret of one server, and what it is asked before anything else. ``images``: where scans come from on the web."""

    port: int
    images: str = ""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @property
    def address(self) -> str:
        """What a person opens."""
        return f"http://{ADDRESS}:{self.port}/?token={self.token}"

    @property
    def cookie(self) -> str:
        """The name of the cookie: one for each port, so that two reviews do not push each other out."""
        return f"cleaner-review-{self.port}"

    def is_key(self, given: str | None) -> bool:
        """Whether something is the secret; takes as long for every wrong one."""
        return given is not None and hmac.compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    def refusal(self, method: str, headers: Named, *, token: str | None, cookie: str | None) -> Refusal | None:
        """Why a request is refused, None where it is not. ``token`` stands in the address, ``cookie`` is the cookie's value.

        >>> guard = Guard(8000)
        >>> guard.refusal("GET", {"Host": "127.0.0.1:8000"}, token=None, cookie=guard.token)
        >>> guard.refusal("GET", {"Host": "evil.example:8000"}, token=None, cookie=guard.token).status
        421
        """
        host = headers.get("Host", "")
        if host not in (f"{ADDRESS}:{self.port}", f"localhost:{self.port}"):
            return Refusal(421, "This review has another address.", f"It is http://{ADDRESS}:{self.port}/")
        if method not in METHODS:
            return Refusal(405, f"{method} is not for this page.")
        entering = method in SAFE and self.is_key(token)
        if not entering and headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            return Refusal(403, "Another page asked for this.", "Open the address that the command printed.")
        if method not in SAFE and headers.get("Origin", "") != f"http://{host}":
            return Refusal(403, "Another page asked for this.", "Open the address that the command printed.")
        if not entering and not self.is_key(cookie):
            hint = "Paste the address that 'cleaner review' printed, with its token, into the address bar."
            return Refusal(403, "This page is for whoever started the review.", hint)
        return None

    @property
    def headers(self) -> dict[str, str]:
        """What every answer says: no script but ours, nothing from elsewhere but scans, nothing kept."""
        images = f" {self.images}" if self.images else ""
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; "
            f"img-src 'self'{images}; base-uri 'none'; frame-ancestors 'none'"
        )
        return {
            "Content-Security-Policy": policy,
            "Cache-Control": "no-store",
            "Referrer-Policy": "same-origin",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
        }
