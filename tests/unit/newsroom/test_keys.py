"""The desk's list of keys names those that its scripts know, all of them and no other."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

SCRIPTS = Path(settings.BASE_DIR) / "newsroom/static/newsroom/admin/js"
LIST = Path(settings.BASE_DIR) / "templates/admin/keys.html"

# Part of the page and key, and the words of a script without which the key does nothing.
KEYS = {
    ("everywhere", "?"): ("keys.js", '["?", "؟"].includes(event.key)'),
    ("everywhere", "Ctrl+Enter"): ("desk.js", 'event.key !== "Enter" || !(event.ctrlKey'),
    ("everywhere", "Alt+A"): ("adding.js", 'event.code !== "KeyA" || !event.altKey'),
    ("text", "Alt+C"): ("panel.js", 'isAlt && event.code === "KeyC"'),
    ("text", "Alt+Enter"): ("marks.js", 'event.key === "Enter" && event.altKey'),
    ("text", "Alt+S"): ("suggest.js", 'event.code !== "KeyS"'),
    ("text", "Ctrl+Shift+9"): ("editor.js", 'event.code === "Digit9" && event.shiftKey'),
    ("text", "Ctrl+K"): ("editor.js", 'event.code === "KeyK" && !event.shiftKey'),
    ("text", "Ctrl+Shift+V"): ("editor-paste.js", 'event.shiftKey && event.code === "KeyV"'),
    ("suggestions", "↑"): ("suggest.js", 'event.key === "ArrowUp"'),
    ("suggestions", "↓"): ("suggest.js", 'event.key === "ArrowDown"'),
    ("suggestions", "K"): ("suggest.js", 'letter(event) === "k"'),
    ("suggestions", "J"): ("suggest.js", 'letter(event) === "j"'),
    ("suggestions", "Home"): ("suggest.js", 'event.key === "Home"'),
    ("suggestions", "End"): ("suggest.js", 'event.key === "End"'),
    ("suggestions", "Enter"): ("suggest.js", 'event.key === "Enter" && target === item'),
    ("suggestions", "A"): ("suggest.js", 'letter(event) === "a"'),
    ("suggestions", "C"): ("suggest.js", 'letter(event) === "c"'),
    ("suggestions", "D"): ("suggest.js", 'letter(event) === "d"'),
    ("suggestions", "Delete"): ("suggest.js", 'event.key === "Delete"'),
    ("suggestions", "U"): ("suggest.js", 'letter(event) === "u"'),
    ("suggestions", "Esc"): ("suggest.js", 'event.key === "Escape"'),
    ("panel", "Ctrl+Enter"): ("panel.js", 'event.key === "Enter" && (event.ctrlKey'),
    ("panel", "Ctrl+Shift+Enter"): ("panel.js", "save(event.shiftKey)"),
    ("panel", "Esc"): ("panel.js", 'event.key === "Escape"'),
    ("panel", "Alt+N"): ("panel_chain.js", 'event.code === "KeyN"'),
    ("panel", "Alt+B"): ("panel_chain.js", 'event.code === "KeyB"'),
    ("panel", "Alt+O"): ("panel_chain.js", 'KeyO: "outlet"'),
    ("panel", "Alt+P"): ("panel_chain.js", 'KeyP: "person"'),
    ("panel", "Alt+G"): ("panel_chain.js", 'KeyG: "organisation"'),
    ("panel", "Alt+U"): ("panel_chain.js", 'KeyU: "unnamed"'),
    ("panel", "Alt+D"): ("panel_chain.js", 'KeyD: "document"'),
    ("panel", "Alt+↑"): ("chain.js", "ArrowUp: [-1, false]"),
    ("panel", "Alt+↓"): ("chain.js", "ArrowDown: [1, false]"),
    ("panel", "Alt+PageUp"): ("chain.js", "PageUp: [-1, true]"),
    ("panel", "Alt+PageDown"): ("chain.js", "PageDown: [1, true]"),
    ("panel", "Alt+Z"): ("chain.js", 'event.code !== "KeyZ" || !event.altKey'),
    ("panel", "Alt+X"): ("panel_chain.js", 'event.code === "KeyX"'),
    ("panel", "Alt+J"): ("panel.js", 'isAlt && event.code === "KeyJ"'),
}


def test_the_list_names_every_key_that_the_scripts_know_and_no_other():
    sections = re.findall(
        r'<section aria-labelledby="keys-(\w+)">(.*?)</section>', LIST.read_text(), re.DOTALL
    )
    named = {(part, key) for part, body in sections for key in re.findall(r"<kbd>([^<]+)</kbd>", body)}

    assert named == set(KEYS)
    for key, (script, words) in KEYS.items():
        assert words in (SCRIPTS / script).read_text(), f"{key} does nothing any more: {script} lacks {words}"


def test_a_key_that_a_script_asks_for_is_in_the_list():
    letters = {key.rsplit("+", 1)[-1] for _part, key in KEYS}
    signs = {"ArrowUp": "↑", "ArrowDown": "↓", "Escape": "Esc"}
    for script in SCRIPTS.glob("*.js"):
        text = script.read_text()
        asked = set(re.findall(r"\b(?:Key|Digit)([A-Z0-9])\b", text))
        asked |= {letter.upper() for letter in re.findall(r'letter\(event\) === "(\w)"', text)}
        names = set(re.findall(r'event\.key === "(\w{2,})"', text))
        names |= set(re.findall(r"\b((?:Arrow|Page)\w+): ", text))
        asked |= {signs.get(name, name) for name in names}
        assert asked <= letters, (
            f"{script.name} asks for {asked - letters}: add it to {LIST.name} and to KEYS"
        )


def test_a_key_that_a_page_names_is_in_the_list():
    known = {key for _part, key in KEYS}
    for page in LIST.parent.rglob("*.html"):
        named = set(re.findall(r"<kbd[^>]*>([^<]+)</kbd>", page.read_text()))
        named |= {
            key.replace("Control", "Ctrl")
            .replace("ArrowUp", "↑")
            .replace("ArrowDown", "↓")
            .replace("Escape", "Esc")
            for key in re.findall(r'aria-keyshortcuts="([^"]+)"', page.read_text())
        }
        assert named <= known, f"{page.name} names {named - known}"
