/* The editor's desk: chains of sources that grow by the keyboard, autocompletes that open on typing and have a name,
   and no step of the workflow over unsaved words. Everything works, less comfortably, without it. */
"use strict";
{
  const formOf = () => document.querySelector("#content-main > form[id$='_form']");

  // Chains ---------------------------------------------------------------------------------------------------------

  const template = () => document.getElementById("desk-source-template");
  const total = (chain) => chain.querySelector(`[name="${chain.id}-TOTAL_FORMS"]`);
  const rows = (chain) => [...chain.querySelectorAll(":scope > .desk-source")];
  const stepField = (row) => row.querySelector("[name$='-step']");

  const indent = (row) => { row.dataset.step = stepField(row)?.value || "1"; };

  const addSource = (chain, how) => {
    const number = Number(total(chain).value);
    const row = template().content.querySelector(".desk-source").cloneNode(true);
    const prefix = `${chain.id}-${number}`;
    for (const element of [row, ...row.querySelectorAll("*")]) {
      for (const name of ["id", "name", "for", "aria-describedby"]) {
        const value = element.getAttribute(name);
        if (value) element.setAttribute(name, value.replace("__chain__-__prefix__", prefix));
      }
    }
    const last = rows(chain).filter((item) => !item.querySelector("[name$='-DELETE']:checked")).at(-1);
    const step = last ? Number(stepField(last)?.value || 1) + (how === "next" ? 1 : 0) : 1;
    if (stepField(row)) stepField(row).value = String(Math.min(step, 9));
    chain.insertBefore(row, chain.querySelector(".desk-chain-tools"));
    total(chain).value = String(number + 1);
    row.querySelectorAll(".desk-remove-source").forEach((button) => { button.hidden = false; });
    // Django's autocompletes start on this event.
    row.dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: chain.id } }));
    indent(row);
    const first = row.querySelector(".field-outlet .select2-selection, .field-outlet select, input:not([type=hidden])");
    first?.focus();
  };

  /* A new row in the middle cannot leave a gap in the numbers: its fields are emptied and it is hidden. */
  const removeSource = (row) => {
    const chain = row.closest(".desk-chain");
    window.deskChains?.forget(row);
    for (const field of row.querySelectorAll("input, select, textarea")) {
      if (field.type === "hidden") continue;
      if (field.type === "checkbox") field.checked = false;
      else if (!field.name.endsWith("-step")) {
        field.value = "";
        if (field.classList.contains("admin-autocomplete")) window.django.jQuery(field).val(null).trigger("change");
      }
    }
    row.hidden = true;
    row.style.display = "none";
    chain.querySelector(".desk-add-source")?.focus();
  };

  const wakeChains = (root) => {
    root.querySelectorAll(".desk-chain-tools").forEach((tools) => { tools.hidden = false; });
    root.querySelectorAll(".desk-remove-source").forEach((button) => { button.hidden = false; });
    root.querySelectorAll(".desk-source").forEach(indent);
  };

  document.addEventListener("click", (event) => {
    const add = event.target.closest(".desk-add-source");
    if (add) addSource(add.closest(".desk-chain"), add.dataset.step);
    const remove = event.target.closest(".desk-remove-source");
    if (remove) removeSource(remove.closest(".desk-source"));
  });
  document.addEventListener("change", (event) => {
    const row = event.target.closest(".desk-source");
    if (row && event.target === stepField(row)) indent(row);
  });

  // Autocompletes --------------------------------------------------------------------------------------------------

  /* select2 names its box after what is chosen, which is nothing at first: the label's text is its name. */
  const nameBoxes = (root) => {
    root.querySelectorAll("select.select2-hidden-accessible").forEach((select) => {
      const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`)?.textContent.replace(/:\s*$/, "").trim();
      const box = select.parentElement?.querySelector(".select2-selection");
      if (!label || !box) return;
      const chosen = [...select.selectedOptions].map((option) => option.textContent.trim()).filter(Boolean).join(document.documentElement.lang.startsWith("ar") ? "، " : ", ");
      box.setAttribute("aria-label", chosen ? `${label}: ${chosen}` : label);
      for (const name of ["aria-invalid", "aria-describedby"]) {
        if (select.hasAttribute(name)) box.setAttribute(name, select.getAttribute(name));
      }
      box.removeAttribute("aria-labelledby");
      box.querySelector(".select2-search__field")?.setAttribute("aria-label", label);
      const shown = box.querySelector(".select2-selection__rendered");
      if (shown?.getAttribute("role") === "textbox") shown.setAttribute("aria-label", label);
      // The list of what is chosen holds a button that is no list item.
      if (shown?.tagName === "UL") {
        shown.setAttribute("role", "group");
        shown.setAttribute("aria-label", label);
        shown.querySelectorAll("li").forEach((item) => item.setAttribute("role", "none"));
      }
    });
  };

  const openOnTyping = (event) => {
    const box = event.target.closest?.(".select2-selection--single");
    if (!box || event.key.length !== 1 || event.key === " " || event.ctrlKey || event.altKey || event.metaKey) return;
    const select = box.closest(".select2-container").previousElementSibling;
    if (!select?.matches("select")) return;
    const letter = event.key;
    event.preventDefault();
    event.stopPropagation();
    const $ = window.django.jQuery;
    $(select).select2("open");
    const field = document.querySelector(".select2-container--open .select2-search__field");
    if (field) {
      field.value = letter;
      $(field).trigger("input").trigger("keyup");
    }
  };
  document.addEventListener("keydown", openOnTyping, true);

  const listen = () => {
    const $ = window.django?.jQuery;
    if (!$) return;
    // Django makes the boxes when jQuery is ready, on a short page after everything has loaded.
    $(() => nameBoxes(document));
    $(document).on("select2:open", (event) => {
      nameBoxes(document);
      const label = document.querySelector(`label[for="${CSS.escape(event.target.id)}"]`)?.textContent.replace(/:\s*$/, "").trim();
      const field = document.querySelector(".select2-container--open .select2-search--dropdown .select2-search__field");
      if (field && label) field.setAttribute("aria-label", label);
      const list = document.querySelector(".select2-container--open .select2-results__options");
      if (list && label) list.setAttribute("aria-label", label);
      const box = event.target.parentElement?.querySelector(".select2-selection[role=combobox]");
      if (box && list) box.setAttribute("aria-controls", list.id);
      field?.focus();
    });
    $(document).on("select2:select select2:unselect select2:clear change", "select", () => nameBoxes(document));
  };

  // Signing in again --------------------------------------------------------------------------------------------------

  /* Whoever signed in again in another tab has another token: forms that are open take it over, and save as before. */
  const freshen = () => {
    const token = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="))?.slice("csrftoken=".length);
    if (token) document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
  };
  window.addEventListener("focus", freshen);
  document.addEventListener("visibilitychange", freshen);
  document.addEventListener("submit", freshen, true);
  window.deskFreshen = freshen;

  // Unsaved words --------------------------------------------------------------------------------------------------

  let isDirty = false;
  const watch = (form) => {
    form.addEventListener("input", () => { isDirty = true; });
    form.addEventListener("change", () => { isDirty = true; });
    form.addEventListener("submit", () => { isDirty = false; });
    if (form.querySelector(".errornote, .desk-conflict")) isDirty = true;
  };
  const guardSteps = (event) => {
    const step = event.target.closest?.(".desk-step");
    if (!step || !isDirty) return;
    event.preventDefault();
    const note = document.querySelector(".desk-unsaved");
    if (note) note.hidden = false;
  };
  document.addEventListener("click", guardSteps);
  window.addEventListener("beforeunload", (event) => { if (isDirty) event.preventDefault(); });

  // Ctrl+Enter saves from anywhere in the form; in the capture phase, because select2 would open on it.
  document.addEventListener("keydown", (event) => {
    const form = formOf();
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !form?.contains(event.target)) return;
    const save = form.querySelector("[name=_save]");
    if (!save) return;
    event.preventDefault();
    event.stopPropagation();
    form.requestSubmit(save);
  }, true);

  // Django removes a row with the focus in it.
  document.addEventListener("formset:removed", (event) => {
    const group = document.getElementById(`${event.detail.formsetName}-group`);
    if (!document.activeElement || document.activeElement === document.body) group?.querySelector(".add-row a")?.focus();
  });
  document.addEventListener("formset:added", (event) => {
    wakeChains(event.target);
    // After Django's own listener has made the boxes; whoever adds a row goes on in it.
    setTimeout(() => {
      nameBoxes(event.target);
      if (event.target.matches(".inline-related")) event.target.querySelector(".select2-selection, input:not([type=hidden]), textarea, select")?.focus();
    }, 0);
  });
  window.addEventListener("load", () => {
    wakeChains(document);
    nameBoxes(document);
    listen();
    const form = formOf();
    if (form) watch(form);
  });
}
