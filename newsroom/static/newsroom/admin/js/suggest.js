/* Suggestions on the article's page: one list that the keyboard walks through, each with its place in the text.
   The server's fragment holds plain forms; here they are sent without leaving the page. Keys go by their place on the
   keyboard, so that they work in an Arabic layout too. */
"use strict";
{
  const dock = document.getElementById("suggestions");
  const LAYER = "suggestions";
  const REMEMBERED = "desk-suggestions";
  const box = dock?.querySelector("details");
  const body = dock?.querySelector(".suggest-body");
  const form = document.querySelector("#article_form");
  let isDirty = false;
  let isBusy = false;
  let current = null;
  let hasLeft = false;

  const root = () => body.querySelector(".suggest");
  const items = () => [...body.querySelectorAll(".suggest-item")];
  const again = dock?.querySelector(".suggest-again");
  const say = (words) => { dock.querySelector(".suggest-said").textContent = words; };
  const fail = () => { say(dock.dataset.failed); again.hidden = false; };
  const textarea = (language) => document.getElementById(`id_body_${language}`);
  const keep = (name, value) => { try { sessionStorage.setItem(`${REMEMBERED}-${name}`, value); } catch { /* not kept */ } };
  const kept = (name) => { try { return sessionStorage.getItem(`${REMEMBERED}-${name}`); } catch { return null; } };

  // Places in the text ---------------------------------------------------------------------------------------------

  const marksOf = (field) => (field && window.deskMarks ? window.deskMarks.of(field) : null);

  /* The places of an item as they stand in the field: the server counted code points in what is saved. */
  const places = (item, field) => JSON.parse(item.dataset.marks || "[]").map(([start, end]) => ({
    start: window.deskMarks.fromCodePoints(field.value, start), end: window.deskMarks.fromCodePoints(field.value, end) }));

  const draw = () => {
    if (!window.deskMarks) return;
    for (const language of ["ar", "en"]) {
      const field = textarea(language);
      const marks = marksOf(field);
      if (!marks) continue;
      // Once words were typed the saved places are not those of the field: the marks move with the text by themselves.
      if (isDirty && marks.get(LAYER, drawn(field))) continue;
      const all = [];
      for (const item of items()) {
        if (item.dataset.language !== language || !["mention", "unknown", "attribution"].includes(item.dataset.kind)) continue;
        const kind = item.dataset.kind === "attribution" ? "attribution" : "mention";
        places(item, field).forEach((place, number) => all.push({ ...place, kind, id: `${item.dataset.key}#${number}`,
          label: item.dataset.words, isChosen: item === current }));
      }
      marks.set(LAYER, all);
      marks.onPick(LAYER, (mark) => {
        const item = items().find((one) => mark.id.startsWith(`${one.dataset.key}#`));
        if (item) { box.open = true; choose(item, { isShown: false }); }
      });
    }
  };
  const drawn = (field) => items().find((item) => textarea(item.dataset.language) === field)?.dataset.key + "#0";

  const show = (item) => {
    const field = textarea(item.dataset.language);
    const marks = marksOf(field);
    const [place] = marks ? places(item, field) : [];
    if (!place) return;
    const marked = marks.get(LAYER, `${item.dataset.key}#0`) || place;
    marks.show(marked.start, marked.end);
    // The list covers the lower part of the window.
    const words = field.closest(".desk-marked")?.querySelector(".is-chosen")?.getBoundingClientRect();
    const top = dock.getBoundingClientRect().top;
    if (words && words.bottom > top - 40) window.scrollBy({ top: words.bottom - top + 120, behavior: "instant" });
  };

  const choose = (item, { isShown = true } = {}) => {
    for (const one of items()) {
      one.tabIndex = one === item ? 0 : -1;
      one.classList.toggle("is-current", one === item);
    }
    current = item;
    if (!item) return;
    draw();
    if (isShown) show(item);
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  };

  // Sending and fetching -------------------------------------------------------------------------------------------

  const take = (text, { index = -1, isFocused = false } = {}) => {
    const page = new DOMParser().parseFromString(text, "text/html");
    const fresh = page.querySelector(".suggest");
    if (!fresh) { fail(); return; }
    again.hidden = true;
    const wasOpen = body.querySelector(".suggest-answered")?.open;
    // Whoever is in the list already stays where they are when it comes anew by itself.
    const isInside = !isFocused && body.contains(document.activeElement);
    const place = isInside ? current?.dataset.key : "";
    body.replaceChildren(fresh);
    if (wasOpen && body.querySelector(".suggest-answered")) body.querySelector(".suggest-answered").open = true;
    dock.querySelector(".suggest-count").textContent = fresh.dataset.count;
    say(fresh.querySelector(".suggest-refusal p")?.textContent || fresh.dataset.said);
    const list = items();
    current = list.find((item) => item.dataset.key === place) ?? list[Math.min(index, list.length - 1)] ?? null;
    for (const item of list) {
      item.tabIndex = item === (current ?? list[0]) ? 0 : -1;
      item.classList.toggle("is-current", item === current);
    }
    draw();
    if (!isFocused && !isInside) return;
    const asked = fresh.querySelector(".suggest-sure button");
    if (asked) asked.focus();
    else if (current) choose(current);
    else box.querySelector("summary").focus();
  };

  const fetchList = async (options) => {
    const answer = await fetch(`${dock.dataset.address}?_fragment=1`, { credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    take(await answer.text(), options);
  };

  /* Cuts and copies change the article itself: the form must hold nothing that is not saved, and is read anew after. */
  const changesArticle = (key) => key.startsWith("cut:") || key.startsWith("copy:");

  const send = async (sent, button) => {
    if (isBusy) return;
    window.deskFreshen();
    const data = new FormData(sent, button);
    if (isDirty && changesArticle(data.get("key"))) { say(root().dataset.unsaved); return; }
    isBusy = true;
    dock.setAttribute("aria-busy", "true");
    const index = Math.max(0, items().indexOf(current));
    data.set("_fragment", "1");
    data.delete("csrfmiddlewaretoken");
    try {
      const answer = await fetch(sent.action, { method: "POST", body: data, credentials: "same-origin",
        headers: { "X-CSRFToken": sent.querySelector("[name=csrfmiddlewaretoken]").value } });
      if (![200, 409].includes(answer.status)) throw new Error(String(answer.status));
      take(await answer.text(), { index, isFocused: true });
      if (root().dataset.version !== dock.dataset.version && !isDirty) {
        keep("index", String(index));
        keep("said", root().dataset.said);
        window.location.reload();
      }
    } catch {
      fail();
    } finally {
      isBusy = false;
      dock.removeAttribute("aria-busy");
    }
  };

  // Answers --------------------------------------------------------------------------------------------------------

  const openPanel = (item, link) => {
    const field = textarea(item.dataset.language);
    const marks = marksOf(field);
    const [saved] = marks ? places(item, field) : [];
    const place = saved && (marks.get(LAYER, `${item.dataset.key}#0`) || saved);
    // Without the panel the stock form opens, filled in by its address.
    if (!place || !document.getElementById("claim-panel")?.dataset.add) return false;
    document.dispatchEvent(new CustomEvent("desk:claim", { detail: {
      language: item.dataset.language, start: place.start, end: place.end, query: JSON.parse(link.dataset.claim), claim: link.dataset.known } }));
    return true;
  };

  const change = (item) => {
    const chosen = body.querySelector(".suggest-chosen");
    if (!chosen || !item.querySelector("[data-act=change]")) return;
    item.append(chosen);
    chosen.hidden = false;
    chosen.querySelector("[name=key]").value = item.dataset.key;
    const $ = window.django?.jQuery;
    if ($?.fn.djangoAdminSelect2) {
      $(chosen).find("select.admin-autocomplete").not(".select2-hidden-accessible").djangoAdminSelect2();
      chosen.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: "chosen" } }));
    }
    chosen.querySelector(".select2-selection, select")?.focus();
  };

  const closeChange = () => {
    const chosen = body.querySelector(".suggest-chosen");
    chosen.hidden = true;
    root().append(chosen);
    if (current) choose(current, { isShown: false });
  };

  const act = (item, name) => {
    if (name === "change") { change(item); return; }
    const control = item.querySelector(`[data-act=${name}]`);
    control?.click();
  };

  const undo = () => {
    const button = body.querySelector(".suggest-answered [name=do]");
    if (button) send(button.form, button);
  };

  // Keys: by the letter of the layout, or, where it has other letters, by the place of the key.
  const letter = (event) => (/^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace(/^Key/, "").toLowerCase());

  const step = (by) => {
    const list = items();
    if (!list.length) return;
    const at = current ? list.indexOf(current) + by : (by > 0 ? 0 : list.length - 1);
    choose(list[Math.max(0, Math.min(list.length - 1, at))]);
  };

  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const { target } = event;
    if (event.key === "Escape") {
      event.preventDefault();
      if (target.closest(".suggest-chosen")) closeChange();
      else (current ? textarea(current.dataset.language) : textarea(document.documentElement.lang))?.focus();
      return;
    }
    if (target.closest(".suggest-chosen, .select2-container, input, select, textarea")) return;
    const item = target.closest(".suggest-item");
    if (item && item !== current) current = item;
    if (event.key === "ArrowDown" || letter(event) === "j") step(1);
    else if (event.key === "ArrowUp" || letter(event) === "k") step(-1);
    else if (event.key === "Home" && items().length) choose(items()[0]);
    else if (event.key === "End" && items().length) choose(items().at(-1));
    else if (letter(event) === "u") undo();
    else if (item && event.key === "Enter" && target === item) act(item, "accept");
    else if (item && letter(event) === "a") act(item, "accept");
    else if (item && letter(event) === "c") act(item, "change");
    else if (item && (letter(event) === "d" || event.key === "Delete")) act(item, "dismiss");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const onClick = (event) => {
    const item = event.target.closest(".suggest-item");
    const link = event.target.closest("a");
    if (event.target.closest(".suggest-cancel")) { closeChange(); return; }
    if (item && event.target.closest("[data-act=change]")) { event.preventDefault(); current = item; change(item); return; }
    if (item && link?.target === "_blank" && window.deskAdding) {
      // A new record is made in a window of its own; once it is known, its name is found in the text.
      event.preventDefault();
      current = item;
      window.deskAdding.open(link.href, () => fetchList({ index: items().indexOf(item), isFocused: true }).catch(fail));
      return;
    }
    if (link?.target === "_blank") hasLeft = true;
    if (item && link?.dataset.claim !== undefined) {
      current = item;
      if (openPanel(item, link)) event.preventDefault();
      return;
    }
    if (link?.classList.contains("suggest-field")) {
      // A warning leads to a field of this very page.
      const field = document.getElementById(link.hash.slice(1)) || document.getElementById(`${link.hash.slice(1)}_0`);
      if (field) {
        event.preventDefault();
        const shown = field.classList.contains("select2-hidden-accessible") ? field.parentElement.querySelector(".select2-selection") : field;
        shown.scrollIntoView({ block: "center" });
        shown.focus();
      }
      return;
    }
    if (item && !event.target.closest("a, button, summary, input, select, .select2-container")) choose(item);
  };

  if (dock) {
    body.addEventListener("keydown", onKey);
    body.addEventListener("click", onClick);
    body.addEventListener("submit", (event) => {
      event.preventDefault();
      current = event.target.closest(".suggest-item") ?? current;
      send(event.target, event.submitter);
    });
    box.addEventListener("toggle", () => keep("open", box.open ? "yes" : "no"));
    form?.addEventListener("input", () => { isDirty = true; });
    form?.addEventListener("change", (event) => { if (event.isTrusted) isDirty = true; });
    document.addEventListener("keydown", (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.code !== "KeyS") return;
      event.preventDefault();
      box.open = true;
      const first = current?.isConnected ? current : items()[0];
      if (first) choose(first);
      else box.querySelector("summary").focus();
    });
    // After a claim was saved its sentence is told; after a record was made in another tab its name is known.
    document.addEventListener("desk:claimed", () => fetchList({ index: items().indexOf(current) }).catch(() => {}));
    window.addEventListener("focus", () => {
      if (!hasLeft) return;
      hasLeft = false;
      fetchList({ index: items().indexOf(current), isFocused: dock.contains(document.activeElement) }).catch(() => {});
    });
    window.addEventListener("load", async () => {
      const index = Number(kept("index") ?? -1);
      const said = kept("said");
      keep("index", "-1");
      keep("said", "");
      try {
        await fetchList({ index, isFocused: index >= 0 });
        if (said) say(said);
        // Two texts that wait for a decision have the window for themselves.
        const isOccupied = document.querySelector(".desk-conflict, .desk-draft");
        box.open = !isOccupied && kept("open") !== "no" && window.innerHeight >= 700 && window.innerWidth >= 900;
      } catch {
        fail();
      }
    });
    again.querySelector("button").addEventListener("click", () => fetchList({ index: items().indexOf(current), isFocused: true }).catch(fail));
  }
}
