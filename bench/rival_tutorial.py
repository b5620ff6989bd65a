"""What most people would write first: FastAPI's tutorial for WebSockets, a list of sockets a room.

It stores nothing. It speaks as much of our protocol as the generator needs, so that both servers are
measured by the same client. Run by load.py.
"""

import itertools
import json
from collections import defaultdict

from fastapi import FastAPI, WebSocket, WebSocketDisconnect

app = FastAPI()


class ConnectionManager:
    def __init__(self) -> None:
        self.active_connections: dict[str, list[WebSocket]] = defaultdict(list)
        self.versions: dict[str, itertools.count[int]] = defaultdict(lambda: itertools.count(1))

    def join(self, room: str, websocket: WebSocket) -> None:
        self.active_connections[room].append(websocket)

    def leave(self, websocket: WebSocket) -> None:
        for sockets in self.active_connections.values():
            if websocket in sockets:
                sockets.remove(websocket)

    async def broadcast(self, room: str, ref: str, text: str) -> int:
        version = next(self.versions[room])
        entry = {"type": "entry", "room": room, "seq": version, "version": version, "ref": ref, "text": text}
        frame = json.dumps(entry, separators=(",", ":"))
        for connection in list(self.active_connections[room]):
            await connection.send_text(frame)
        return version


manager = ConnectionManager()


@app.get("/health/ready")
async def ready() -> dict[str, str]:
    return {"status": "ok"}


@app.websocket("/api/live")
async def live(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_json({"type": "welcome"})
    try:
        while True:
            frame = await websocket.receive_json()
            room = frame["room"]
            if frame["type"] == "open":
                manager.join(room, websocket)
                await websocket.send_json({"type": "opened", "room": room, "version": 0, "entries": []})
            elif frame["type"] == "say":
                version = await manager.broadcast(room, frame["ref"], frame["text"])
                await websocket.send_json(
                    {"type": "said", "ref": frame["ref"], "room": room, "seq": version, "version": version}
                )
    except WebSocketDisconnect:
        manager.leave(websocket)
