from app.resources.helplines import helplines_for
from app.web.assets import Assets
from app.web.pages.problem import make_last_resort
from app.web.pages.rendering import Templates


def test_the_page_for_when_nothing_works_has_the_numbers_and_needs_no_house():
    page = make_last_resort(Templates(Assets()), helplines_for("US"))["en"]
    assert 'href="tel:911"' in page
    assert 'href="tel:988"' in page
    assert "Nothing that was sent is lost." in page
