"""The pages for staff. The verbs decide what somebody may do; pages only leave out what would be refused."""
