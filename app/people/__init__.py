"""Who is here: people, the cards that let them in, their sign-ins and what they may do.

Always true: a secret is stored only as its keyed hash; nobody is signed in without a card made by staff.
"""
