from tests.support.circle import Circle


async def test_a_room_that_was_left_is_silent(circle: Circle):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    await dot.leave(circle.id)
    await dot.pong()
    said = await rose.say(circle.id, "Is anybody here?")
    opened = await dot.open(circle.id)
    assert opened["entries"][-1]["seq"] == said["seq"]
    assert dot.heard("entry", ref=said["ref"]) == []


async def test_typing_is_passed_on_at_most_once_in_three_seconds(circle: Circle):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    for _ in range(5):
        await rose.send("typing", room=circle.id)
    typing = await dot.expect("typing")
    assert (typing["room"], typing["person"]) == (circle.id, await circle.rose.id())
    await rose.say(circle.id, "Here it is")
    await dot.expect("entry", text="Here it is")
    assert len(dot.heard("typing")) == 1
    assert rose.heard("typing") == []


async def test_a_read_mark_is_shown_to_the_room_and_never_goes_back(circle: Circle):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    lines = [await rose.say(circle.id, text) for text in ("One", "Two")]
    await dot.expect("entry", text="Two")
    await dot.send("seen", room=circle.id, seq=lines[1]["seq"])
    seen = await rose.expect("seen", person=await circle.dot.id())
    assert (seen["room"], seen["seq"]) == (circle.id, lines[1]["seq"])
    await dot.send("seen", room=circle.id, seq=lines[0]["seq"])
    mei = await circle.mei.connect()
    await mei.open(circle.id)
    assert (await mei.expect("seen", person=await circle.dot.id()))["seq"] == lines[1]["seq"]


async def test_presence_is_whole_each_time(circle: Circle):
    [rose] = await circle.enter(circle.rose)
    ids = [await person.id() for person in (circle.rose, circle.dot, circle.mei)]
    await rose.expect("presence", room=circle.id, where=lambda frame: frame["here"] == ids[:1])
    await circle.enter(circle.dot, circle.mei)
    everyone = await rose.expect("presence", where=lambda frame: set(frame["here"]) == set(ids))
    assert len(everyone["here"]) == 3
    late = await circle.harold.connect()
    opened = await late.open(circle.id)
    assert {person["id"] for person in opened["people"] if person["here"]} >= set(ids)
    await late.expect("presence", where=lambda frame: set(ids) <= set(frame["here"]))


async def test_who_hangs_up_is_no_longer_here(circle: Circle):
    rose, dot = await circle.enter(circle.rose, circle.dot)
    alone = [await circle.rose.id()]
    both = {*alone, await circle.dot.id()}
    await rose.expect("presence", where=lambda frame: set(frame["here"]) == both)
    await dot.close()
    latest = rose.heard("presence")[-1]
    await rose.expect("presence", where=lambda frame: frame["here"] == alone and frame is not latest)
