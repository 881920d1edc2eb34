"""The Python servers' whole web side: a bare ASGI application, no framework, no cache.

`GET /search?q=...` answers what a search returns. The work is done on the event loop: it is all computing, one request at a
time is the fastest that a process can do, and uvicorn's `--workers` adds processes.
"""

import json
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs

Application = Callable[[dict, Callable, Callable], Awaitable[None]]


def application(search: Callable[[str], list[dict]]) -> Application:
    def answer(query: str) -> bytes:
        return json.dumps({"query": query, "hits": search(query)}, ensure_ascii=False).encode()

    async def app(scope: dict, receive: Callable, send: Callable) -> None:
        if scope["type"] == "lifespan":
            while True:
                message = await receive()
                await send({"type": f"{message['type']}.complete"})
                if message["type"] == "lifespan.shutdown":
                    return
        query = parse_qs(scope["query_string"].decode()).get("q", [""])[0].strip()
        known = scope["path"] == "/search"
        status, body = (200, answer(query)) if known and query else (400 if known else 404, b'{"error":"GET /search?q=WORDS"}')
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app
