#!/usr/bin/env python3
"""Run, test and check Isnad from a clean clone, with nothing installed but Python.

    python3 dev.py run             serve the site with demo content (make run)
    python3 dev.py test [ARGS]     checks, then all tests; ARGS go to pytest (make test)
    python3 dev.py explore [ARGS]  the property tests alone, with thousands of new examples (make explore)
    python3 dev.py check           style, types, layers, templates, translations (make check)
    python3 dev.py lock [ARGS]     renew requirements*.txt from requirements*.in; ARGS go to pip-compile (make lock)

Written for any Python from 3.6 on, so that an old one can find a newer one or say what to install.
"""

import concurrent.futures
import contextlib
import glob
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time

OLDEST = (3, 12)
# What the locks are made and tested with comes first.
PREFERRED_MINORS = (13, 14, 12)

ROOT = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(ROOT, ".venv")
VENV_PYTHON = (
    os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
)
STAMP = os.path.join(VENV, "isnad-installed.json")
UNFINISHED = os.path.join(VENV, "isnad-installing")

# They would let the environment see other packages, or pip install elsewhere. Where pip looks is the user's affair.
FOREIGN_VARIABLES = (
    "PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONUSERBASE VIRTUAL_ENV __PYVENV_LAUNCHER__ PIP_TARGET PIP_PREFIX "
    "PIP_ROOT PIP_USER PIP_CONSTRAINT PIP_NO_BINARY PIP_ONLY_BINARY PIP_REQUIRE_VIRTUALENV DJANGO_SETTINGS_MODULE"
).split()

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

CHECKS = [
    # The slow one first: two run at a time.
    ("types", ["-m", "mypy"]),
    ("style", ["-m", "ruff", "check", "--output-format", "concise", "."]),
    ("format", ["-m", "ruff", "format", "--check", "--output-format", "concise", "."]),
    ("layers", ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]),
    ("django", ["manage.py", "check", "--fail-level", "WARNING"]),
    ("migrations", ["manage.py", "makemigrations", "--check", "--dry-run"]),
    ("templates", ["manage.py", "checktemplates"]),
    ("translations", ["manage.py", "checkpo"]),
]


def main(arguments):
    commands = {"run": run, "test": test, "explore": explore, "check": check, "lock": lock}
    if not arguments:
        raise SystemExit(__doc__)
    if arguments[0] in ("help", "-h", "--help"):
        print(__doc__)
        return
    if arguments[0] not in commands:
        raise SystemExit("dev.py knows no “%s”. It knows: %s." % (arguments[0], ", ".join(commands)))
    os.chdir(ROOT)
    for name in FOREIGN_VARIABLES:
        os.environ.pop(name, None)
    commands[arguments[0]](arguments[1:])


def run(arguments):
    ensure_environment("requirements-local.txt", "requirements-dev.txt")
    become(["manage.py", "serve", *arguments])


def test(arguments):
    ensure_environment("requirements-dev.txt")
    if not arguments:
        ensure_browser()
    # Pages and tests read both; neither is kept in git.
    for command in (["compilepo"], ["collectstatic", "--noinput", "--verbosity", "0"]):
        if subprocess.call([VENV_PYTHON, "manage.py", *command]) != 0:
            raise SystemExit("manage.py %s failed; see above." % command[0])
    run_checks()
    # Each process has a database of its own; the tests of a file stay in their order (tests/sharing.py).
    become(["-m", "pytest", "--numprocesses", "auto", "--dist", "loadfile", *arguments])


def explore(arguments):
    ensure_environment("requirements-dev.txt")
    become(
        "-m pytest --numprocesses auto --dist loadfile -m hypothesis --hypothesis-profile explore".split()
        + list(arguments)
    )


def check(arguments):
    if arguments:
        raise SystemExit("check takes no arguments, and there is “%s”." % " ".join(arguments))
    ensure_environment("requirements-dev.txt")
    run_checks()
    print("All checks passed.")


def lock(arguments):
    ensure_environment("requirements-dev.txt")
    for name in ("requirements", "requirements-local", "requirements-dev"):
        command = (
            "-m piptools compile --quiet --generate-hashes --strip-extras --allow-unsafe"
            " --no-emit-index-url --no-emit-find-links --no-emit-trusted-host"
        ).split()
        done = subprocess.call(
            [VENV_PYTHON, *command, *arguments, "--output-file", name + ".txt", name + ".in"],
            env=dict(os.environ, CUSTOM_COMPILE_COMMAND="python3 dev.py lock"),
        )
        if done != 0:
            raise SystemExit("%s.txt could not be made; see above." % name)


