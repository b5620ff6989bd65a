"""The words of the Columbia Protocol (C-SSRS screener), for staff to ask with. They are its authors' words: nothing in
them is changed, nothing is scored, no answer is kept. It is free to use; the credit stands beneath it.
"""

from app.problems import N_
from app.web.pages.page import Page

FIRST = (
    N_("Have you wished you were dead or wished you could go to sleep and not wake up?"),
    N_("Have you actually had any thoughts about killing yourself?"),
)
AFTER_YES = (
    N_("Have you been thinking about how you might do this?"),
    N_("Have you had these thoughts and had some intention of acting on them?"),
    N_(
        "Have you started to work out or worked out the details of how to kill yourself? "
        "Do you intend to carry out this plan?"
    ),
)
ALWAYS = (
    N_(
        "Have you ever done anything, started to do anything, or prepared to do anything to end your life? "
        "Was this within the past three months?"
    ),
)
CREDIT = N_(
    "The Columbia Protocol (C-SSRS screener), © The Research Foundation for Mental Hygiene, Inc. "
    "Training is free: cssrs.columbia.edu"
)


def prompts(page: Page) -> dict[str, object]:
    parts = {"first": FIRST, "after_yes": AFTER_YES, "always": ALWAYS}
    return {key: [page.say(one) for one in questions] for key, questions in parts.items()} | {
        "credit": page.say(CREDIT)
    }
