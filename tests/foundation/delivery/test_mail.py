"""Mail through a real server on this machine."""

import asyncio
import socket

import pytest
from aiosmtpd.smtp import AuthResult

from app.foundation.delivery.mail import CouldNotSend, send
from tests.support.letterbox import Letterbox

TITLE, TEXT = "Elm House", "Something waits for you: https://chat.example.org/staff\n"


async def test_a_letter_arrives_as_it_was_written(letterbox: Letterbox):
    await send(letterbox.url, "office@example.org", TITLE, TEXT)
    [(to, letter)] = letterbox.letters
    assert to == ["office@example.org"]
    assert (letter["To"], letter["Subject"]) == ("office@example.org", TITLE)
    assert "https://chat.example.org/staff" in letter.get_payload(decode=True).decode()
    assert "@" in letter["From"]


async def test_no_mail_server_means_that_nothing_was_sent():
    with pytest.raises(CouldNotSend):
        await send("", "office@example.org", TITLE, "Hello")


async def test_a_server_that_is_away_means_that_nothing_was_sent(letterbox: Letterbox):
    letterbox.close()
    with pytest.raises(OSError):
        await send(letterbox.url, "office@example.org", TITLE, "Hello")


async def test_a_server_that_takes_nothing_means_that_nothing_was_sent(letterbox: Letterbox):
    letterbox.says = "451 later"
    with pytest.raises(CouldNotSend):
        await send(letterbox.url, "office@example.org", TITLE, "Hello")


async def test_the_name_and_password_of_the_address_are_given_and_it_is_the_sender():
    asked = []

    def check(server, session, envelope, mechanism, given):
        asked.append((given.login, given.password))
        return AuthResult(success=True)

    with Letterbox(authenticator=check, auth_require_tls=False) as letterbox:
        url = letterbox.url.replace("//", "//house%40example.org:p%2Fw@")
        await send(url, "office@example.org", TITLE, "Hello")
    assert asked == [(b"house@example.org", b"p/w")]
    assert letterbox.letters[0][1]["From"] == "house@example.org"


async def test_a_server_that_hangs_holds_up_mail_and_nothing_else():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"smtp://127.0.0.1:{silent.getsockname()[1]}"
        hanging = [asyncio.create_task(send(url, "office@example.org", TITLE, TEXT)) for _ in range(40)]
        silent.settimeout(10)
        caller, _ = await asyncio.to_thread(silent.accept)
        async with asyncio.timeout(10):
            assert await asyncio.to_thread(lambda: "others go on") == "others go on"
        assert not any(task.done() for task in hanging)
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)
        caller.close()
