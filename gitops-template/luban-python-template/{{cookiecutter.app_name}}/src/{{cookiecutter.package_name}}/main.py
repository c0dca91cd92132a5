"""Serves a greeting over HTTP."""

import json
import os
import platform
import signal
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from {{ cookiecutter.package_name }} import __version__


def greeting() -> dict[str, str]:
    """What every GET answers with."""
    return {
        "message": os.environ.get("GREETING", "Hello from {{ cookiecutter.app_name }}"),
        "environment": os.environ.get("APP_ENV", "local"),
        "version": __version__,
        "python": platform.python_version(),
    }


class Handler(BaseHTTPRequestHandler):
    """Answers GET requests with the greeting as JSON."""

    def do_GET(self) -> None:
        body = json.dumps(greeting()).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        print(f"{self.address_string()} {format % args}", flush=True)


def start() -> None:
    """Serves until the process is asked to stop."""
    port = int(os.environ.get("PORT", "{{ cookiecutter.container_port }}"))
    server = ThreadingHTTPServer(("0.0.0.0", port), Handler)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(f"{{ cookiecutter.app_name }} {__version__} listens on port {port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    start()