def ensure_browser():
    """The browser tests are part of every full run: they fail rather than stay out."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    say("No Chromium on PATH: fetching the one that Playwright brings.")
    if subprocess.call([VENV_PYTHON, "-m", "playwright", "install", "chromium"]) != 0:
        raise SystemExit(
            "The browser tests need Chromium: install it (apt install chromium) and run this again."
        )


def run_checks():
    """Run every check, print what each found, and end here if one failed."""

    def one(check):
        name, command = check
        started = time.time()
        done = subprocess.run(
            [VENV_PYTHON, *command],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            universal_newlines=True,
        )
        return name, done.returncode, done.stdout, time.time() - started

    failed = []
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for running in concurrent.futures.as_completed([pool.submit(one, check) for check in CHECKS]):
            name, code, output, seconds = running.result()
            print("%-12s %s (%.0f s)" % (name, "FAILED" if code else "ok", seconds), flush=True)
            if code:
                failed.append(name)
                print(output.rstrip() + "\n", flush=True)
    if failed:
        raise SystemExit("Failed: %s." % ", ".join(failed))


def become(command):
    """Go on as this command, so that signals and the exit code are its own."""
    if os.name == "nt":
        raise SystemExit(subprocess.call([VENV_PYTHON, *command]))
    sys.stdout.flush()
    os.execv(VENV_PYTHON, [VENV_PYTHON, *command])


def ensure_environment(*locks):
    """Have .venv with one of the locks installed: the first, unless another is there already."""
    with only_one_at_a_time():
        if any(is_installed(name) for name in locks):
            return
        if os.path.lexists(VENV) and (os.path.exists(UNFINISHED) or not works(VENV_PYTHON, "import pip")):
            say("The environment in .venv is broken or was cut short: making it again.")
            remove(VENV)
        if not os.path.exists(VENV_PYTHON):
            make_environment()
        install(locks[0])


def is_installed(name):
    try:
        with open(STAMP) as file:
            stamp = json.load(file)
    except (OSError, ValueError):
        return False
    return stamp.get(name) == digest(name) and works(
        VENV_PYTHON, "import pip, django, psycopg", stamp["python"]
    )


def make_environment():
    python = find_python()
    say("Making .venv with %s." % python)
    made = subprocess.run(
        [python, "-m", "venv", VENV],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        universal_newlines=True,
    )
    if made.returncode != 0:
        remove(VENV)
        raise SystemExit("%s -m venv failed:\n%s" % (python, made.stdout.strip()))


def install(name):
    say("Installing %s into .venv; this takes a minute." % name)
    if os.path.exists(STAMP):
        os.remove(STAMP)
    open(UNFINISHED, "w").close()
    command = (
        "-m pip --disable-pip-version-check --no-input install --quiet --no-deps --require-hashes".split()
    )
    if subprocess.call([VENV_PYTHON, *command, "--only-binary=:all:", "--requirement", name]) != 0:
        raise SystemExit(
            "pip could not install %s; its message is above. Mend that and run this again." % name
        )
    with open(STAMP + ".new", "w") as file:
        json.dump({"python": version_of(VENV_PYTHON), name: digest(name)}, file)
    os.replace(STAMP + ".new", STAMP)
    os.remove(UNFINISHED)


def find_python():
    """A Python that can make the environment, tried by running it: a pyenv shim exists for versions that do not."""
    own = getattr(sys, "_base_executable", None) or sys.executable
    for minor in PREFERRED_MINORS:
        candidates = [own]
        folders = os.environ.get("PATH", "").split(os.pathsep)
        candidates += [os.path.join(folder, "python3.%d" % minor) for folder in folders if folder]
        pyenv = os.environ.get("PYENV_ROOT") or os.path.join(os.path.expanduser("~"), ".pyenv")
        candidates += sorted(
            glob.glob(os.path.join(pyenv, "versions", "3.%d.*" % minor, "bin", "python3")), reverse=True
        )
        for python in candidates:
            found = version_of(python, "import ssl, venv, ensurepip")
            if found and found.startswith("3.%d." % minor):
                return python
    if sys.version_info >= OLDEST and version_of(own, "import ssl, venv, ensurepip"):
        return own
    raise SystemExit(
        "Isnad needs Python %d.%d or newer with its venv module; this is %s (%s), and no newer one was found on PATH or "
        "under pyenv.\nInstall Python 3.13: on Debian or Ubuntu `apt install python3.13-venv` where that is offered, with "
        "pyenv `pyenv install 3.13`, on macOS `brew install python@3.13`, or from python.org. Then run this again."
        % (*OLDEST, sys.version.split()[0], sys.executable)
    )


def version_of(python, statement="pass"):
    """The version of a Python that runs and can do that, or None."""
    if not os.access(python, os.X_OK):
        return None
    try:
        done = subprocess.run(
            [python, "-c", statement + "; import sys; print('%d.%d.%d' % sys.version_info[:3])"],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            universal_newlines=True,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() if done.returncode == 0 else None


def works(python, statement, version=None):
    found = version_of(python, statement)
    return bool(found) and version in (None, found)


def digest(name):
    with open(os.path.join(ROOT, name), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def remove(path):
    if os.path.islink(path) or os.path.isfile(path):
        os.remove(path)
    else:
        shutil.rmtree(path)


@contextlib.contextmanager
def only_one_at_a_time():
    """`make run` and `make test` may be called at once in a fresh clone."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with open(os.path.join(ROOT, ".venv.lock"), "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def say(sentence):
    print(sentence, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        raise SystemExit(130)
