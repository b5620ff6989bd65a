"""The live socket: one for all the rooms of one device. Each frame in has one function; answers go to the same wire."""

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from fastapi import APIRouter, WebSocket
from starlette.websockets import WebSocketDisconnect

from app.foundation.clock import database_now, spoken
from app.messages.pace import MOST as SAY_PER_10S
from app.messages.posting import LONGEST_TEXT, words_of
from app.messages.reacting import react
from app.people.signing_in import seen as device_seen
from app.problems import N_, BadJson, NotAllowed, NotFound, Problem, TryAgain
from app.web import frames, metrics
from app.web.answering import answer_frame, refused_frame
from app.web.calling import call_for_help, sentence
from app.web.dependencies import cookie_name, who_is_it
from app.web.house import House, house_of
from app.web.live.connection import Connection
from app.web.live.live import MOST_SOCKETS
from app.web.live.opening import MOST_ROOMS
from app.web.origins import is_ours
from app.web.wire import EXTENSION, until_taken

log = structlog.get_logger()
router = APIRouter()
TYPING_SECONDS = 3.0
MOST_PENDING = 64
FRAMES_A_SECOND = 50.0
FRAMES_AT_ONCE = 200.0


@router.websocket("/api/live")
async def live(websocket: WebSocket) -> None:
    house = house_of(websocket)
    with_cookie = "authorization" not in websocket.headers and cookie_name(house.settings) in websocket.cookies
    if (with_cookie or "origin" in websocket.headers) and not is_ours(house.settings, websocket.headers):
        return await websocket.close()
    looks = house.live.access.looks
    try:
        actor = await who_is_it(websocket, house)
    except TryAgain:
        return await websocket.close()
    await websocket.accept()
    if actor is None or house.live.draining:
        return await websocket.close(*((4401, "sign in again") if actor is None else (1012, "restarting")))
    connection = Connection(websocket.scope["extensions"][EXTENSION], actor)
    metrics.CONNECTIONS.inc()
    try:
        await greet(house, connection, looks)
        await listen(house, connection, websocket)
    finally:
        metrics.CONNECTIONS.dec()
        house.live.part(connection)


async def greet(house: House, connection: Connection, looks: int) -> None:
    """Nothing is told before `welcome`: only then does the connection join."""
    await house.database.transaction(device_seen, connection.actor.sign_in_id)
    server_time = spoken(await house.database.read(database_now))
    await house.live.join(connection, looks)
    actor = connection.actor
    connection.tell(
        {
            "type": "welcome",
            "you": {"id": actor.id, "name": actor.name, "roles": actor.roles.names()},
            "server_time": server_time,
            "epoch": house.epoch,
            "limits": {
                "text": LONGEST_TEXT, "frame": frames.LARGEST_FRAME, "say_per_10s": SAY_PER_10S,
                "rooms": MOST_ROOMS, "sockets": MOST_SOCKETS,
            },
        }
    )  # fmt: skip
    await house.live.alerts.tell(connection)


async def listen(house: House, connection: Connection, websocket: WebSocket) -> None:
    """Read frames until the socket ends; a flood is read slowly, and harms nobody else."""
    allowance, at = FRAMES_AT_ONCE, time.monotonic()
    with contextlib.suppress(WebSocketDisconnect):
        while True:
            message = await websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            now = time.monotonic()
            allowance = min(FRAMES_AT_ONCE, allowance + (now - at) * FRAMES_A_SECOND) - 1
            at = now
            if allowance < 0 and not connection.actor.no_limits:
                await asyncio.sleep(-allowance / FRAMES_A_SECOND)
            if connection.wire.close_sent:
                return
            await take(house, connection, message.get("text"))


async def take(house: House, connection: Connection, text: str | None) -> None:
    """One frame in. Whatever is wrong with it is answered, and the socket goes on."""
    body: dict[str, Any] = {}
    try:
        if text is None:
            raise BadJson(N_("We only read text."))
        body = frames.parse_object(text)
        frame = frames.parse(body)
        await DOORS[type(frame)](house, connection, frame)
    except Problem as problem:
        about = {name: body[name] for name in ("ref", "room") if _an_id(body.get(name))}
        connection.tell(refused_frame(problem, connection.actor.language, house.zone, **about))
    except Exception:
        log.exception("frame_stumbled", type=str(body.get("type"))[:20])
        about = {name: body[name] for name in ("ref", "room") if _an_id(body.get(name))}
        connection.tell(refused_frame(TryAgain(), connection.actor.language, house.zone, **about))
    await until_taken(connection.wire)


