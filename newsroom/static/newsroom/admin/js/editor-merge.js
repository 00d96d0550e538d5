/* Two texts of one field: a button sets the field to yours, to the stored one, or to both together. */
"use strict";
{
  const source = document.getElementById("desk-settable");
  const settable = source ? JSON.parse(source.textContent) : {};

  const set = (name, values, words) => {
    const field = document.getElementById(`id_${name}`);
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
        const part = document.getElementById(`id_${name}_${place}`);
        if (part) part.value = value;
      });
    }
    const changed = field ?? document.getElementById(`id_${name}_0`);
    for (const kind of ["input", "change"]) changed?.dispatchEvent(new Event(kind, { bubbles: true }));
  };

  // Of a long text the first words that differ are in view.
  document.querySelectorAll(".desk-differences dd > div").forEach((text) => {
    if (text.scrollHeight <= text.clientHeight) return;
    const first = text.querySelector("ins, del");
    // Scrolled by keys, too.
    text.tabIndex = 0;
    if (first) text.scrollTop = first.offsetTop - text.offsetTop - 40;
  });

  document.querySelectorAll(".desk-differences [data-field]").forEach((row) => {
    const { choices, words } = settable[row.dataset.field] ?? {};
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
      set(row.dataset.field, choices[choice], words[choice] ?? []);
      press(choice);
    });
    document.getElementById(`id_${row.dataset.field}`)?.addEventListener("input", (event) => { if (event.isTrusted) press(""); });
  });
}
