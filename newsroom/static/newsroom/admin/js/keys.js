/* The list of the desk's keys: "?" opens it where nobody is typing, and so does a button. While it is open no other key of
   the desk works. */
"use strict";
{
  const dialog = document.getElementById("desk-keys");
  const button = document.querySelector(".desk-keys-open");
  const isTyping = (target) => target.closest?.("input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select, [contenteditable], .select2-container");
  // An Arabic layout has its own question mark on that key.
  const isAsked = (event) => ["?", "؟"].includes(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);

  if (dialog && button) {
    button.hidden = false;
    button.addEventListener("click", () => dialog.showModal());
    // Before every other listener, and without keeping the browser from its own: Esc closes the dialog.
    window.addEventListener("keydown", (event) => {
      if (!dialog.open && isAsked(event)) {
        event.preventDefault();
        dialog.showModal();
      }
      if (dialog.open) event.stopPropagation();
    }, true);
  }
}