async def on_open(house: House, connection: Connection, frame: frames.Open) -> None:
    await house.live.opening.open(connection, frame.room, frame.after, frame.epoch)


async def on_leave(house: House, connection: Connection, frame: frames.Leave) -> None:
    house.live.opening.leave(connection, frame.room)


async def on_say(house: House, connection: Connection, frame: frames.Say) -> None:
    """Into the line of words; the answer goes out when it is committed, while this socket reads on."""
    if house.live.draining:
        raise TryAgain()
    words = words_of(connection.actor, frame.room, frame.ref, frame.text, frame.reply_to)
    answer = house.posting.ask(words)
    connection.pending.add(answer)
    answer.add_done_callback(lambda done: _answer(house, connection, frame, done))
    if len(connection.pending) >= MOST_PENDING:
        await asyncio.wait(connection.pending, return_when=asyncio.FIRST_COMPLETED)


async def on_react(house: House, connection: Connection, frame: frames.React) -> None:
    said = await house.database.transaction(react, connection.actor, frame.room, frame.seq, frame.reaction, frame.on)
    connection.tell(answer_frame(said, frame.ref, frame.room, connection.actor.language, house.zone))


async def on_hand(house: House, connection: Connection, frame: frames.Hand) -> None:
    if frame.room not in connection.rooms:
        raise NotFound(N_("We cannot find that room."))
    raise NotAllowed(N_("There is no meeting here just now, so you can simply write."))


async def on_typing(house: House, connection: Connection, frame: frames.Typing) -> None:
    """Passed on at most once in three seconds, to everybody else in the room."""
    _require_open(connection, frame.room)
    now = time.monotonic()
    if now - connection.typed_at.get(frame.room, -TYPING_SECONDS) >= TYPING_SECONDS:
        connection.typed_at[frame.room] = now
        house.live.tell_typing(connection, frame.room)


async def on_seen(house: House, connection: Connection, frame: frames.Seen) -> None:
    _require_open(connection, frame.room)
    house.live.marks.seen(frame.room, connection.actor.id, frame.seq)


async def on_help(house: House, connection: Connection, frame: frames.Help) -> None:
    actor = connection.actor
    incident, told = await call_for_help(house, actor, frame.ref, frame.room, frame.note, frame.pressed_at)
    message = sentence(told, house.helplines, actor.language)
    connection.tell({"type": "helped", "ref": frame.ref, "incident": incident, "message": message})


async def on_ping(house: House, connection: Connection, frame: frames.Ping) -> None:
    connection.tell({"type": "pong", "at": frame.at})


DOORS: dict[type, Callable[[House, Connection, Any], Awaitable[None]]] = {
    frames.Open: on_open, frames.Leave: on_leave, frames.Say: on_say, frames.React: on_react,
    frames.Hand: on_hand, frames.Typing: on_typing, frames.Seen: on_seen, frames.Help: on_help,
    frames.Ping: on_ping,
}  # fmt: skip


def _answer(house: House, connection: Connection, frame: frames.Say, done: "asyncio.Future[Any]") -> None:
    connection.pending.discard(done)
    if done.cancelled():
        return
    trouble = done.exception()
    if trouble and not isinstance(trouble, Problem):
        log.error("saying_stumbled", trouble=type(trouble).__name__)
    answer = done.result() if trouble is None else trouble if isinstance(trouble, Problem) else TryAgain()
    connection.tell(answer_frame(answer, frame.ref, frame.room, connection.actor.language, house.zone))


def _require_open(connection: Connection, room_id: str) -> None:
    if room_id not in connection.rooms:
        raise NotFound(N_("Please open that room first."))


def _an_id(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 40 and value.isascii() and value.isprintable()
