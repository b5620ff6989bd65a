"""Every table there is, for migrations."""

from app.crisis import engine, looking, on_call, shadowing, worrying
from app.crisis import models as crisis
from app.foundation import audit, beat, clock, due
from app.keeping import checks, retention, test_page
from app.messages import drafts
from app.messages import models as messages
from app.people import (
    asking,
    challenges,
    consent,
    help_choices,
    help_sheet,
    phone_calls,
    proofs,
    reaching,
    safety_plan,
    set_up_links,
    shared_tablets,
    spoken_codes,
    supporting,
    tasks,
    ways,
)
from app.people import models as people
from app.rooms import models as rooms

ALL = (
    *(audit, beat, clock, due),
    *(people, challenges, consent, help_choices, help_sheet, proofs, set_up_links, shared_tablets, supporting, tasks),
    *(asking, phone_calls, reaching, safety_plan, spoken_codes, ways),
    *(rooms, messages, drafts, crisis, engine, looking, on_call, shadowing, worrying),
    *(checks, retention, test_page),
)
