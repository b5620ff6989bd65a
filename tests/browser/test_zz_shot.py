import pytest
from tests.browser.test_every_language import *
WIDE="""() => { const w=document.documentElement.clientWidth; return [...document.querySelectorAll('*')].filter(o=>o.checkVisibility()&&o.getBoundingClientRect().right>w+0.5).map(o=>o.tagName+'.'+o.className+'#'+o.id+':'+o.textContent.trim().slice(0,40)).slice(-6)}"""
@pytest.mark.parametrize("name", ["help","staff-rooms","help-for-strangers"])
async def test_shot(opened, name):
    v = await opened("es", name, viewport={"width":320,"height":640}, is_mobile=False)
    await v.page.evaluate(SET, [36, "normal"])
    print(name, await v.page.evaluate(WIDE))
