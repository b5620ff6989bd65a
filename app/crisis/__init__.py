"""Getting help now: a call for help is stored with its first page, and stays open until a person closes it.

Always true: `raise_help` is never refused; the incident and the rows that page somebody are one transaction.
"""
