import os

import hypothesis


def examples(count: int) -> hypothesis.settings:
    """So many; where CI is set always the same ones. `--hypothesis-seed` and HEARTHSIDE_EXAMPLES explore."""
    return hypothesis.settings(
        max_examples=int(os.environ.get("HEARTHSIDE_EXAMPLES", count)),
        deadline=None,
        derandomize=bool(os.environ.get("CI")),
        suppress_health_check=list(hypothesis.HealthCheck),
    )
