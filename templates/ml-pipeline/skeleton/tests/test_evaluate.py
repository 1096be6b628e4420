import pytest

from pipeline.config import Config
from pipeline.model import Quality
from pipeline.steps.evaluate import judge

GOOD = Quality(rows=600, error=5, error_p90=10, bias=0.5, segments={"north": 5, "south": 6})
BASELINE = GOOD.model_copy(update={"error": 10.0})


@pytest.mark.parametrize(
    ("change", "production", "why"),
    [
        ({}, None, None),
        ({}, 5.0, None),
        # Within the two per cent that chance may take.
        ({"error": 5.1}, 5.0, None),
        ({"error": 5.11}, 5.0, "production has 5"),
        ({"error": 9.1}, None, "above 9"),
        ({"error": 7.1}, None, "better than the baseline"),
        ({"bias": -2.1}, None, "bias -2.1"),
        ({"segments": {"north": 13.0}}, None, "13 in north"),
        ({"error": float("nan")}, None, "error nan"),
    ],
)
def test_judge(
    config: Config, change: dict[str, object], production: float | None, why: str | None
) -> None:
    candidate = GOOD.model_copy(update=change)
    other = GOOD.model_copy(update={"error": production}) if production else None

    refusals = judge(candidate, BASELINE, other, config.quality)

    if why is None:
        assert refusals == []
    else:
        assert any(why in refusal for refusal in refusals)
