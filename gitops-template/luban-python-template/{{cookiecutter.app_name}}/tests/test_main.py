import json
import threading
import unittest
from http.server import ThreadingHTTPServer
from urllib.request import urlopen

from {{ cookiecutter.package_name }}.main import Handler


class GreetingTest(unittest.TestCase):
    def test_a_get_is_answered_with_the_greeting(self) -> None:
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            with urlopen(f"http://127.0.0.1:{server.server_port}/") as response:
                answer = json.load(response)
        finally:
            server.shutdown()
            server.server_close()

        self.assertEqual(answer["message"], "Hello from {{ cookiecutter.app_name }}")


if __name__ == "__main__":
    unittest.main()
