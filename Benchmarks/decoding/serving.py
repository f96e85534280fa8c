"""A server on this machine that plays both services: whatever they are asked, the answer is a document."""

import http.server
import json
import os
import threading
import time

PIECE = 64 << 10  # bytes sent at a time where a rate is kept


class Server:
    """Serves one document at `base(rate)`, so many bytes a second; 0 is as fast as the machine can."""

    def __init__(self, path):
        handler = type("Handler", (Handler,), {"document": path})
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def base(self, rate):
        return f"http://127.0.0.1:{self.server.server_address[1]}/{rate}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    document = None

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.endswith("/v1/save"):
            return self.answer(200, {"query_id": "q", "name": "q", "created_at": "2026-01-01T00:00:00Z", "status": "saved"})
        self.rows()

    def do_GET(self):
        if self.path.endswith("/document"):
            return self.rows()
        # Toolkit is asked for a job that nobody knows, to find out whether it has jobs at all.
        self.answer(404, {"error": "not found"})

    def rows(self):
        size = os.path.getsize(self.document)
        self.head(200, size)
        with open(self.document, "rb") as file:
            self.send(file.fileno(), size, int(self.path.split("/")[1]))

    def send(self, file, size, rate):
        self.wfile.flush()
        sent, start = 0, time.monotonic()
        while sent < size:
            sent += os.sendfile(self.connection.fileno(), file, sent, min(size - sent, PIECE if rate else size))
            ahead = sent / rate - (time.monotonic() - start) if rate else 0
            if ahead > 0.001:
                time.sleep(ahead)

    def answer(self, status, members):
        body = json.dumps(members).encode()
        self.head(status, len(body))
        self.wfile.write(body)

    def head(self, status, length):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def log_message(self, *_):
        pass
