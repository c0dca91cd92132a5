"""Serves /srv over TLS, with the certificate of the cluster."""

import functools
import http.server
import ssl

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain("/certificates/tls.crt", "/certificates/tls.key")
handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory="/srv")
server = http.server.ThreadingHTTPServer(("", 8443), handler)
server.socket = context.wrap_socket(server.socket, server_side=True)
server.serve_forever()
