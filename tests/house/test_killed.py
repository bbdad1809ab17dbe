"""Whoever is killed in the middle of writing sound leaves a file that plays, with nearly all that was written."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from voicecoach.sound.recording import read_recording

ROOT = Path(__file__).resolve().parents[2]
LIVE = """
import sys
from pathlib import Path
import numpy as np
from voicecoach.sound.paced import WavSink
sink = WavSink(Path(sys.argv[1]))
while True:
    sink.write(np.full(480, 0.1, np.float32))
    print("x", flush=True)
"""
REHEARSED = """
import sys
from pathlib import Path
import numpy as np
from voicecoach.rehearsal.results import Results
with Results(Path(sys.argv[1]).parent, lambda line: None) as results:
    while True:
        results.sound(np.full(480, 0.1, np.float32), np.full(320, 0.1, np.float32))
        print("x", flush=True)
"""
KEPT_LATER = {LIVE: 0, REHEARSED: 50}
"""Blocks that a kill may take along: a rehearsal writes a second at a time."""


@pytest.mark.parametrize("program", [LIVE, REHEARSED])
@pytest.mark.parametrize("blocks", [60, 61, 237])
def test_a_recording_that_was_cut_off_plays(program: str, blocks: int, tmp_path: Path) -> None:
    path = tmp_path / "speaker.wav"
    with subprocess.Popen([sys.executable, "-c", program, str(path)], cwd=ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        for _ in range(blocks):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
    assert len(read_recording(path, 24_000).samples) >= 480 * (blocks - KEPT_LATER[program])
