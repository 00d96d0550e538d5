/* Only improves: every page is whole without it. */
(() => {
  "use strict";

  /* "/" goes to the search field, as in many newsrooms' tools. */
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const field = document.querySelector("form.search input[type=search]");
    if (field) { event.preventDefault(); field.focus(); field.select(); }
  });

  /* A query runs in the direction of its own first letter; an empty field in that of the page. */
  document.querySelectorAll("form.search input[type=search]").forEach((field) => {
    field.addEventListener("input", () => { if (field.value) field.dir = "auto"; else field.removeAttribute("dir"); });
  });

  const wide = window.matchMedia("(min-width: 62rem)");

  /* Facets apply as soon as one is ticked; the button stays for those who use the keyboard, and on a phone, where the new
     page would fold them again before a second one is ticked. */
  document.querySelectorAll("form[data-apply]").forEach((form) => {
    form.addEventListener("change", (event) => { if (wide.matches && event.target.matches("input[type=checkbox], input[type=radio], select")) form.requestSubmit(); });
    /* Empty fields make long addresses that nobody can read. */
    form.addEventListener("submit", () => { form.querySelectorAll("input, select").forEach((field) => { if (!field.value) field.disabled = true; }); });
  });
  window.addEventListener("pageshow", () => { document.querySelectorAll("form[data-apply] :disabled").forEach((field) => { field.disabled = false; }); });

  /* What is folded on a phone stands open on a wide screen. The stylesheet sees to it where the browser can. */
  if (!CSS.supports("selector(details::details-content)")) {
    const fold = () => document.querySelectorAll("details[data-fold]").forEach((details) => { details.open = wide.matches; });
    fold();
    wide.addEventListener("change", fold);
  }

  /* Each note of the margin moves beside its words, in order and never over another. */
  const margin = document.querySelector(".margin[data-place]");
  const place = () => {
    if (!margin) return;
    const list = margin.querySelector("ol");
    const notes = [...list.children];
    margin.classList.toggle("placed", wide.matches);
    list.style.blockSize = "";
    margin.style.paddingBlockStart = "";
    notes.forEach((note) => { note.style.insetBlockStart = ""; });
    if (!wide.matches) return;
    const heightOf = (note) => document.getElementById(note.dataset.words || "")?.getBoundingClientRect().top;
    /* The heading stands right above the first note. */
    const lead = (heightOf(notes[0]) ?? 0) - list.getBoundingClientRect().top;
    margin.style.paddingBlockStart = `${Math.max(lead, 0)}px`;
    const origin = list.getBoundingClientRect().top;
    let free = 0;
    notes.forEach((note) => {
      const height = heightOf(note);
      const wanted = height === undefined ? free : height - origin;
      const top = Math.max(wanted, free);
      note.style.insetBlockStart = `${top}px`;
      free = top + note.offsetHeight;
    });
    list.style.blockSize = `${free}px`;
  };
  if (margin) {
    place();
    document.fonts?.ready.then(place);
    window.addEventListener("resize", place);
    /* Words and note light up together. */
    const light = (claim, on) => document.querySelectorAll(`[data-claim~="${claim}"]`).forEach((element) => element.classList.toggle("lit", on));
    document.querySelectorAll("[data-claim]").forEach((element) => {
      const claims = element.dataset.claim.split(" ");
      element.addEventListener("pointerenter", () => claims.forEach((claim) => light(claim, true)));
      element.addEventListener("pointerleave", () => claims.forEach((claim) => light(claim, false)));
    });
  }

  /* Copying an address is one click where the browser allows it. */
  document.querySelectorAll("[data-copy]").forEach((button) => {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      const said = button.textContent;
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = said; }, 2000);
    });
  });
})();
