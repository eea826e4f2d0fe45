"""Where the demo town's ideas lie: somewhere in their district, the same place each time; a few people give none."""

import random

from config.demo.texts import Entry, read
from ideas.place import box_of, contains

# All ideas about the old mill are about one spot.
MILL, AROUND = (51.6752, 8.0705), 0.0012
Point = tuple[float | None, float | None]


def point_of(entry: Entry) -> Point:
    """Return latitude and longitude of an idea."""
    chance = random.Random(f"{entry['key']}/point")  # noqa: S311
    if entry["campaign"] == "alte-muehle":
        lat, lng = MILL
        return round(lat + chance.uniform(-AROUND, AROUND) / 2, 5), round(lng + chance.uniform(-AROUND, AROUND), 5)
    if chance.random() < 0.15:
        return None, None
    outline = next(one["outline"] for one in read("town")["districts"] if one["slug"] == entry["district"])
    shape = {"type": "Polygon", "coordinates": [[*outline, outline[0]]]}
    west, south, east, north = box_of([shape])
    while True:
        lng, lat = chance.uniform(west, east), chance.uniform(south, north)
        if contains(shape, lng, lat):
            return round(lat, 5), round(lng, 5)
