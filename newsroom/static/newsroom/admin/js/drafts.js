/* Words that were typed and not saved outlive a closed tab: this browser keeps them for the person who typed them, under
   the record and the version it was opened with, and offers them when the record is opened again. To restore them the
   form is sent marked as a draft: the server lays it onto what is stored, shows both texts, and writes nothing.
   A form is kept if it holds a .desk-drafts. Nothing is kept for whoever may not save. */
"use strict";
{
  const PREFIX = "isnad-draft:";
  const LONGEST_AGE = 30 * 24 * 3600 * 1000;
  const MOST = 30;
  const MOST_CHARACTERS = 4_000_000;
  const PAUSE = 700;
  const UNKEPT = new Set(["csrfmiddlewaretoken", "desk_draft", "_restore_draft"]);
  const UNSAID = /(^|-)(opened_as|version|TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS|id|quote_prefix|quote_suffix)$/;

  const storage = (() => { try { return window.localStorage; } catch { return null; } })();
  const forms = new Map();
  let isLeaving = false;

  const keys = () => Object.keys(storage).filter((key) => key.startsWith(PREFIX));
  const read = (key) => { try { return JSON.parse(storage.getItem(key)); } catch { return null; } };
  const boxOf = (form) => form?.querySelector(".desk-drafts");
  const newName = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => (byte % 36).toString(36)).join("");
  const keyOf = (box, name) => `${PREFIX}${box.dataset.user}:${box.dataset.record}:${name}`;
  const pairsOf = (form) => [...new FormData(form)].filter(([name, value]) =>
    typeof value === "string" && !UNKEPT.has(name) && !name.includes("__prefix__") && !["_save", "_continue", "_addanother"].includes(name));

  /* Drafts of more than a month ago go; then the oldest, until there is room. */
  const prune = (room = 0) => {
    const kept = keys().map((key) => ({ key, at: read(key)?.at ?? 0, size: storage.getItem(key)?.length ?? 0 }))
      .sort((one, other) => other.at - one.at);
    let size = room;
    kept.forEach((draft, place) => {
      size += draft.size;
      if (Date.now() - draft.at > LONGEST_AGE || place >= MOST || size > MOST_CHARACTERS) storage.removeItem(draft.key);
    });
  };

  const forgetSaved = () => {
    const found = document.cookie.match(/(?:^|; )desk_saved=([a-z0-9]{8,40})/);
    if (!found) return;
    keys().filter((key) => key.endsWith(`:${found[1]}`)).forEach((key) => storage.removeItem(key));
    const path = location.pathname.match(/^\/[a-z]+\/admin\//)?.[0] ?? "/";
    document.cookie = `desk_saved=; max-age=0; path=${path}; samesite=lax`;
  };

  const store = (form) => {
    const state = forms.get(form), box = boxOf(form);
    // A panel that was closed after saving has nothing to keep.
    if (!state || !box || isLeaving || !form.isConnected) return;
    const key = keyOf(box, state.name), pairs = pairsOf(form), text = JSON.stringify(pairs);
    if (text === state.initial) { storage.removeItem(key); return; }
    const draft = JSON.stringify({ at: Date.now(), version: state.version, pairs });
    let isFull = draft.length > MOST_CHARACTERS;
    if (!isFull) {
      try { prune(draft.length); storage.setItem(key, draft); } catch { isFull = true; }
    }
    let note = box.querySelector(".desk-draft-full");
    if (isFull && !note) {
      note = document.createElement("p");
      note.className = "desk-draft-full";
      note.textContent = box.dataset.full;
      box.append(note);
    } else if (!isFull) note?.remove();
  };

  const begin = (form, isUntouched = false) => {
    if (forms.has(form)) return forms.get(form);
    const field = form.querySelector("[name=desk_draft]");
    const isAgain = Boolean(field.value);
    const state = {
      name: field.value || newName(),
      version: form.querySelector("[name=version]")?.value ?? "",
      // A form that came back from the server, or was first met while typing, holds words that nobody saved.
      initial: isAgain || !isUntouched || !boxOf(form).dataset.fresh ? "" : JSON.stringify(pairsOf(form)),
      timer: 0,
    };
    field.value = state.name;
    forms.set(form, state);
    return state;
  };

  const changed = (event) => {
    const form = event.target.closest?.("form");
    if (!form || !boxOf(form) || event.target.closest(".desk-drafts, .desk-link")) return;
    const state = begin(form);
    clearTimeout(state.timer);
    state.timer = setTimeout(() => store(form), PAUSE);
  };

  // Offering what was left ------------------------------------------------------------------------------------------

  const labelOf = (form, name) => {
    const field = form.elements[name];
    const one = field instanceof RadioNodeList ? field[0] : field;
    const label = one?.labels?.[0] ?? form.querySelector(`label[for="id_${CSS.escape(name)}"]`);
    const text = label?.textContent.replace(/:\s*$/, "").trim() ?? name.split("-").at(-1);
    const row = name.match(/-(\d+)-/);
    return row ? `${text} (${new Intl.NumberFormat(document.documentElement.lang).format(Number(row[1]) + 1)})` : text;
  };
  const gathered = (pairs) => {
    const byName = new Map();
    for (const [name, value] of pairs) {
      if (UNSAID.test(name)) continue;
      byName.set(name, [...(byName.get(name) ?? []), value.replace(/\r\n?/g, "\n").trim()]);
    }
    return byName;
  };
  const shownAs = (form, name, values) => values.map((value) => {
    const field = form.elements[name];
    if (field instanceof HTMLSelectElement) return [...field.options].find((option) => option.value === value)?.textContent ?? value;
    return value;
  }).filter(Boolean).join(" · ");

  /* The text with its changed middle marked: from the first word that differs to the last. */
  const marked = (text, other) => {
    const words = text.split(/(?<=\s)/), others = other.split(/(?<=\s)/);
    let start = 0, end = 0;
    while (start < Math.min(words.length, others.length) && words[start] === others[start]) start += 1;
    while (end < Math.min(words.length, others.length) - start && words.at(-1 - end) === others.at(-1 - end)) end += 1;
    const piece = document.createElement("ins");
    piece.textContent = words.slice(start, words.length - end).join("");
    const before = words.slice(0, start).join(""), after = words.slice(words.length - end).join("");
    return piece.textContent ? [before, piece, after] : [before, after];
  };

  const compare = (form, list, pairs) => {
    const draft = gathered(pairs), now = gathered(pairsOf(form));
    let differing = 0;
    for (const name of new Set([...draft.keys(), ...now.keys()])) {
      const [left, right] = [draft, now].map((values) => shownAs(form, name, values.get(name) ?? []));
      if (left === right) continue;
      differing += 1;
      const row = document.createElement("div"), term = document.createElement("dt");
      term.textContent = labelOf(form, name);
      row.append(term);
      const field = form.elements[name];
      for (const [whose, text, other] of [[list.dataset.draft, left, right], [list.dataset.form, right, left]]) {
        const cell = document.createElement("dd"), label = document.createElement("span"), words = document.createElement("div");
        label.className = "whose";
        label.textContent = whose;
        words.dir = field?.dir || "auto";
        if (field?.lang) words.lang = field.lang;
        words.append(...(text ? marked(text, other) : ["—"]));
        cell.append(label, words);
        row.append(cell);
      }
      list.append(row);
    }
    return differing;
  };

  const restore = (form, name, draft) => {
    const sent = document.createElement("form");
    sent.method = "post";
    sent.action = location.pathname + (location.search.includes("plain=1") ? "?plain=1" : "");
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const pairs = [["csrfmiddlewaretoken", token], ["desk_draft", name], ["_restore_draft", "1"], ...draft.pairs];
    for (const [field, value] of pairs) {
      const input = document.createElement("textarea");
      input.name = field;
      input.value = value;
      sent.append(input);
    }
    sent.hidden = true;
    document.body.append(sent);
    sent.submit();
  };

  const offer = (form) => {
    const box = boxOf(form);
    if (!box.dataset.fresh) return;
    const prefix = keyOf(box, ""), version = form.querySelector("[name=version]")?.value ?? "";
    for (const key of keys().filter((item) => item.startsWith(prefix))) {
      const draft = read(key);
      if (!draft?.pairs) { storage.removeItem(key); continue; }
      const shown = box.querySelector("template").content.cloneNode(true).querySelector("section");
      if (!compare(form, shown.querySelector("dl"), draft.pairs)) { storage.removeItem(key); continue; }
      const time = shown.querySelector("time"), at = new Date(draft.at);
      time.dateTime = at.toISOString();
      time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }).format(at);
      shown.querySelector(".older").hidden = draft.version === version;
      shown.addEventListener("click", (event) => {
        const wish = event.target.closest("[data-do]")?.dataset.do;
        if (wish === "restore") restore(form, key.slice(prefix.length), draft);
        const button = event.target.closest("[data-sure]");
        if (wish === "discard" && button.textContent !== button.dataset.sure) {
          button.textContent = button.dataset.sure;
          return;
        }
        if (wish === "discard") {
          storage.removeItem(key);
          shown.remove();
          (box.querySelector(".desk-draft-buttons button") ?? form.querySelector("input:not([type=hidden]), textarea"))?.focus();
        }
      });
      box.append(shown);
      shown.querySelectorAll("dd > div").forEach((text) => {
        if (text.scrollHeight <= text.clientHeight) return;
        const first = text.querySelector("ins");
        text.tabIndex = 0;
        if (first) text.scrollTop = first.offsetTop - text.offsetTop - 40;
      });
    }
  };

  if (storage) {
    forgetSaved();
    prune();
    document.addEventListener("input", changed);
    document.addEventListener("change", changed);
    document.addEventListener("desk:saved", forgetSaved);
    const flush = () => forms.forEach((state, form) => { if (state.timer) store(form); });
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") flush(); });
    window.addEventListener("pagehide", flush);
    // What is sent is kept until it is known to be saved: a session may have ended meanwhile.
    document.addEventListener("submit", (event) => {
      if (event.target.id === "logout-form") {
        isLeaving = true;
        keys().forEach((key) => storage.removeItem(key));
      } else if (forms.has(event.target)) store(event.target);
    });
    window.addEventListener("load", () => {
      document.querySelectorAll("form:has(.desk-drafts)").forEach((form) => {
        // After the scripts of the page have filled in what they fill in.
        setTimeout(() => { begin(form, true); offer(form); }, 0);
      });
    });
  }
}
