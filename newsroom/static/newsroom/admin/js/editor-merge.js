/* Two texts of one field: a button sets the field to yours, to the stored one, or to both together. In the page, and in a
   form that comes later: the claim panel's, whose fields have ids of their own. */
"use strict";
{
  const fieldOf = (form, name) => form.querySelector(["panel", "id"].map((prefix) => `#${CSS.escape(`${prefix}_${name}`)}`).join());

  const set = (form, name, values, words) => {
    const field = fieldOf(form, name);
    if (field instanceof HTMLSelectElement) {
      values.forEach((value, place) => {
        if (![...field.options].some((option) => option.value === value)) field.add(new Option(words[place] || value, value));
      });
      [...field.options].forEach((option) => { option.selected = values.length ? values.includes(option.value) : option.value === ""; });
      window.django?.jQuery?.(field).trigger("change");
    } else if (field?.type === "checkbox") field.checked = values.length > 0;
    else if (field && field.matches("input, textarea")) field.value = values[0] ?? "";
    else if (field) {
      field.querySelectorAll("input[type=checkbox], input[type=radio]").forEach((box) => { box.checked = values.includes(box.value); });
    } else {
      values.forEach((value, place) => {
        const part = fieldOf(form, `${name}_${place}`);
        if (part) part.value = value;
      });
    }
    const changed = field ?? fieldOf(form, `${name}_0`);
    for (const kind of ["input", "change"]) changed?.dispatchEvent(new Event(kind, { bubbles: true }));
  };

  const wakeRow = (row, form, { choices, words } = {}) => {
    const name = row.dataset.field;
    const field = fieldOf(form, name);
    if (field) row.querySelectorAll("a[href^='#id_']").forEach((link) => { link.hash = field.id; });
    const tools = row.querySelector(".desk-choose");
    if (!choices || !tools) return;
    tools.hidden = false;
    const press = (choice) => tools.querySelectorAll("[data-choice]").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.choice === choice));
    });
    press(row.dataset.holds);
    tools.addEventListener("click", (event) => {
      const choice = event.target.closest("[data-choice]")?.dataset.choice;
      if (!choice) return;
      set(form, name, choices[choice], words[choice] ?? []);
      press(choice);
    });
    field?.addEventListener("input", (event) => { if (event.isTrusted) press(""); });
  };

  const wake = (root) => root.querySelectorAll(".desk-conflict").forEach((section) => {
    const form = section.closest("form");
    const source = section.querySelector("script[type='application/json']");
    if (!form || !source) return;
    const settable = JSON.parse(source.textContent);
    // Of a long text the first words that differ are in view.
    section.querySelectorAll(".desk-differences dd > div").forEach((text) => {
      if (text.scrollHeight <= text.clientHeight) return;
      const first = text.querySelector("ins, del");
      // Scrolled by keys, too.
      text.tabIndex = 0;
      if (first) text.scrollTop = first.offsetTop - text.offsetTop - 40;
    });
    section.querySelectorAll("[data-field]").forEach((row) => wakeRow(row, form, settable[row.dataset.field]));
  });

  wake(document);
  document.addEventListener("formset:added", (event) => wake(event.target));
}
