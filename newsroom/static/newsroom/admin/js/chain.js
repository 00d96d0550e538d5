/* A chain of sources as it is built, in the claim panel and on the claim's page: sources move between its steps by keys and
   buttons, and the chain is read as a sentence.

     deskChains.number(chain)      says to a screen reader which source each row is
     deskChains.forget(row)        a source that is about to be taken out: Alt+Z brings it back
     deskChains.soon(chain)        reads the sentence anew, after a pause; deskChains.now(chain) at once
     deskChains.put(row, other, "same" | "next")   a new source beside another, or in a step behind it

   Alt+↑ and Alt+↓ move a source by half a step: beside those of the next step, or out from beside them. Alt+PageUp and
   Alt+PageDown move its whole step past the next one. */
"use strict";
{
  const LONGEST = 9;
  const PAUSE = 200;
  const NAMED = ["outlet", "person", "organisation"];
  const words = () => document.getElementById("desk-chain-words")?.dataset;
  const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");

  const rowsOf = (chain) => [...chain.querySelectorAll(":scope > .desk-source")].filter((row) => !row.hidden);
  const isGoing = (row) => Boolean(row.querySelector("[name$='-DELETE']:checked"));
  const stepField = (row) => row.querySelector("[name$='-step']");
  const stepOf = (row) => Number(stepField(row)?.value || 1);
  // Sources side by side stay in the order in which they are saved and read.
  const placeOf = (row) => Number(row.id.split("-").at(-1));

  const nameOf = (row) => {
    const chosen = NAMED.map((name) => row.querySelector(`select[name$="-${name}"]`)).find((select) => select?.value);
    if (chosen) return chosen.selectedOptions[0].textContent.split(" · ")[0].trim();
    const described = ["description_ar", "description_en"].map((name) => row.querySelector(`[name$="-${name}"]`)?.value.trim());
    if (document.documentElement.lang === "en") described.reverse();
    return described.find(Boolean) || row.getAttribute("aria-label") || "";
  };

  const number = (chain) => rowsOf(chain).forEach((row, index) => {
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", filled(words().source, { number: String(index + 1) }));
  });

  // Moving ---------------------------------------------------------------------------------------------------------

  const stepsOf = (chain) => {
    const steps = new Map();
    for (const row of rowsOf(chain).filter((one) => !isGoing(one))) {
      steps.set(stepOf(row), [...(steps.get(stepOf(row)) ?? []), row]);
    }
    return [...steps].sort(([one], [other]) => one - other).map(([, rows]) => rows);
  };

  const write = (chain, steps) => {
    steps.forEach((rows, index) => rows.forEach((row) => {
      const field = stepField(row);
      row.dataset.step = String(index + 1);
      if (field.value === String(index + 1)) return;
      field.value = String(index + 1);
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }));
    // On the page they stand as the chain goes, so that Tab and a screen reader meet them in its order.
    const rows = rowsOf(chain).sort((one, other) => stepOf(one) - stepOf(other) || placeOf(one) - placeOf(other));
    const end = chain.querySelector(":scope > .desk-chain-tools");
    rows.forEach((row) => chain.insertBefore(row, end));
    number(chain);
  };

  const say = (chain, sentence) => {
    const shown = chain.querySelector(".desk-chain-said");
    // The same words again are said again.
    shown.textContent = "";
    requestAnimationFrame(() => { shown.textContent = sentence; });
  };

  const tell = (row, steps) => {
    const index = steps.findIndex((rows) => rows.includes(row));
    const beside = steps[index].filter((other) => other !== row).map(nameOf);
    const values = { name: nameOf(row), step: String(index + 1), steps: String(steps.length),
      others: beside.join(document.documentElement.lang.startsWith("ar") ? "، " : ", ") };
    say(row.closest(".desk-chain"), filled(beside.length ? words().beside : words().alone, values));
  };

  const kept = (row, change) => {
    const focused = document.activeElement;
    change();
    // A row that is put elsewhere loses the focus.
    if (row.contains(focused)) focused.focus();
    row.scrollIntoView({ block: "nearest" });
  };

  const move = (row, by, isStep) => {
    const chain = row.closest(".desk-chain");
    const steps = stepsOf(chain);
    const at = steps.findIndex((rows) => rows.includes(row));
    if (at < 0 || !stepField(row)) return;
    const own = steps[at];
    const isAlone = own.length === 1;
    if ((isStep || isAlone) && !steps[at + by]) {
      say(chain, by < 0 ? words().first : words().last);
      return;
    }
    if (!isStep && !isAlone && steps.length >= LONGEST) {
      say(chain, words().full);
      return;
    }
    if (isStep) [steps[at], steps[at + by]] = [steps[at + by], own];
    else if (isAlone) {
      steps[at + by].push(row);
      steps.splice(at, 1);
    } else {
      own.splice(own.indexOf(row), 1);
      steps.splice(by < 0 ? at : at + 1, 0, [row]);
    }
    kept(row, () => write(chain, steps));
    tell(row, steps);
    soon(chain);
  };

  /* A new source where it belongs: beside another, or in a step of its own behind that. */
  const put = (row, other, how) => {
    const chain = row.closest(".desk-chain");
    const steps = stepsOf(chain).map((rows) => rows.filter((one) => one !== row)).filter((rows) => rows.length);
    const at = steps.findIndex((rows) => rows.includes(other));
    if (at < 0) return;
    if (how === "same" || steps.length >= LONGEST) steps[at].push(row);
    else steps.splice(at + 1, 0, [row]);
    kept(row, () => write(chain, steps));
  };

  // What was taken out comes back ------------------------------------------------------------------------------------

  const taken = [];
  /* A source that is about to be taken out: what is in it, to bring it back. */
  const forget = (row) => {
    const fields = [...row.querySelectorAll("input:not([type=hidden]), select, textarea")].map((field) => [field, field.type === "checkbox" ? field.checked : field.value]);
    taken.push({ row, fields });
    say(row.closest(".desk-chain"), filled(words().taken, { name: nameOf(row) }));
  };
  const bringBack = () => {
    const { row, fields } = taken.pop() ?? {};
    if (!row?.isConnected) return false;
    row.hidden = false;
    row.style.display = "";
    for (const [field, value] of fields) {
      if (field.type === "checkbox") field.checked = value;
      else if (field.classList.contains("admin-autocomplete")) window.django.jQuery(field).val(value).trigger("change");
      else field.value = value;
    }
    const chain = row.closest(".desk-chain");
    write(chain, stepsOf(chain));
    [...row.querySelectorAll(".select2-selection, input:not([type=hidden], [name$='-step'])")].find((field) => field.offsetParent)?.focus();
    tell(row, stepsOf(chain));
    soon(chain);
    return true;
  };
  document.addEventListener("keydown", (event) => {
    if (event.code !== "KeyZ" || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!event.target.closest?.(".panel-form, .desk-telling") || !bringBack()) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  const KEYS = { ArrowUp: [-1, false], ArrowDown: [1, false], PageUp: [-1, true], PageDown: [1, true] };
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !KEYS[event.key]) return;
    // An open list hangs from the body; Alt+↓ opens the browser's own list of a select.
    const open = document.querySelector(".select2-container--open")?.closest(".desk-source");
    const row = event.target.closest?.(".desk-source") ?? (event.target.closest?.(".select2-container--open") ? open : null);
    if (!row || event.target.matches("select")) return;
    event.preventDefault();
    event.stopPropagation();
    if (open) open.querySelectorAll("select.select2-hidden-accessible").forEach((select) => {
      if (window.django.jQuery(select).data("select2")?.isOpen()) window.django.jQuery(select).select2("close");
    });
    move(row, ...KEYS[event.key]);
  }, true);
  document.addEventListener("click", (event) => {
    const button = event.target.closest(".desk-move");
    if (button) move(button.closest(".desk-source"), Number(button.dataset.by), false);
  });

  // The sentence ---------------------------------------------------------------------------------------------------

  const asked = new WeakMap();
  const scopeOf = (chain) => chain.closest(".panel-form, .desk-telling");

  const now = async (chain) => {
    const shown = scopeOf(chain)?.querySelector(".desk-sentence");
    if (!shown || !words()) return;
    const state = asked.get(chain) ?? {};
    clearTimeout(state.timer);
    state.request?.abort();
    state.request = new AbortController();
    asked.set(chain, state);
    window.deskFreshen();
    const data = new FormData(chain.closest("form"));
    data.set("row", chain.id.replace(/-sources$/, ""));
    // The claim's own page shows the statement above; here it is how the chain reads.
    if (!chain.closest(".panel-form")) ["statement_ar", "statement_en"].forEach((name) => data.delete(name));
    try {
      const answer = await fetch(words().sentence, { method: "POST", body: data, signal: state.request.signal, credentials: "same-origin" });
      if (answer.ok && !answer.redirected) shown.innerHTML = await answer.text();
    } catch (failed) {
      // A sentence that does not come is no reason to disturb: the next key asks again.
      if (failed.name !== "AbortError") shown.replaceChildren();
    }
  };
  const soon = (chain) => {
    const state = asked.get(chain) ?? {};
    clearTimeout(state.timer);
    state.timer = setTimeout(() => now(chain), PAUSE);
    asked.set(chain, state);
  };

  const changed = (event) => {
    const scope = event.target.closest?.(".panel-form, .desk-telling");
    const chain = scope?.querySelector(".desk-chain");
    if (chain) soon(chain);
  };

  const wake = (root) => {
    root.querySelectorAll(".desk-moves").forEach((moves) => { moves.hidden = !stepField(moves.closest(".desk-source")); });
    root.querySelectorAll(".desk-chain").forEach(number);
  };
  document.addEventListener("formset:added", (event) => {
    wake(event.target);
    const chain = event.target.closest?.(".desk-chain");
    if (chain) number(chain);
  });
  window.addEventListener("load", () => {
    wake(document);
    // select2 tells jQuery alone.
    window.django?.jQuery?.(document).on("input change", changed);
    // A form that came back refused, or began filled in, says what it holds now.
    document.querySelectorAll(".desk-telling:not(.empty-form) .desk-sentence:empty").forEach((shown, index) => {
      if (index < 5) now(shown.closest(".desk-telling").querySelector(".desk-chain"));
    });
  });
  window.deskChains = { number, put, forget, soon, now };
}
