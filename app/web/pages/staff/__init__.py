"""The pages for staff. What somebody may do is decided by the verbs; the pages only leave out what would be refused."""
