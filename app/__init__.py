"""Hearthside: a chat server for digital peer support among older adults.

people       who is here: joining, cards, signing in, roles
rooms        where people talk: finding, membership, entries (the room's book), waiting
resources    what people can read: the numbers to ring
crisis       getting help now
messages     what people do with words: posting, reading, reacting, removing, reviewing
foundation   database, realtime, delivery, audit, tokens, clock: no word of the domain
web          the doors: sockets, api, pages. The only package that knows HTTP

Imports go down only (docs/architecture.md); import-linter holds it.
"""
