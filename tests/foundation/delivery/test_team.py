"""A channel of the whole team, through Apprise as it is, to a server on this machine."""

import logging
from collections.abc import Iterator

import pytest

from app.foundation.delivery import team
from app.foundation.delivery.mail import CouldNotSend
from app.foundation.delivery.phone import Never
from tests.support.team_channel import KEY, TeamChannel


@pytest.fixture
def channel() -> Iterator[TeamChannel]:
    with TeamChannel() as channel:
        yield channel


async def test_it_says_the_house_and_the_sentence_and_nothing_about_who_sent_it(channel: TeamChannel):
    await team.send(channel.address, "Elm House", "Elm House: EMERGENCY 4821, 10:30. Open https://elm.example/x")
    [told] = channel.told
    assert (told["title"], told["message"]) == (
        "Elm House",
        "Elm House: EMERGENCY 4821, 10:30. Open https://elm.example/x",
    )
    assert told["path"] == f"/{KEY}" and not told.get("attachments")


async def test_of_several_addresses_each_is_told_and_one_is_enough(channel: TeamChannel):
    await team.send(f"{channel.address} json://127.0.0.1:9/x {channel.address}/2", "Elm House", "one")
    assert [one["path"] for one in channel.told] == [f"/{KEY}", f"/{KEY}/2"]


async def test_where_none_takes_it_it_is_tried_again(channel: TeamChannel):
    channel.says = 503
    for addresses in (channel.address, "json://127.0.0.1:9/x"):
        with pytest.raises(CouldNotSend) as trouble:
            await team.send(addresses, "Elm House", "one")
        assert not isinstance(trouble.value, Never)


@pytest.mark.parametrize("addresses", ["no-such-thing://x", "x", "tgram://"])
async def test_an_address_of_no_kind_is_never_told(addresses: str):
    assert team.unknown(f"{addresses} json://127.0.0.1/x") == 1
    with pytest.raises(Never):
        await team.send(addresses, "Elm House", "one")


async def test_no_address_is_ever_logged(channel: TeamChannel, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG, logger=team.LIBRARY)
    channel.says = 500
    for addresses in (channel.address, f"json://127.0.0.1:9/{KEY}", f"nothing://{KEY}"):
        with pytest.raises(CouldNotSend) as trouble:
            await team.send(addresses, "Elm House", "one")
        assert KEY not in str(trouble.value)
    assert KEY not in caplog.text
