"""The doors: the live socket, the API and the pages. The only package that knows HTTP."""
