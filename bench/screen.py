"""What the crisis screen costs for an ordinary message: the mean, the 99th of a hundred, and the worst.

    .venv/bin/python bench/screen.py [--language en] [--messages 2400]

The messages are the talk of the demo week and of the labelled set, put together again one to three sentences at a
time, always in the same order; no two are the same. Each is looked at once, after a warm-up with others.
"""

import argparse
import json
import random
import tomllib
from pathlib import Path
from time import thread_time

from app.crisis.screening import LANGUAGES, RULES, looker_for

HERE = Path(__file__).parent
LABELLED = HERE.parent / "tests" / "crisis" / "messages"
WARM_UP = 300


def sentences(language: str) -> list[str]:
    rows = [json.loads(line) for line in (LABELLED / f"{language}.jsonl").read_text().splitlines()]
    texts = [row["text"] for row in rows if row["tier"] == "none" and not row["note"].startswith("HARD")]
    if language == "en":
        week = tomllib.loads((RULES.parent.parent / "demo_week.toml").read_text())
        texts += [entry["text"] for room in week["room"] for entry in room["entry"]]
    return [part.strip() for text in texts for part in text.replace("?", ".").split(". ") if part.strip()]


def ordinary(language: str, wanted: int) -> list[str]:
    chance, parts = random.Random(2026), sentences(language)
    made: dict[str, None] = {}
    while len(made) < wanted:
        made[". ".join(chance.sample(parts, chance.choice((1, 1, 2, 2, 3))))] = None
    return list(made)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", default="en", choices=LANGUAGES)
    parser.add_argument("--messages", type=int, default=2400)
    asked = parser.parse_args()
    looker = looker_for(asked.language)
    assert looker is not None
    messages = ordinary(asked.language, asked.messages + WARM_UP)
    for text in messages[:WARM_UP]:
        looker.look(text)
    took: list[float] = []
    raised = 0
    for text in messages[WARM_UP:]:
        began = thread_time()
        found = looker.look(text)
        took.append((thread_time() - began) * 1_000_000)
        raised += found.level in ("concern", "emergency")
    took.sort()
    words = sum(len(text.split()) for text in messages[WARM_UP:]) / len(took)
    print(f"{len(took)} different messages of {words:.0f} words on average, {raised} of them told to somebody")
    print(f"mean {sum(took) / len(took):.1f} µs, p99 {took[len(took) * 99 // 100]:.0f} µs, worst {took[-1]:.0f} µs")


if __name__ == "__main__":
    main()
