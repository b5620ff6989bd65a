"""Every page and form action of the house, on one screen."""

from fastapi import APIRouter, FastAPI

from app.resources.helplines import helplines_for
from app.settings import Settings
from app.web.assets import Assets
from app.web.pages import (
    agreement,
    ask,
    card,
    card_look,
    card_use,
    code,
    covering,
    desk,
    desk_pause,
    desk_people,
    desk_words,
    desk_worries,
    finished,
    forget_name,
    get_on_call,
    help,
    help_sheet,
    home,
    home_screen,
    language,
    letters,
    manifest,
    my_password,
    my_sign_in,
    numbers,
    offline,
    plan,
    practice,
    room,
    room_entries,
    room_say,
    second_tablet,
    service_worker,
    set_up,
    set_up_password,
    settings,
    sign_in_again,
    sign_in_staff,
    sign_out,
    test_page,
    ways,
    welcome,
    who_helps,
)
from app.web.pages.problem import make_last_resort, problem_page
from app.web.pages.rendering import Templates
from app.web.pages.staff import (
    audit,
    call_acts,
    call_list,
    call_sheets,
    call_window,
    calls,
    cards,
    drill,
    held,
    helper,
    helper_acts,
    helper_person,
    helper_ways,
    joining,
    keeping,
    on_call,
    on_call_acts,
    people,
    person,
    ready,
    roles,
    rooms,
    screen_review,
    set_up_link,
    shared_card,
    sign_ins,
    site,
    standing,
    supporters,
    tasks,
)
from app.web.pages.staff import home as staff_home
from app.web.pages.staff import room as staff_room

