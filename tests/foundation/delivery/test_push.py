"""A push through a real service on this machine, opened as a browser would open it."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from py_vapid import Vapid02

from app.foundation.delivery import push
from app.foundation.delivery.mail import CouldNotSend
from app.foundation.delivery.push import Gone, Subscription, allowed
from app.settings import Settings
from tests.support.push_service import PushService

PAYLOAD = {"title": "There is an answer for you", "body": "Open Hearthside when it suits you.", "url": "/ask"}
SERVICES = Settings().push_services


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as service:
        yield service


async def send(service: PushService, folder: Path, **differences: str) -> None:
    key = push.push_key(folder / "push-key")
    await push.send(key, "https://chat.example.org", Subscription(**service.subscription | differences), PAYLOAD)


async def test_the_browser_reads_what_was_sent_and_nobody_on_the_way_does(service: PushService, tmp_path: Path):
    await send(service, tmp_path)
    assert service.heard == [PAYLOAD]
    [(headers, body)] = service.pushes
    assert b"answer" not in body
    assert headers["content-encoding"] == "aes128gcm" and int(headers["ttl"]) > 0


async def test_it_is_signed_with_the_houses_own_key(service: PushService, tmp_path: Path):
    await send(service, tmp_path)
    [(headers, _)] = service.pushes
    assert Vapid02.verify(headers["authorization"])
    assert f"k={push.public_key(tmp_path / 'push-key')}" in headers["authorization"]


async def test_what_is_urgent_wakes_a_device_that_sleeps_and_the_rest_does_not(service: PushService, tmp_path: Path):
    key, to = push.push_key(tmp_path / "push-key"), Subscription(**service.subscription)
    for urgent in (True, False):
        await push.send(key, "https://chat.example.org", to, PAYLOAD, urgent=urgent)
    assert [headers["urgency"] for headers, _ in service.pushes] == ["high", "normal"]


def test_the_key_is_made_once_and_private(tmp_path: Path):
    path = tmp_path / "push-key"
    first = push.push_key(path).public_key.public_numbers()
    assert push.push_key(path).public_key.public_numbers() == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(push.public_key(path)) == 87


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_is_gone_is_told_apart(service: PushService, tmp_path: Path, status: int):
    service.says = status
    with pytest.raises(Gone):
        await send(service, tmp_path)


@pytest.mark.parametrize("status", [301, 413, 429, 500])
async def test_a_service_that_takes_nothing_means_that_nothing_was_sent(service, tmp_path: Path, status: int):
    service.says = status
    with pytest.raises(CouldNotSend) as trouble:
        await send(service, tmp_path)
    assert not isinstance(trouble.value, Gone)


async def test_a_service_that_is_away_means_that_nothing_was_sent(service: PushService, tmp_path: Path):
    where = service.subscription
    service.close()
    with pytest.raises(CouldNotSend):
        await push.send(push.push_key(tmp_path / "push-key"), "https://a.example", Subscription(**where), PAYLOAD)


@pytest.mark.parametrize("keys", [{"p256dh": "AAAA"}, {"auth": ""}, {"p256dh": "not base64 at all"}])
async def test_keys_that_no_browser_made_end_the_way(service: PushService, tmp_path: Path, keys: dict[str, str]):
    with pytest.raises(Gone):
        await send(service, tmp_path, **keys)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc",
        "https://wns2-by3p.notify.windows.com/w/?token=abc",
    ],
)
def test_the_services_of_the_browsers_are_known(endpoint: str):
    assert allowed(endpoint, SERVICES)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/abc", "https://169.254.169.254/latest", "http://127.0.0.1:8000/api/help",
        "https://fcm.googleapis.com.evil.example/abc", "https://evil.example/fcm.googleapis.com",
        "https://evil.example@fcm.googleapis.com/abc", "https://fcm.googleapis.com:8443/abc",
        "https://notify.windows.com/abc", "https://xnotify.windows.com/a", "file:///etc/passwd",
        "", "https://[", "x" * 5000,
    ],
)  # fmt: skip
def test_the_house_knocks_at_no_other_door(endpoint: str):
    assert not allowed(endpoint, SERVICES)


def test_an_origin_that_the_operator_names_is_known():
    assert allowed("http://127.0.0.1:9000/push/rose", "http://127.0.0.1:9000")
    assert not allowed("http://127.0.0.1:9001/push/rose", "http://127.0.0.1:9000")
