"""The processes of `make run`, as real processes."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from newsroom.supervisor import Child, stop_all
from tests.served import ROOT
from tests.waiting import comes_true

# Says its number, and stays.
STAY = "import os, sys, time; open(sys.argv[1], 'a').write(f'{os.getpid()}\\n'); time.sleep(60)"
PARENT = f"""
import sys, time
from pathlib import Path
from newsroom.supervisor import Child
Child("child", [sys.executable, "-c", {STAY!r}, sys.argv[1]], folder=Path.cwd(), say=print).start()
time.sleep(60)
"""


def numbers(file: Path) -> list[int]:
    return [int(line) for line in file.read_text().splitlines()] if file.exists() else []


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_child_ends_when_its_parent_is_killed(tmp_path):
    file = tmp_path / "children"
    with subprocess.Popen([sys.executable, "-c", PARENT, str(file)], cwd=ROOT) as parent:
        assert comes_true(lambda: numbers(file))
        [child] = numbers(file)

        parent.kill()

    assert comes_true(lambda: not is_alive(child))


def test_a_child_that_dies_is_started_again_and_said_so(tmp_path):
    file, said = tmp_path / "children", []
    child = Child("The indexer", [sys.executable, "-c", STAY, str(file)], folder=ROOT, say=said.append)
    child.start()
    try:
        assert comes_true(lambda: numbers(file))
        os.kill(numbers(file)[0], signal.SIGKILL)

        assert comes_true(lambda: child.keep_running() or len(numbers(file)) == 2)
    finally:
        stop_all([child])

    assert said == ["The indexer ended with exit code -9; starting it again in 1 s."]
    assert not any(map(is_alive, numbers(file)))


def test_the_pause_before_a_restart_grows(tmp_path):
    said: list[str] = []
    child = Child("The indexer", [sys.executable, "-c", "raise SystemExit(3)"], folder=ROOT, say=said.append)
    child.start()
    try:
        assert comes_true(lambda: child.keep_running() or len(said) == 2)
    finally:
        stop_all([child])

    assert said == [
        "The indexer ended with exit code 3; starting it again in 1 s.",
        "The indexer ended with exit code 3; starting it again in 2 s.",
    ]


def test_a_child_that_does_not_listen_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr("newsroom.supervisor.STOP_SECONDS", 0.5)
    file, said = tmp_path / "children", []
    deaf = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {STAY}"
    child = Child("It", [sys.executable, "-c", deaf, str(file)], folder=ROOT, say=said.append)
    child.start()
    assert comes_true(lambda: numbers(file))

    stop_all([child])

    assert said == ["It does not stop; killing it."]
    assert not is_alive(numbers(file)[0])
