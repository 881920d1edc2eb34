"""The server on a real socket."""

import json
import re
import socket
import subprocess
import time

import pytest
from openapi_spec_validator import validate
from program import Server

BOOK_KEYS = {
    "id", "title", "subtitle", "authors", "series", "language", "isbn13s", "year", "pages", "categories", "averageRating",
    "ratingsCount", "description", "coverUrl", "impression",
}  # fmt: skip


def test_search_answers_in_the_promised_shape(server):
    answer = server.json("/api/v1/search?q=revenge+at+sea&limit=3&offset=2")
    assert set(answer) == {
        "query", "hits", "estimatedTotalHits", "facets", "noResult", "understood", "processingTimeMs", "requestId",
    }  # fmt: skip
    assert answer["query"] == "revenge at sea"
    assert len(answer["hits"]) == 3
    for hit in answer["hits"]:
        assert set(hit) == {"book", "score", "reasons", "passage"}
        assert set(hit["book"]) == BOOK_KEYS
        assert hit["reasons"]
    first = server.json("/api/v1/search?q=revenge+at+sea&limit=5")
    assert [hit["book"]["id"] for hit in first["hits"][2:]] == [hit["book"]["id"] for hit in answer["hits"]]


def test_every_work_can_be_reached(server):
    seen: list[str] = []
    total = server.json("/api/v1/search?q=a+book")["estimatedTotalHits"]
    for offset in range(0, total, 100):
        seen += [hit["book"]["id"] for hit in server.json(f"/api/v1/search?q=a+book&limit=100&offset={offset}")["hits"]]
    assert len(seen) == len(set(seen)) == total == server.json("/version")["works"]


def test_a_book_and_books_like_it(server):
    book = server.json("/api/v1/search?q=Pride+and+Prejudice&limit=1")["hits"][0]["book"]
    whole = server.json(f"/api/v1/books/{book['id']}")
    assert server.json(f"/api/v1/books/{book['isbn13s'][0]}") == whole
    # A hit shows the two strongest moods, the book itself all of them.
    assert len(book["impression"]["moods"]) == 2
    assert len(whole["impression"]["moods"]) == 13
    assert whole["impression"]["moods"][:2] == book["impression"]["moods"]
    assert {**whole, "impression": None} == {**book, "impression": None}
    similar = server.json(f"/api/v1/books/{book['id']}/similar?limit=4")
    assert len(similar["hits"]) == 4
    assert book["id"] not in [hit["book"]["id"] for hit in similar["hits"]]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/search", 400, "emptyQuery"),
        ("/api/v1/search?q=", 400, "emptyQuery"),
        ("/api/v1/search?q=%20%0A", 400, "emptyQuery"),
        ("/api/v1/search?q=x&limit=0", 400, "limitOutOfRange"),
        ("/api/v1/search?q=x&limit=101", 400, "limitOutOfRange"),
        ("/api/v1/search?q=x&limit=ten", 400, "invalidNumber"),
        ("/api/v1/search?q=x&offset=-1", 400, "offsetOutOfRange"),
        ("/api/v1/search?q=%FF%FE", 400, "invalidEncoding"),
        ("/api/v1/search?q=" + "x" * 3_000, 400, "queryTooLong"),
        ("/api/v1/search?q=" + "x" * 100_000, 414, "targetTooLong"),
        ("/api/v1/books/nosuchbook", 404, "unknownBook"),
        ("/api/v1/books/nosuchbook/similar", 404, "unknownBook"),
        ("/api/v1/nothing", 404, "notFound"),
    ],
    ids=lambda value: value[:60] if isinstance(value, str) else None,
)
def test_bad_requests_are_told_as_problems(server, path, status, code):
    problem = server.problem(path, status)
    assert problem["code"] == code
    assert problem["detail"]


def test_the_api_describes_itself(server):
    description = server.json("/openapi.json")
    assert description["openapi"].startswith("3.1")
    validate(description)


def test_health_and_version(server):
    assert server.get("/health/live")[0] == 200
    assert server.get("/health/ready")[0] == 200
    assert set(server.json("/version")) == {"version", "commit", "bundle", "schema", "works"}


def test_healthcheck_tells_by_its_exit_code(server, program):
    def check(port: int) -> subprocess.CompletedProcess:
        return subprocess.run([program, "healthcheck", "--port", str(port)], capture_output=True, text=True, timeout=30)

    assert check(server.port).returncode == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        unused = free.getsockname()[1]
    nobody = check(unused)
    assert nobody.returncode == 1
    assert "No server answers" in nobody.stderr


def test_a_taken_port_is_told(server, trained):
    message = trained.message("serve", "--port", server.port, fails=69)
    assert str(server.port) in message and "--port" in message


def test_an_address_of_another_machine_is_told(trained):
    assert "no address of this machine" in trained.message("serve", "--host", "no-such-host.invalid", fails=64)


def test_broken_requests_do_not_stop_the_server(server):
    for raw in (
        b"\x00\x01\x02\x03\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 50_000 + b"\r\n",
        b"POST /api/v1/search HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as client:
            try:
                client.sendall(raw)
                client.shutdown(socket.SHUT_WR)
                answer = client.recv(64)
            except (BrokenPipeError, ConnectionResetError):
                answer = b""
            assert answer == b"" or re.match(rb"HTTP/1\.1 [45]\d\d", answer), answer
    assert server.get("/health/ready")[0] == 200


def test_sigterm_finishes_what_is_in_flight(trained):
    """A client that reads slowly still gets the whole answer after SIGTERM, and the server exits with 0."""
    server = Server(trained)
    with socket.socket() as client:
        # Small buffers, so that the server cannot hand the answer to the kernel at once.
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", server.port))
        client.settimeout(30)
        requests = 40
        client.sendall(b"GET /api/v1/search?q=sea&limit=100 HTTP/1.1\r\nHost: x\r\n\r\n" * requests)
        client.recv(1024)
        server.process.terminate()
        time.sleep(0.5)
        assert server.process.poll() is None, "the server left a client in the middle of its answer"
        received = b""
        while piece := client.recv(65_536):
            received += piece
    assert server.process.wait(30) == 0
    # The last answer that was begun arrived to its last byte.
    head, body = received.split(b"HTTP/1.1 200 OK\r\n")[-1].split(b"\r\n\r\n", 1)
    assert len(body) == int(re.search(rb"(?i)content-length: (\d+)", head)[1])


def test_no_request_is_lost_between_sigterm_and_the_end(trained):
    server = Server(trained)
    answered = 0
    deadline = time.monotonic() + 20
    stopping = False
    while time.monotonic() < deadline:
        try:
            with socket.create_connection(("127.0.0.1", server.port), timeout=10) as client:
                client.sendall(b"GET /api/v1/search?q=sea HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                answer = b""
                while piece := client.recv(65_536):
                    answer += piece
        except ConnectionError:
            assert stopping, "a connection was lost before the end"
            break
        if answer:
            head, body = answer.split(b"\r\n\r\n", 1)
            assert head.startswith(b"HTTP/1.1 200")
            json.loads(body)
            answered += 1
        if answered == 20 and not stopping:
            server.process.terminate()
            stopping = True
    assert stopping and server.process.wait(30) == 0


def test_a_reader_that_stands_still_does_not_keep_the_server_from_ending(trained):
    """Within the ten seconds after which containers are killed."""
    server = Server(trained)
    with socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", server.port))
        client.sendall(b"GET /api/v1/search?q=sea&limit=100 HTTP/1.1\r\nHost: x\r\n\r\n" * 40)
        client.recv(1024)
        server.process.terminate()
        assert server.process.wait(9.5) == 0