PAGES = (
    home,            # GET  /
    card,            # GET  /card  /sign-in
    card_look,       # GET, POST /card/look
    card_use,        # POST /card/use
    sign_in_staff,   # GET, POST /sign-in/staff
    sign_in_again,   # GET, POST /sign-in/again
    set_up,          # GET  /set-up, POST /set-up/look  /set-up/name  /set-up/enter
    set_up_password, # POST /set-up/password  /set-up/code
    code,            # GET  /code, POST /code/look  /code/use
    sign_out,        # POST /sign-out
    finished,        # POST /finished
    covering,        # GET  /calendar, POST /leave
    second_tablet,   # POST /second-tablets/{sign_in}/mine  …/not-mine
    who_helps,       # GET  /who-helps, POST /who-helps/{support}/want  …/promise  …/pairs/open  …/pairs/close  …/end
    forget_name,     # POST /settings/forget-name
    help,            # GET, POST /help, POST /help/lower  /help/told  /help/no
    get_on_call,     # GET, POST /get-on-call/{person}
    numbers,         # GET  /numbers
    home_screen,     # GET  /home-screen
    offline,         # GET  /offline
    service_worker,  # GET  /sw.js
    manifest,        # GET  /manifest/{language}.webmanifest
    welcome,         # GET  /welcome, GET, POST /welcome/{question}
    agreement,       # GET  /agreement, POST …/choices/{key}  …/take-back
    practice,        # GET, POST /practice, GET /practice/help
    help_sheet,      # GET, POST /if-i-need-help, POST …/right
    plan,            # GET, POST /plan, GET /plan/change
        settings,        # GET, POST /settings, POST /settings/help-card
    ways,            # GET, POST /ways, POST /ways/hours  /push  /try  /ways/{way}/first  …/end  …/code  …/check
    ask,             # GET, POST /ask
    letters,         # POST /settings/letters
    language,        # POST /language
    room,            # GET  /rooms/{room}
    room_say,        # POST /rooms/{room}
    room_entries,    # POST /rooms/{room}/entries/{seq}/react  …/remove  …/put-back
                     #      /rooms/{room}/waiting/{waiting}/withdraw
    desk,            # GET  /rooms/{room}/desk
    desk_words,      # POST /rooms/{room}/waiting/{waiting}/release  …/decline
                     #      /rooms/{room}/desk/entries/{seq}/remove  …/put-back
    desk_pause,      # POST /rooms/{room}/desk/pause  …/resume  …/entries/{seq}/cover  …/uncover
    desk_worries,    # POST /rooms/{room}/worries/{worry}
    desk_people,     # POST /rooms/{room}/desk/people/{person}/hold  …/mute  …/unmute  …/remove
    my_sign_in,      # GET  /my-sign-in, POST …/passkeys/{passkey}/remove  …/spare-codes  …/sign-ins/{sign_in}/end
    my_password,     # POST /my-sign-in/password  /my-sign-in/code
    staff_home,      # GET  /staff
    calls,           # GET  /staff/calls/{call}, POST …/close
    call_sheets,     # GET, POST /staff/calls/{call}/sheet  …/plan
    call_window,     # GET, POST /staff/calls/{call}/window
    call_acts,       # POST /staff/calls/{call}/answer  …/take-over  …/phone  …/note  …/services  …/pass-on
    drill,           # GET, POST /staff/practice-call, POST …/answer  …/arrive  …/end
    people,          # GET, POST /staff/people
    person,          # GET  /staff/people/{person}, POST …/name  …/rooms
    joining,         # POST /staff/people/{person}/joining  …/practice  …/ask-first
                     # GET, POST …/help-sheet, POST …/help-sheet/right
    cards,           # POST /staff/people/{person}/card  …/cards/{card}/revoke
    shared_card,     # GET, POST /staff/people/{person}/shared-card
    supporters,      # GET, POST /staff/people/{person}/supporters, POST …/{support}/end
    standing,        # POST /staff/people/{person}/standing
    held,            # GET  /staff/people/{person}/held, POST …/copy  …/erase
    sign_ins,        # POST /staff/people/{person}/sign-ins/{sign_in}/end
    set_up_link,     # POST /staff/people/{person}/set-up
    roles,           # POST /staff/people/{person}/roles/give  …/roles/take
    helper,          # GET  /staff/helper, POST /staff/helper/hours  …/cover  /staff/questions/{question}
    helper_person,   # GET  /staff/helper/{person}
    helper_acts,     # POST /staff/helper/{person}/letters  …/code  …/tablets/{sign_in}/end  …/calls  …/say
    helper_ways,     # POST /staff/helper/{person}/ways  …/hours  …/ways/{way}/first  …/end  …/tick  …/code
    call_list,       # GET  /staff/call-list
    tasks,           # GET  /staff/tasks, POST /staff/tasks/{task}
    site,            # GET, POST /staff/site
    ready,           # GET  /staff/ready, POST …/rung  …/test-page  …/open
    on_call,         # GET  /staff/on-call
    on_call_acts,    # POST /staff/on-call/shifts  …/shifts/{shift}/end  …/changes  …/changes/{change}/end  …/plan
                     #      …/test  …/tests/{person}
    test_page,       # GET, POST /test-page/{token}
    keeping,         # GET, POST /staff/keeping
    audit,           # GET  /staff/audit
    rooms,           # GET, POST /staff/rooms, POST /staff/rooms/pair
    screen_review,   # GET  /staff/screen, GET, POST /staff/screen/{kind}/{finding}
    staff_room,      # GET  /staff/rooms/{room}, POST …/people  …/people/{person}/remove  …/open  …/close  …/languages
)  # fmt: skip


def install(app: FastAPI, settings: Settings) -> None:
    """Hang the pages, their static files and their way to explain a Problem into the app."""
    assets = Assets()
    templates = Templates(assets)
    app.state.templates = templates
    app.state.problem_page = problem_page
    app.state.last_resort = make_last_resort(templates, helplines_for(settings.country))
    app.mount("/static", assets, name="static")
    router = APIRouter(include_in_schema=False)
    for page in PAGES:
        router.include_router(page.router)
    app.include_router(router)
