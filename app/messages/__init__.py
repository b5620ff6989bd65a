"""What people do with words: say them, read them, answer them, take them back, and look after them.

Always true: nobody is told "said" before the commit; one ref of one author in one room is one entry for ever.
"""
