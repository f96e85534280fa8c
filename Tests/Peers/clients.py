"""Compares what qs sends to Polytomic and Toolkit with what the services' own Python clients send for the same work.

Usage: clients.py QS. One server on loopback answers both as the services do and remembers every request. A request of qs has to be the
client's: method, path, query, body, and the headers that say who asks for what. Where they differ on purpose, DIFFERENT says why.
"""

import http.server
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import urllib.parse

import polytomic
import toolkitapi

KEY = "canary-key"
TEXT = "select 'a+b', \"ü\" from t\nwhere x > 1 & y < 2 -- 100%"
CONNECTION = "248df4b7-aa70-47b8-a036-33ac447e668d"
# What both have to say alike. Idempotency-Key is qs' own; User-Agent, X-Fern-* and Accept-Encoding are each client's.
HEADERS = ["authorization", "x-api-key", "x-polytomic-version", "content-type"]
DIFFERENT = {
    # The Python client leaves the placeholder of the path unfilled, percent-encoded, and gives the id as a query item. The published page has
    # the id in the path, and so does qs.
    ("POST", "/v1/query/%7Bquery_id%7D", "query_id"): "/v1/query/{}",
    ("GET", "/v1/jobs/%7Bjob_id%7D", "job_id"): "/v1/jobs/{}",
}


# What qs asks besides, once a session and before a first run: a job that cannot be there, to learn whether the service has jobs at all (it may
# answer 501). A run that was made to find out could not be taken back.
PROBE = re.compile(r"/v1/jobs/job_[a-z2-7]{24}")


class Service(http.server.BaseHTTPRequestHandler):
    """Both services, with one query each that is done at the second look."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.answer()

    def do_POST(self):
        self.answer()

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with self.server.lock:
            self.server.seen.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            looks = sum(1 for seen in self.server.seen if seen[0] == "GET")
        path = urllib.parse.unquote(self.path.split("?")[0])
        done = looks > 1
        if path.endswith("/query") and "connections" in path:
            reply = {"data": {"id": "q1", "status": "created"}}
        elif path.startswith("/api/queries/"):
            reply = {"data": {"id": "q1", "status": "done" if done else "running"}}
            if done:
                reply["data"].update(count=1, fields=["n"], results=[{"n": 1}])
        elif path == "/v1/save":
            reply = {"query_id": "qry_1", "name": "by_month", "status": "saved", "created_at": "2026-01-01T00:00:00Z"}
        elif path.startswith("/v1/query/"):
            reply = {"query_id": "qry_1", "execution_mode": "async", "status": "queued", "job_id": "j1", "created_at": "2026-01-01T00:00:00Z"}
        else:
            reply = {"job_id": "j1", "query_id": "qry_1", "status": "succeeded" if done else "running", "progress": 50}
            if done:
                reply["results"] = {"columns": ["n"], "rows": [[1]], "row_count": 1}
        data = json.dumps(reply).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def recorded(work):
    """The requests that `work(url)` makes."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.seen, server.lock = [], threading.Lock()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        work(f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    return server.seen


def polytomic_client(url):
    client = polytomic.Polytomic(base_url=url, token=KEY, version="2025-09-18")
    task = client.query_runner.run_query(CONNECTION, query=TEXT)
    while client.query_runner.get_query(task.data.id).data.status not in ("done", "failed", "unknown"):
        pass


def toolkit_client(url):
    with toolkitapi.Analytics(api_key=KEY, base_url=url) as client:
        saved = client.save({"name": "by_month", "description": "Revenue", "query": "select {{month}}", "dataset_id": "d1"})
        job = client.run_saved_query(
            saved["query_id"], {"dataset_id": "d2", "execution_mode": "async", "parameters": {"month": "2024-05", "n": 3, "x": 1.5, "b": True}})
        while client.get_job_status(job["job_id"])["status"] not in ("succeeded", "failed"):
            pass


def qs(program, script):
    """Work that runs a script, in which `URL` is the server's."""

    def work(url):
        with tempfile.TemporaryDirectory() as home:
            environment = {"HOME": home, "PATH": os.environ["PATH"], "KEY": KEY, "LC_ALL": "C.UTF-8"}
            ran = subprocess.run(
                [program, "-"], input=script.replace("URL", url), env=environment, cwd=home, capture_output=True, text=True, timeout=60)
            if ran.returncode != 0 or KEY in ran.stdout + ran.stderr:
                sys.exit(f"clients: qs ended with {ran.returncode}:\n{ran.stdout}{ran.stderr}")

    return work


POLYTOMIC = """
connect p to "URL" with kind="polytomic", token=env("KEY"), poll=100ms
use p
let j = run text(%s) on "%s"
wait j
""" % (json.dumps(TEXT, ensure_ascii=False), CONNECTION)

TOOLKIT = """
connect t to "URL" with kind="toolkit", token=env("KEY"), poll=100ms
use t
save by_month as "select {{month}}, {{n}}, {{x}}, {{b}}" on d1 describe "Revenue"
let j = run by_month with month="2024-05", n=3, x=1.5, b=true on d2
wait j
"""


def plain(request):
    """A request in the form in which two are compared."""
    method, target, headers, body = request
    parts = urllib.parse.urlsplit(target)
    path = parts.path
    query = urllib.parse.parse_qsl(parts.query, keep_blank_values=True)
    for (other, template, item), form in DIFFERENT.items():
        if (method, path) == (other, template):
            path = form.format(dict(query)[item])
            query = [pair for pair in query if pair[0] != item]
    value = json.loads(body) if body else None
    if isinstance(value, dict) and path == "/v1/save":
        # The texts of the two differ, so that each has the placeholders it is given.
        value["query"] = "..."
    return method, path, query, {name: headers[name] for name in HEADERS if name in headers}, value


def compare(name, theirs, ours):
    """Tells how the first request of each kind differs; True where it does not."""
    def kinds(seen):
        found = {}
        for request in map(plain, seen):
            found.setdefault((request[0], request[1]), request)
        return found

    their, our = kinds(theirs), kinds([request for request in ours if not PROBE.fullmatch(request[1])])
    good = True
    for key in sorted(their.keys() | our.keys()):
        if their.get(key) != our.get(key):
            good = False
            print(f"clients: {name}: {key[0]} {key[1]}\n  its client: {their.get(key)}\n  qs:         {our.get(key)}")
    print(f"clients: {name}: {len(their)} kinds of requests" + (", sent alike" if good else ""))
    return good


def main():
    program = sys.argv[1]
    results = [
        compare("Polytomic", recorded(polytomic_client), recorded(qs(program, POLYTOMIC))),
        compare("Toolkit", recorded(toolkit_client), recorded(qs(program, TOOLKIT))),
    ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
