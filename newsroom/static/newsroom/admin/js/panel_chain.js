/* The chain of sources in the claim panel: one kind of field a source, keys for all of it, and the chain read as a sentence.

     deskChain.wake(root)          gives every source its kind, and the sentence its first words
     deskChain.focus(row)          goes to where the source is named
     deskChain.read(form)          the chain as the rows that `?sources=` takes
     deskChain.key(event)          true if the key was one of the chain's */
"use strict";
{
  const NAMED = ["outlet", "person", "organisation"];
  const WORDS = ["description_ar", "description_en", "role_ar", "role_en", "note"];
  const KINDS = { KeyO: "outlet", KeyP: "person", KeyG: "organisation", KeyU: "unnamed", KeyD: "document" };
  const PAUSE = 200;
  const panel = document.getElementById("claim-panel");
  const $ = () => window.django.jQuery;

  const rowsOf = (root) => [...root.querySelectorAll(".desk-source")].filter((row) => !row.hidden);
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const boxOf = (select) => select?.parentElement?.querySelector(".select2-selection") ?? select;

  const kindOf = (row) => {
    const named = NAMED.find((name) => field(row, name)?.value);
    if (named) return named;
    if (field(row, "is_document")?.checked) return "document";
    return WORDS.slice(0, 2).some((name) => field(row, name)?.value) ? "unnamed" : "outlet";
  };

  const showKind = (row, kind) => {
    row.dataset.kind = kind;
    const chooser = row.querySelector(".panel-kind");
    if (chooser) chooser.value = kind;
  };

  /* A source is exactly one of them: what another kind had is emptied. */
  const setKind = (row, kind) => {
    showKind(row, kind);
    for (const name of NAMED) {
      const select = field(row, name);
      if (name !== kind && select?.value) $()(select).val(null).trigger("change");
    }
    if (NAMED.includes(kind)) WORDS.slice(0, 2).forEach((name) => { field(row, name).value = ""; });
    if (field(row, "is_document")) field(row, "is_document").checked = kind === "document";
    sentenceSoon();
  };

  const place = (row) => {
    const kind = row.dataset.kind;
    if (NAMED.includes(kind)) return boxOf(field(row, kind));
    // The words of a description are most often those of the text.
    const language = row.closest("form")?.querySelector("[name$='-quote_language']")?.value || document.documentElement.lang;
    return field(row, language === "en" ? "description_en" : "description_ar");
  };
  const focus = (row) => place(row)?.focus();

  const number = (root) => rowsOf(root).forEach((row, index) => {
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", panel.dataset.wordSource.replace(/\{\w+\}/, String(index + 1)));
  });

  /* The source in which somebody is at work: that of the focus, or of the list that hangs open from it; else the last. */
  const current = () => {
    const open = document.querySelector(".select2-container--open")?.closest(".desk-source");
    return open ?? document.activeElement?.closest(".desk-source") ?? rowsOf(panel).at(-1);
  };

  const closeLists = () => panel.querySelectorAll("select.select2-hidden-accessible").forEach((select) => {
    if ($()(select).data("select2")?.isOpen()) $()(select).select2("close");
  });

  const read = (form) => rowsOf(form).filter((row) => !row.querySelector("[name$='-DELETE']:checked")).map((row) => {
    const source = { step: Number(field(row, "step")?.value || 1) };
    for (const name of NAMED) if (field(row, name)?.value) source[name] = Number(field(row, name).value);
    for (const name of WORDS) if (field(row, name)?.value) source[name] = field(row, name).value;
    if (field(row, "is_document")?.checked) source.is_document = true;
    return source;
  }).filter((source) => [...NAMED, ...WORDS.slice(0, 2)].some((name) => source[name]));

  /* Whom the list does not know is added in Django's own window, with what was typed as the name. */
  const addUnknown = (row) => {
    const select = field(row, row.dataset.kind);
    const link = select?.closest(".related-widget-wrapper")?.querySelector(".add-related");
    if (!link) return;
    const typed = document.querySelector(".select2-container--open .select2-search__field")?.value.trim() || "";
    closeLists();
    const plain = link.href;
    const address = new URL(plain);
    if (typed) address.searchParams.set(/[\u0600-\u06ff]/.test(typed) ? "name_ar" : "name_en", typed);
    link.href = address.href;
    link.click();
    link.href = plain;
    $()(select).one("change", () => boxOf(select).focus());
  };

  const remove = (row) => {
    const drop = row.querySelector(".desk-remove-source");
    const marked = row.querySelector("[name$='-DELETE']");
    const rows = rowsOf(panel);
    const next = rows[rows.indexOf(row) - 1] ?? rows[rows.indexOf(row) + 1];
    if (drop) drop.click();
    else if (marked) marked.checked = !marked.checked;
    if (next) focus(next);
    sentenceSoon();
  };

  const key = (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
    const row = current();
    const kind = KINDS[event.code];
    if (kind && row) {
      closeLists();
      setKind(row, kind);
      focus(row);
    } else if (event.code === "KeyN" || event.code === "KeyB") {
      closeLists();
      panel.querySelector(`.desk-add-source[data-step=${event.code === "KeyN" ? "next" : "same"}]`)?.click();
    } else if (event.code === "KeyA" && row) addUnknown(row);
    else if (event.code === "KeyX" && row) remove(row);
    else return false;
    return true;
  };

  // The sentence ----------------------------------------------------------------------------------------------------

  let waiting = 0;
  let asked = null;
  const sentence = async () => {
    const form = panel.querySelector(".panel-form");
    const shown = form?.querySelector(".desk-sentence");
    if (!shown) return;
    asked?.abort();
    asked = new AbortController();
    const data = new FormData(form);
    data.set("row", form.dataset.row);
    try {
      const answer = await fetch(panel.dataset.sentence, { method: "POST", body: data, signal: asked.signal, credentials: "same-origin" });
      if (answer.ok && !answer.redirected) shown.innerHTML = await answer.text();
    } catch (failed) {
      // A sentence that does not come is no reason to disturb: the next key asks again.
      if (failed.name !== "AbortError") shown.replaceChildren();
    }
  };
  const sentenceSoon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(sentence, PAUSE);
  };

  const wake = (root) => {
    rowsOf(root).forEach((row) => showKind(row, kindOf(row)));
    number(root);
    sentence();
  };

  if (panel) {
    panel.addEventListener("change", (event) => {
      if (!event.target.matches(".panel-kind")) return;
      setKind(event.target.closest(".desk-source"), event.target.value);
    });
    // A new source: desk.js has put it in, and its focus on a box that is not there yet.
    document.addEventListener("formset:added", (event) => {
      if (!panel.contains(event.target) || !event.target.matches(".desk-source")) return;
      showKind(event.target, "outlet");
      number(panel);
      event.target.scrollIntoView({ block: "nearest" });
    });
    window.addEventListener("load", () => {
      // select2 tells jQuery alone.
      if ($()) $()(panel).on("input change", ".panel-form", sentenceSoon);
    });
  }
  window.deskChain = { wake, focus, read, key, closeLists };
}
