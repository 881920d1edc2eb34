"""Readers, as many and as patient as one wants: `readers.py HOST PORT REPORT` runs until SIGTERM and writes what they got.

Sixteen keep one connection each and ask one thing after the other; fifty more a second come with a connection of their own.
Every answer is looked at: status, length, content. A connection that the server closes *between* two requests is opened anew;
one that it closes after a request was sent is a failure.
"""

import asyncio
import collections
import json
import random
import signal
import sys
import time

QUESTIONS = ["murder in a monastery", "alone on an island", "a hopeful story about growing old", "robots", "love and money"]
KEPT, NEW_A_SECOND, PATIENCE, LONGEST_RUN = 16, 50, 10, 1800


class Readers:
    def __init__(self, host: str, port: int):
        self.host, self.port = host, port
        self.began = time.monotonic()
        self.total, self.failures, self.latencies, self.versions = 0, [], [], collections.Counter()
        self.stopped = asyncio.Event()

    async def one_request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, last: bool) -> None:
        start = time.monotonic()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: books\r\n{'Connection: close' + chr(13) + chr(10) if last else ''}\r\n".encode())
        await writer.drain()
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        fields = dict(line.lower().split(": ", 1) for line in head.split("\r\n")[1:] if line)
        body = await reader.readexactly(int(fields["content-length"]))
        status = head.split()[1]
        if status != "200":
            raise ValueError(f"status {status}")
        if path == "/version":
            self.versions[json.loads(body)["commit"]] += 1
        elif path.startswith("/api") and not json.loads(body)["hits"]:
            raise ValueError("no hits")
        elif path == "/" and b"</html>" not in body:
            raise ValueError("half a page")
        self.latencies.append(time.monotonic() - start)

    def path(self) -> str:
        question = random.choice(QUESTIONS).replace(" ", "+")
        return random.choice(["/version", "/version", "/", f"/api/v1/search?q={question}&limit=5"])

    async def attempt(self, request) -> bool:
        self.total += 1
        try:
            async with asyncio.timeout(PATIENCE):
                await request
            return True
        except Exception as error:
            self.failures.append({"at": round(time.monotonic() - self.began, 3), "what": f"{type(error).__name__}: {error}"[:200]})
            return False

    async def kept(self) -> None:
        while not self.stopped.is_set():
            try:
                reader, writer = await asyncio.wait_for(asyncio.open_connection(self.host, self.port), PATIENCE)
            except Exception as error:
                await self.attempt(_raise(error))
                await asyncio.sleep(0.05)
                continue
            while not self.stopped.is_set() and not reader.at_eof():
                if not await self.attempt(self.one_request(reader, writer, self.path(), last=False)):
                    break
                await asyncio.sleep(random.uniform(0.02, 0.2))
            writer.close()

    async def new(self) -> None:
        async def visit() -> None:
            reader, writer = await asyncio.open_connection(self.host, self.port)
            try:
                await self.one_request(reader, writer, self.path(), last=True)
            finally:
                writer.close()

        visits: set[asyncio.Task] = set()
        while not self.stopped.is_set():
            visit_task = asyncio.create_task(self.attempt(visit()))
            visits.add(visit_task)
            visit_task.add_done_callback(visits.discard)
            await asyncio.sleep(1 / NEW_A_SECOND)
        await asyncio.gather(*visits)

    async def run(self) -> dict:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, self.stopped.set)
        loop.call_later(LONGEST_RUN, self.stopped.set)
        await asyncio.gather(self.new(), *(self.kept() for _ in range(KEPT)))
        ordered = sorted(self.latencies) or [0]
        return {
            "total": self.total, "failed": len(self.failures), "failures": self.failures[:20], "versions": self.versions,
            "seconds": time.monotonic() - self.began, "p50": ordered[len(ordered) // 2],
            "p99": ordered[len(ordered) * 99 // 100], "max": ordered[-1],
        }  # fmt: skip


async def _raise(error: Exception) -> None:
    raise error


if __name__ == "__main__":
    async def main() -> None:
        report = await Readers(sys.argv[1], int(sys.argv[2])).run()
        with open(sys.argv[3], "w") as file:
            json.dump(report, file)

    asyncio.run(main())
