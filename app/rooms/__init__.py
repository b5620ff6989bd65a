"""Where people talk: group rooms, pairs, help chats and staff back rooms are all rooms, each with its book of entries.

Always true: a book's `seq` counts 1, 2, 3 … without a gap; every change takes the next `version`; both move only
under the lock of the room's row, and so does who may speak.
"""
