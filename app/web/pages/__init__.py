"""The HTML pages: a file a page or form action; map.py lists them all.

Always true: every page works without script; a form answers with a redirect;
only POST changes anything of weight.
"""

from app.web.pages.map import install

__all__ = ["install"]
