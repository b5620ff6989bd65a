"""What any server needs and no word of the domain: database, realtime, delivery, audit, tokens, clock."""
