"""dev.py: what runs before anything is installed."""

import ast
import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def dev(tmp_path, monkeypatch):
    """The module, working in an empty folder."""
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    venv = tmp_path / ".venv"
    monkeypatch.setattr(module, "ROOT", str(tmp_path))
    monkeypatch.setattr(module, "VENV", str(venv))
    monkeypatch.setattr(module, "VENV_PYTHON", str(venv / "bin" / "python"))
    monkeypatch.setattr(module, "STAMP", str(venv / "isnad-installed.json"))
    monkeypatch.setattr(module, "UNFINISHED", str(venv / "isnad-installing"))
    (tmp_path / "requirements-local.txt").write_text("first lock")
    return module


@pytest.fixture
def machine(dev, tmp_path, monkeypatch):
    """A machine on which venv and pip do what they should; it keeps what was asked of it."""
    done: list[str] = []

    def make_environment():
        done.append("made")
        (tmp_path / ".venv" / "bin").mkdir(parents=True)
        (tmp_path / ".venv" / "bin" / "python").touch()

    def pip(command, **options):
        done.append(f"installed {command[-1]}")
        return 0

    monkeypatch.setattr(dev, "make_environment", make_environment)
    monkeypatch.setattr(dev.subprocess, "call", pip)
    monkeypatch.setattr(
        dev, "version_of", lambda python, statement="": "3.13.0" if Path(python).exists() else None
    )
    return done


def fake_python(folder: Path, name: str, body: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)


def test_an_old_python_can_read_it():
    ast.parse((ROOT / "dev.py").read_text("utf-8"), feature_version=(3, 6))


def test_a_python_is_tried_by_running_it_and_3_13_comes_first(dev, tmp_path, monkeypatch):
    shims, real = tmp_path / "shims", tmp_path / "bin"
    fake_python(shims, "python3.13", "echo 'pyenv: version 3.13 is not installed' >&2; exit 127")
    fake_python(real, "python3.13", "echo 3.13.5")
    fake_python(real, "python3.14", "echo 3.14.1")
    monkeypatch.setenv("PATH", f"{shims}:{real}")
    monkeypatch.setattr(dev.sys, "_base_executable", str(real / "python3.14"))

    assert dev.find_python() == str(real / "python3.13")


def test_a_python_of_pyenv_is_found_off_the_path(dev, tmp_path, monkeypatch):
    installed = tmp_path / "pyenv" / "versions" / "3.12.9" / "bin"
    fake_python(installed, "python3", "echo 3.12.9")
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path / "pyenv"))
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setattr(dev.sys, "_base_executable", str(tmp_path / "no-python"))

    assert dev.find_python() == str(installed / "python3")


def test_without_a_fit_python_it_says_what_to_install(dev, tmp_path, monkeypatch):
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(dev.sys, "_base_executable", str(tmp_path / "no-python"))

    with pytest.raises(SystemExit, match=r"(?s)needs Python 3\.12 or newer .*\nInstall Python 3\.13"):
        dev.find_python()


def test_the_lock_is_installed_once(dev, machine):
    dev.ensure_environment("requirements-local.txt")
    dev.ensure_environment("requirements-local.txt")

    assert machine == ["made", "installed requirements-local.txt"]


def test_a_changed_lock_is_installed_into_the_same_environment(dev, machine, tmp_path):
    dev.ensure_environment("requirements-local.txt")
    (tmp_path / "requirements-local.txt").write_text("second lock")
    dev.ensure_environment("requirements-local.txt")

    assert machine == ["made", "installed requirements-local.txt", "installed requirements-local.txt"]


def test_an_environment_that_was_cut_short_is_made_again(dev, machine, monkeypatch):
    monkeypatch.setattr(dev.subprocess, "call", lambda *_, **__: 1)
    with pytest.raises(SystemExit, match=r"pip could not install requirements-local\.txt"):
        dev.ensure_environment("requirements-local.txt")
    monkeypatch.setattr(dev.subprocess, "call", lambda *_, **__: 0)

    dev.ensure_environment("requirements-local.txt")

    assert machine == ["made", "made"]


def test_an_environment_whose_python_is_gone_is_made_again(dev, machine, tmp_path):
    dev.ensure_environment("requirements-local.txt")
    (tmp_path / ".venv" / "bin" / "python").unlink()
    dev.ensure_environment("requirements-local.txt")

    assert machine.count("made") == 2


def test_another_version_of_python_installs_again(dev, machine, tmp_path):
    dev.ensure_environment("requirements-local.txt")
    stamp = tmp_path / ".venv" / "isnad-installed.json"
    stamp.write_text(json.dumps({**json.loads(stamp.read_text()), "python": "3.12.1"}))
    dev.ensure_environment("requirements-local.txt")

    assert machine == ["made", "installed requirements-local.txt", "installed requirements-local.txt"]


def test_help_is_printed_and_what_is_no_command_is_named(dev, capsys):
    dev.main(["--help"])
    assert "dev.py run" in capsys.readouterr().out

    with pytest.raises(
        SystemExit, match=r"knows no “frobnicate”\. It knows: run, test, explore, check, lock"
    ):
        dev.main(["frobnicate"])
    with pytest.raises(SystemExit, match="check takes no arguments, and there is “--fast”"):
        dev.check(["--fast"])
