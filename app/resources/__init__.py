"""What people can read: here, the telephone numbers of a country that answer when we cannot.

Numbers are data in dated files that a programme lead can check and change; the program never makes one up.
"""
