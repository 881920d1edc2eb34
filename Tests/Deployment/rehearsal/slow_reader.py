"""A reader on a bad line: `slow_reader.py HOST PORT PATH BYTES-A-SECOND` prints how many bytes came of how many."""

import socket
import sys
import time

host, port, path, rate = sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])
line = socket.socket()
line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)  # else the kernel would take it all in at once
line.settimeout(20)
line.connect((host, port))
line.sendall(f"GET {path} HTTP/1.1\r\nHost: books\r\nConnection: close\r\n\r\n".encode())
data = b""
while b"\r\n\r\n" not in data:
    data += line.recv(1024)
head, _, body = data.partition(b"\r\n\r\n")
length = int(next(field.split(b":")[1] for field in head.split(b"\r\n") if field.lower().startswith(b"content-length")))
print("begun", length, flush=True)
try:
    while len(body) < length and (more := line.recv(2048)):
        body += more
        time.sleep(len(more) / rate)
except OSError as error:
    print(error, file=sys.stderr)
print("got", len(body), flush=True)
