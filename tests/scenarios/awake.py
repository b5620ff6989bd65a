"""`hearthside`, whose worker looks five times a second: the clock is moved, and nobody waits for it."""

from app import worker
from app.cli import main

if __name__ == "__main__":
    worker.LOOK_SECONDS = 0.2
    main()
