/* Whom a list does not know is added without leaving: in Django's own window, with what was typed as the name. Alt+A, or the
   button below the list.

     deskAdding.open(href, done)   a form in that window; `done` is called when something was added there */
"use strict";
{
  const template = () => document.getElementById("desk-adding");
  const $ = () => window.django?.jQuery;
  const openSelect = () => [...document.querySelectorAll("select.select2-hidden-accessible")]
    .find((select) => $()(select).data("select2")?.isOpen()) ?? null;
  const linkOf = (select) => select?.closest(".related-widget-wrapper")?.querySelector(".add-related") ?? null;
  const typed = () => document.querySelector(".select2-container--open .select2-search__field")?.value.trim() ?? "";
  const boxOf = (select) => select.parentElement.querySelector(".select2-selection");

  const named = (href, name) => {
    const address = new URL(href, window.location.href);
    if (name) address.searchParams.set(/[\u0600-\u06ff]/.test(name) ? "name_ar" : "name_en", name);
    return address.href;
  };

  const add = (select) => {
    const link = linkOf(select);
    const name = typed();
    if ($()(select).data("select2")?.isOpen()) $()(select).select2("close");
    const plain = link.href;
    link.href = named(plain, name);
    link.click();
    link.href = plain;
    $()(select).off("change.adding").one("change.adding", () => boxOf(select)?.focus());
  };

  /* The box in which somebody is at work, if what it lacks can be added. */
  const current = () => {
    const select = openSelect() ?? document.activeElement?.closest?.(".related-widget-wrapper")?.querySelector("select.select2-hidden-accessible");
    return linkOf(select) ? select : null;
  };

  const offer = (select) => {
    const list = document.querySelector(".select2-container--open .select2-results");
    const field = document.querySelector(".select2-container--open .select2-search__field");
    if (!linkOf(select) || !list || !field || !template()) return;
    list.querySelector(".desk-adding")?.remove();
    const line = template().content.querySelector(".desk-adding").cloneNode(true);
    const words = line.querySelector(".desk-adding-name");
    const name = () => { line.hidden = !typed(); words.textContent = typed(); };
    name();
    list.append(line);
    field.setAttribute("aria-keyshortcuts", "Alt+A");
    // What happens inside the list does not leave it: select2 keeps it there.
    field.addEventListener("input", name);
    line.querySelector("button").addEventListener("click", () => add(select));
  };

  document.addEventListener("keydown", (event) => {
    if (event.code !== "KeyA" || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const select = current();
    if (!select) return;
    event.preventDefault();
    event.stopPropagation();
    add(select);
  }, true);

  window.addEventListener("load", () => {
    $()?.(document).on("select2:open", (event) => offer(event.target));
  });

  const open = (href, done) => {
    let holder = document.getElementById("desk_added");
    if (!holder) {
      holder = document.createElement("input");
      holder.type = "hidden";
      holder.id = "desk_added";
      document.body.append(holder);
    }
    $()(holder).off("change").one("change", () => done(holder.value));
    const link = document.createElement("a");
    const address = new URL(href, window.location.href);
    address.searchParams.set("_popup", "1");
    link.href = address.href;
    link.id = `add_${holder.id}`;
    window.showRelatedObjectPopup(link);
  };
  window.deskAdding = { open };
}
