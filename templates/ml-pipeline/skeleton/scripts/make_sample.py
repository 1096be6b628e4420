"""Write the sample data: generated, seeded, and no customer's.

python scripts/make_sample.py [FOLDER]
"""

import sys
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

FOLDER = Path("data/sample")
FIRST_DAY = "2026-01-01"
DAYS = 59
PREDICTED = date(2026, 3, 1)
HISTORY = 3000
ORDERS = 200
SEED = 20260301

ZONES = {"centre": 4.0, "harbour": 9.0, "north": 2.0, "south": 0.0, "west": 3.0}
VEHICLES = {"bike": 3.4, "truck": 2.9, "van": 2.1}


def make(rows: int, first_day: str, days: int, seed: int) -> pd.DataFrame:
    """Orders with the minutes that their delivery took."""
    chance = np.random.default_rng(seed)
    minutes = np.sort(chance.integers(0, days * 14 * 60, rows))
    ordered = pd.Timestamp(first_day, tz="UTC") + pd.to_timedelta(
        minutes // (14 * 60) * 24 * 60 + minutes % (14 * 60) + 7 * 60, unit="min"
    )
    zone = chance.choice(list(ZONES), rows, p=[0.3, 0.15, 0.2, 0.2, 0.15])
    vehicle = chance.choice(list(VEHICLES), rows, p=[0.25, 0.15, 0.6])
    distance = np.minimum(chance.gamma(3.0, 2.2, rows), 60).round(2)
    parcels = np.minimum(1 + chance.poisson(1.8, rows), 40)
    weight = np.minimum(chance.gamma(2.0, 3.0, rows) * parcels, 800).round(1)
    wet = chance.random(rows) < 0.25
    rain = np.where(wet, chance.gamma(1.5, 2.0, rows), 0).clip(0, 60).round(1)
    rush = np.isin(ordered.hour, [8, 9, 17, 18]) & (ordered.day_of_week < 5)
    taken = (
        8
        + distance * np.array([VEHICLES[name] for name in vehicle])
        + np.array([ZONES[name] for name in zone])
        + 0.8 * parcels
        + 0.05 * weight
        + 1.1 * rain
    ) * np.where(rush, 1.35, 1.0)
    noise = chance.normal(0, 5, rows) + chance.exponential(3, rows)
    table = pd.DataFrame(
        {
            "delivery_id": [f"S{seed % 1000:03d}-{number:05d}" for number in range(rows)],
            "ordered_at": ordered.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "zone": zone,
            "vehicle": vehicle,
            "distance_km": distance,
            "parcels": parcels,
            "weight_kg": weight,
            "rain_mm": rain,
            "duration_minutes": (taken + noise).clip(3, 480).round(1),
        }
    )
    # Real weather comes with gaps.
    table.loc[chance.random(rows) < 0.01, "rain_mm"] = np.nan
    return table


def main(folder: Path = FOLDER) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    history = make(HISTORY, FIRST_DAY, DAYS, SEED)
    orders = make(ORDERS, PREDICTED.isoformat(), 1, SEED + 1).drop(columns="duration_minutes")
    history.to_csv(folder / "deliveries.csv", index=False, lineterminator="\n")
    orders.to_csv(folder / f"orders-{PREDICTED}.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
