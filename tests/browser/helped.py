"""A house with a helper in it, and something for her to do."""

import re

from tests.support.circle import Circle
from tests.support.house import House
from tests.support.person import Person


async def a_helper(house: House, circle: Circle, nora: Person) -> Person:
    """Joan stands on every page; Rose asked her twice, and may be reached; Dot spoke on the telephone."""
    site = {"name": "Hearthside", "helper_name": "Joan", "helper_phone": "555 0100", "helper_hours": "9 to 5"}
    await nora.ask("POST", "/staff/site", data=site)
    joan, rose = await house.welcome("Joan", "helper"), await circle.rose.id()
    await circle.rose.ask("POST", "/ask", data={"text": "Where did the picture go?", "nonce": "1"})
    asked = re.search(r"/staff/questions/(\w+)", (await joan.get("/staff/helper")).text)
    assert asked
    await joan.ask("POST", f"/staff/questions/{asked.group(1)}", data={"text": "It is on Home, at the top."})
    await circle.rose.ask("POST", "/ask", data={"text": "Thank you. May the letters be larger?", "nonce": "2"})
    ring = {"kind": "ring", "address": "555 0123", "day": list("0123456")}
    await joan.ask("POST", f"/staff/helper/{rose}/ways", data=ring)
    way = re.search(r"/ways/(\w+)/tick", (await joan.get(f"/staff/helper/{rose}")).text)
    assert way
    await joan.ask("POST", f"/staff/helper/{rose}/ways/{way.group(1)}/tick")
    await circle.rose.ask("POST", "/ways", data={"kind": "email", "address": "rose.of.the.gardens@example.org"})
    await circle.rose.ask("POST", "/ways", data={"kind": "paper", "address": "Door 12"})
    await joan.ask("POST", f"/staff/helper/{rose}/calls", data={"about": "letters", "note": "Made them larger."})
    said = {"room": circle.id, "text": "I listen on the telephone today.", "nonce": "p", "said_yes": "yes"}
    await joan.ask("POST", f"/staff/helper/{await circle.dot.id()}/say", data=said)
    return joan
