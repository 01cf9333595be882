#!/usr/bin/env python3
"""Reads a folder of event files with TensorBoard's own reader and prints its scalars as JSON.

    python3 tests/golden/read_events.py FOLDER
"""

import json
import sys

from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

accumulator = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0})
accumulator.Reload()
scalars = {
    tag: [[event.step, event.wall_time, event.value] for event in accumulator.Scalars(tag)]
    for tag in accumulator.Tags()["scalars"]
}
json.dump(scalars, sys.stdout, separators=(",", ":"))
sys.stdout.write("\n")
