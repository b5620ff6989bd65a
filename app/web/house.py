"""What the doors of one process share."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from fastapi.requests import HTTPConnection

from app.foundation.batching import Batches
from app.foundation.database import Database
from app.foundation.sealing import Seals
from app.messages.posting import Answer, Words
from app.resources.helplines import Helplines
from app.settings import Settings
from app.web.attempts import Attempts
from app.web.live.live import Live


@dataclass(frozen=True, slots=True)
class House:
    settings: Settings
    key: bytes
    database: Database
    live: Live
    posting: Batches[Words, Answer]
    helplines: Helplines
    attempts: Attempts
    seals: Seals
    spoken: Attempts = field(default_factory=lambda: Attempts(free=5, anywhere=20, one_line=True))
    """Six numbers are fewer than a card's words: guesses at them are slowed sooner."""

    @property
    def epoch(self) -> str:
        return self.live.opening.epoch

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.settings.timezone)


def house_of(connection: HTTPConnection) -> House:
    house: House = connection.app.state.house
    return house
