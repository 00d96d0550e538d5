/* The chain of sources in the claim panel: one kind of field a source, and keys for all of it. Moving a source and reading
   the chain as a sentence is chain.js.

     deskChain.wake(root)          gives every source its kind, and the sentence its first words
     deskChain.focus(row)          goes to where the source is named
     deskChain.read(form)          the chain as the rows that `?sources=` takes
     deskChain.take()              takes what an open list has found; false if it has found nothing
     deskChain.key(event)          true if the key was one of the chain's */
"use strict";
{
  const NAMED = ["outlet", "person", "organisation"];
  const WORDS = ["description_ar", "description_en", "role_ar", "role_en", "note"];
  const KINDS = { KeyO: "outlet", KeyP: "person", KeyG: "organisation", KeyU: "unnamed", KeyD: "document" };
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

  /* A source is exactly one of them: what another kind had is emptied, and there again when the kind comes back. */
  const former = new WeakMap();
  const setKind = (row, kind) => {
    showKind(row, kind);
    const had = former.get(row) ?? {};
    former.set(row, had);
    const choose = (select, value) => $()(select).val(value).trigger("change");
    for (const name of NAMED) {
      const select = field(row, name);
      if (name !== kind && select?.value) {
        had[name] = select.value;
        choose(select, null);
      } else if (name === kind && select && !select.value && had[name]) choose(select, had[name]);
    }
    for (const name of WORDS.slice(0, 2)) {
      const words = field(row, name);
      if (!words) continue;
      if (NAMED.includes(kind)) {
        had[name] = words.value || had[name];
        words.value = "";
      } else words.value ||= had[name] ?? "";
    }
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

  const chain = () => panel.querySelector(".desk-chain");
  const sentenceSoon = () => { if (chain()) window.deskChains.soon(chain()); };

  /* The source in which somebody is at work: that of the focus, or of the list that hangs open from it; else the last. */
  const current = () => {
    const open = document.querySelector(".select2-container--open")?.closest(".desk-source");
    return open ?? document.activeElement?.closest(".desk-source") ?? rowsOf(panel).at(-1);
  };

  const closeLists = () => panel.querySelectorAll("select.select2-hidden-accessible").forEach((select) => {
    if ($()(select).data("select2")?.isOpen()) $()(select).select2("close");
  });

  /* An open list with something found in it: Ctrl+Enter takes that and saves. */
  const take = () => {
    const list = document.querySelector(".select2-container--open .select2-results__options");
    if (!list) return true;
    const select = [...panel.querySelectorAll("select.select2-hidden-accessible")].find((one) => $()(one).data("select2")?.isOpen());
    const typed = document.querySelector(".select2-container--open .select2-search__field")?.value;
    const found = list.querySelector(".select2-results__option--highlighted:not(.loading-results)");
    if (typed && !found) return false;
    if (typed && select) $()(select).data("select2").trigger("results:select", {});
    closeLists();
    return true;
  };

  const read = (form) => rowsOf(form).filter((row) => !row.querySelector("[name$='-DELETE']:checked")).map((row) => {
    const source = { step: Number(field(row, "step")?.value || 1) };
    for (const name of NAMED) if (field(row, name)?.value) source[name] = Number(field(row, name).value);
    for (const name of WORDS) if (field(row, name)?.value) source[name] = field(row, name).value;
    if (field(row, "is_document")?.checked) source.is_document = true;
    return source;
  }).filter((source) => [...NAMED, ...WORDS.slice(0, 2)].some((name) => source[name]));

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
      const how = event.code === "KeyN" ? "next" : "same";
      panel.querySelector(`.desk-add-source[data-step=${how}]`)?.click();
      const added = rowsOf(panel).at(-1);
      if (row && added !== row) window.deskChains.put(added, row, how);
    } else if (event.code === "KeyX" && row) remove(row);
    else return false;
    return true;
  };

  const wake = (root) => {
    rowsOf(root).forEach((row) => showKind(row, kindOf(row)));
    window.deskChains.number(chain());
    window.deskChains.now(chain());
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
      event.target.scrollIntoView({ block: "nearest" });
    });
  }
  window.deskChain = { wake, focus, read, key, take, closeLists };
}
