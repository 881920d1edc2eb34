"""What readers say of books, kept in the library while it is served."""

import http.client
import json
import os
import re
import shutil
import stat

import pytest
from program import Server

READER = "0123456789abcdef0123456789abcdef"


def ask(server: Server, method: str, path: str, body: object = None, **headers: str) -> tuple[int, dict, dict]:
    """Status, headers and the JSON body."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        data = None if body is None else json.dumps(body)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body=data, headers=names)
        response = connection.getresponse()
        return (
            response.status,
            dict(response.getheaders()),
            json.loads(response.read() or b"{}"),
        )
    finally:
        connection.close()


def rate(server: Server, number: int, stars: float, **headers: str) -> tuple[int, dict, dict]:
    event = {
        "id": f"e{number}",
        "type": "rating",
        "book": "9780141439518",
        "value": stars,
    }
    return ask(
        server,
        "POST",
        "/api/v1/feedback",
        event,
        **(headers or {"X_Reader_Id": READER}),
    )


def ratings(server: Server, **headers: str) -> list[float]:
    status, _, state = ask(server, "GET", "/api/v1/readers/me", **(headers or {"X_Reader_Id": READER}))
    assert status == 200, state
    return [rating["value"] for rating in state["ratings"]]


def test_what_is_said_is_there_in_the_next_request(trained):
    with Server(trained) as server:
        for number, stars in enumerate((1, 2.5, 5)):
            assert rate(server, number, stars)[2]["accepted"] == 1
            assert ratings(server) == [stars]
        assert rate(server, 2, 5)[2]["known"] == 1
        assert ask(server, "DELETE", "/api/v1/feedback/e2", X_Reader_Id=READER)[0] == 200
        assert ratings(server) == [2.5]
        first = ask(server, "GET", "/api/v1/readers/me/history?limit=2", X_Reader_Id=READER)[2]
        rest = ask(
            server,
            "GET",
            f"/api/v1/readers/me/history?cursor={first['next']}",
            X_Reader_Id=READER,
        )[2]
        assert [event["id"] for event in first["events"] + rest["events"]] == [
            "e2",
            "e1",
            "e0",
        ]
    # A kill, a restart and the command line see the same.
    listed = trained.run("readers", "list").stdout.decode()
    assert listed.startswith(f"{READER}\t3\t20")
    assert "2.5 stars, read\tPride and Prejudice" in trained.run("readers", "show", READER).stdout.decode()
    with Server(trained) as server:
        assert ratings(server) == [2.5]
        exported = ask(server, "GET", "/api/v1/readers/me/export", X_Reader_Id=READER)[2]
        assert exported == json.loads(trained.run("readers", "export", READER).stdout)
        assert [event["id"] for event in exported["events"]] == ["e0", "e1", "e2"]
        erased = ask(server, "DELETE", f"/api/v1/readers/{READER}")[2]
        assert erased["events"] == 3
    assert READER.encode() not in (trained.home / "library.sqlite").read_bytes()
    assert "readers list" in trained.message("readers", "erase", READER, fails=66)
    assert "readers list" in trained.message("readers", "export", READER, fails=66)


def test_a_browser_is_known_again_by_a_signed_cookie(trained):
    with Server(trained) as server:
        _, headers, answer = rate(server, 1, 4, Accept="*/*")
        cookie = headers["Set-Cookie"].split(";")[0]
        name = answer["reader"]
        assert re.fullmatch(rf"reader={name}\.[\w-]{{43}}", cookie)
        assert ratings(server, Cookie=cookie) == [4]
    secret = trained.home / "cookie-secret"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert re.fullmatch(r"[0-9a-f]{64}", secret.read_text())
    with Server(trained) as server:
        assert ratings(server, Cookie=cookie) == [4]
        for forged in (
            f"reader={name}",
            cookie[:-5] + "AAAAA",
            f"reader={READER}.{cookie[-43:]}",
        ):
            assert ask(server, "GET", "/api/v1/readers/me", Cookie=forged)[0] == 404
        assert not any(name in line for line in server.log)
    # With another secret, who was known is nobody.
    secret.unlink()
    with Server(trained) as server:
        assert ask(server, "GET", "/api/v1/readers/me", Cookie=cookie)[0] == 404
    secret.write_text("short")
    assert "cookie-secret" in trained.message("serve", "--port", 0, fails=65)


def test_the_secret_of_the_environment_is_taken(trained, monkeypatch):
    monkeypatch.setenv("BOOKREC_COOKIE_SECRET", "s" * 31)
    assert "BOOKREC_COOKIE_SECRET" in trained.message("serve", "--port", 0, fails=64)
    monkeypatch.setenv("BOOKREC_COOKIE_SECRET", "s" * 32)
    with Server(trained) as server:
        assert "Set-Cookie" in rate(server, 1, 4, Accept="*/*")[1]
    assert not (trained.home / "cookie-secret").exists()


@pytest.mark.parametrize("by", ["restore", "restore of a damaged one", "rename"])
def test_another_library_may_take_its_place_while_it_is_served(trained, tmp_path, by):
    """What is said afterwards is in the new one."""
    backup = tmp_path / "backup.sqlite"
    library = trained.home / "library.sqlite"
    with Server(trained) as server:
        rate(server, 1, 4)
        trained.run("library", "backup", backup)
        rate(server, 2, 1)
        assert ratings(server) == [1]
        if by.startswith("restore"):
            if by.endswith("damaged one"):
                with library.open("r+b") as file:
                    file.write(b"no database" * 100)
            trained.run("library", "restore", backup)
        else:
            shutil.copy(backup, tmp_path / "new.sqlite")
            for suffix in ("-wal", "-shm"):
                library.with_name(library.name + suffix).unlink(missing_ok=True)
            os.rename(tmp_path / "new.sqlite", library)
        assert ratings(server) == [4]
        assert rate(server, 3, 3)[2]["accepted"] == 1
        assert ratings(server) == [3]
    assert "3.0 stars" in trained.run("readers", "show", READER).stdout.decode()
    trained.run("library", "check")


def test_without_a_library_it_is_told_and_books_are_found(trained):
    with Server(trained) as server:
        rate(server, 1, 4)
        away = trained.home / "away.sqlite"
        (trained.home / "library.sqlite").rename(away)
        status, headers, problem = rate(server, 2, 5)
        assert status == 503 and problem["code"] == "notReady" and "Retry-After" in headers
        assert server.json("/api/v1/search?q=dune")["hits"]
        away.rename(trained.home / "library.sqlite")
        assert ratings(server) == [4]
