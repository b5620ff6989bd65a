"""Every table there is, for migrations."""

from app.crisis import models as crisis
from app.foundation import audit, beat, clock, due
from app.messages import drafts
from app.messages import models as messages
from app.people import models as people
from app.people import shared_tablets, supporting, tasks
from app.rooms import models as rooms

ALL = (audit, beat, clock, due, people, shared_tablets, supporting, tasks, rooms, messages, drafts, crisis)
