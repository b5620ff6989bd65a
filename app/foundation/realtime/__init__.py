"""Telling browsers what was committed: the hub of one process, the bus between processes, one outbox a connection."""
