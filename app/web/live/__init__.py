"""One process's live side: its connections, what it tells them, and the loops that keep it true.

Always true: what was missed is found by the sweep, bus or no bus; losing access reaches a connection within 5 s.
"""
