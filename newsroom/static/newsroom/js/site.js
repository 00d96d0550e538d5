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

  /* Facets apply as soon as one is ticked; the button stays for those who use the keyboard. */
  document.querySelectorAll("form[data-apply]").forEach((form) => {
    form.addEventListener("change", (event) => { if (event.target.matches("input[type=checkbox], input[type=radio], select")) form.requestSubmit(); });
    /* Empty fields make long addresses that nobody can read. */
    form.addEventListener("submit", () => { form.querySelectorAll("input, select").forEach((field) => { if (!field.value) field.disabled = true; }); });
  });
  window.addEventListener("pageshow", () => { document.querySelectorAll("form[data-apply] :disabled").forEach((field) => { field.disabled = false; }); });

  /* On a phone the facets start folded: the results come first. */
  const narrow = window.matchMedia("(max-width: 61.99rem)");
  document.querySelectorAll("details[data-fold]").forEach((details) => { if (narrow.matches) details.open = false; });

  /* Each note of the margin moves beside its words, in order and never over another. */
  const margin = document.querySelector(".margin[data-place]");
  const wide = window.matchMedia("(min-width: 62rem)");
  const place = () => {
    if (!margin) return;
    const list = margin.querySelector("ol");
    const notes = [...list.children];
    margin.classList.toggle("placed", wide.matches);
    list.style.blockSize = "";
    notes.forEach((note) => { note.style.insetBlockStart = ""; });
    if (!wide.matches) return;
    const origin = list.getBoundingClientRect().top;
    let free = 0;
    notes.forEach((note) => {
      const words = document.getElementById(note.dataset.words || "");
      const wanted = words ? words.getBoundingClientRect().top - origin : free;
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
