"""Every table there is, for migrations."""

from app.crisis import models as crisis
from app.foundation import audit, beat, clock, due
from app.messages import models as messages
from app.people import models as people
from app.people import tasks
from app.rooms import models as rooms

ALL = (audit, beat, clock, due, people, tasks, rooms, messages, crisis)
