"""Serves cart totals over HTTP."""

import json
import os
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from price_rules import Rule, total

from cart_service import __version__

RULES = (Rule(minimum=5_000, percent=5), Rule(minimum=10_000, percent=10))


def answer(target: str) -> dict[str, object]:
    """What GET `/?price=1200&price=900` is answered with; prices are cents."""
    prices = [int(price) for price in parse_qs(urlsplit(target).query).get("price", [])]
    return {
        "items": len(prices),
        "total": total(prices, RULES),
        "environment": os.environ.get("APP_ENV", "local"),
        "version": __version__,
    }


class Handler(BaseHTTPRequestHandler):
    """Answers GET requests as JSON; a price that is no number is the caller's mistake."""

    def do_GET(self) -> None:
        try:
            self.reply(200, answer(self.path))
        except ValueError:
            self.reply(400, {"error": "price must be a number of cents"})

    def reply(self, status: int, content: dict[str, object]) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        print(f"{self.address_string()} {format % args}", flush=True)


def start() -> None:
    """Serves until the process is asked to stop."""
    port = int(os.environ.get("PORT", "8000"))
    server = ThreadingHTTPServer(("0.0.0.0", port), Handler)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(f"cart-service {__version__} listens on port {port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    start()
