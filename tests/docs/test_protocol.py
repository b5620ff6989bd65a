import re

import pytest

from app.web.frames import FRAMES, TOLD
from tests.docs.pages import page, rows

SENT = rows(page("protocol.md"), "What a client sends")


def test_every_frame_a_client_may_send_is_explained_and_none_that_is_not_there():
    assert set(SENT) == set(FRAMES)


@pytest.mark.parametrize("kind", FRAMES)
def test_every_field_of_a_clients_frame_is_explained_and_marked_when_it_may_be_left_out(kind: str):
    fields = {name: field for name, field in FRAMES[kind].model_fields.items() if name != "type"}
    told = dict(re.findall(r"`(\w+)(\??)`", SENT[kind][0]))
    assert set(told) == set(fields)
    if kind != "help":
        assert {name for name in told if told[name]} == {
            name for name, field in fields.items() if not field.is_required()
        }


def test_every_frame_the_server_sends_is_explained_and_none_that_is_not_there():
    assert set(rows(page("protocol.md"), "What the server sends")) == set(TOLD)
