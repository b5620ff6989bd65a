"""What somebody is told before their first room, as data: a folder a version, a file a language.

Always true: a version that people have agreed to is never changed; a change of sense is a new folder.
"""
