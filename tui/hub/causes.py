"""Which setting of the environment is in force where no connection comes about."""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")  # the first that is set wins
_SOCKS = ("socks4", "socks5", "socks5h")
_PROXIES = ("http", "https", *_SOCKS)


def proxy(url: str, environ: Mapping[str, str] = os.environ) -> str | None:
    """The variable that names the proxy for ``url``; None where it is asked without one."""
    parts = urlsplit(url)
    try:
        if parts.hostname and proxy_bypass(parts.hostname):
            return None
    except (OSError, ValueError):
        return None
    names = (f"{parts.scheme}_proxy", "all_proxy")
    spelled = (written for name in names for written in (name, name.upper()))
    return next((name for name in spelled if environ.get(name)), None)


def speaks_tls(url: str, environ: Mapping[str, str] = os.environ) -> bool:
    """Whether the host of ``url``, or the proxy on the way to it, shows a certificate."""
    variable = proxy(url, environ)
    addresses = (url, environ[variable] if variable else "")
    return any(address[:6].lower() == "https:" for address in addresses)


def certificates(environ: Mapping[str, str] = os.environ) -> str | None:
    """The variable that says which certificates are trusted; None where the system does."""
    return next((name for name in _CERTIFICATES if environ.get(name)), None)


def unusable(environ: Mapping[str, str] = os.environ) -> str:
    """What a person should mend where the HTTP stack cannot even be made ready."""
    variable = certificates(environ)
    if variable is not None:
        place = environ[variable]
        there = os.path.isfile if variable == "SSL_CERT_FILE" else os.path.isdir
        if not (there(place) and os.access(place, os.R_OK)):
            return f"{variable} names what cannot be read; correct it or `unset {variable}`"
    for scheme in ("https", "http", "all"):
        for name in (f"{scheme}_proxy", f"{scheme}_proxy".upper()):
            kind = environ.get(name, "").partition("://")[0].lower()
            if kind in _SOCKS:
                return f"{name} names a SOCKS proxy, which needs the package socksio; install it"
            if environ.get(name) and not _is_address(environ[name]):
                return f"{name} is no proxy's address; write it like http://host:3128"
    if variable is not None:
        return f"{variable} holds no certificates; correct it or `unset {variable}`"
    return "the proxy or certificates of the environment are unusable; check HTTPS_PROXY"


def unreachable(url: str, host: str, environ: Mapping[str, str] = os.environ) -> str:
    """The line for a connection that did not come about."""
    variable = proxy(url, environ)
    if variable is not None:
        return f"cannot reach {host} through the proxy of {variable}; check {variable}, or unset it"
    return f"cannot reach {host}; check the network and HF_ENDPOINT"


def untrusted(host: str, environ: Mapping[str, str] = os.environ) -> str:
    """The line for a certificate that was refused."""
    variable = certificates(environ)
    if variable is not None:
        return (
            f"cannot trust {host}: nothing in {variable} vouches for it; "
            f"correct or unset {variable}"
        )
    return (
        f"cannot trust {host}: certificate refused; where a proxy opens TLS, "
        "name its certificate in SSL_CERT_FILE"
    )


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        valid = parts.scheme in _PROXIES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return valid and not any(letter.isspace() for letter in text)
