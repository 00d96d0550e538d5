/* The text of an article: its field grows with it, and two buttons with keys set its only marks, quotation and link.
   Every change can be undone with Ctrl+Z. */
"use strict";
window.deskEditor = (() => {
  /* Insert as if typed, so that Ctrl+Z takes it back; where a browser cannot, the text is set. */
  const insert = (field, text, start = field.selectionStart, end = field.selectionEnd) => {
    field.focus();
    field.setSelectionRange(start, end);
    const expected = field.value.length - (end - start) + text.length;
    const isDone = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
    if (!isDone || field.value.length !== expected) {
      field.setRangeText(text, field.selectionStart === end && isDone ? field.selectionStart : start, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  const quote = (field) => {
    const text = field.value;
    const start = text.lastIndexOf("\n", field.selectionStart - 1) + 1;
    const after = text.indexOf("\n", Math.max(field.selectionEnd, start));
    const end = after < 0 ? text.length : after;
    const lines = text.slice(start, end).split("\n");
    const isQuoted = lines.every((line) => !line.trim() || line.startsWith(">"));
    const changed = lines.map((line) => {
      if (!line.trim()) return lines.length === 1 && !isQuoted ? "> " : line;
      return isQuoted ? line.replace(/^>[> ]*/, "") : `> ${line}`;
    });
    if (lines.length === 1 && !lines[0]) changed[0] = "> ";
    insert(field, changed.join("\n"), start, end);
    field.setSelectionRange(start + (lines.length === 1 ? changed[0].length : 0), start + changed.join("\n").length);
  };

  // The same as the server takes for an address (newsroom.text.prose), but for what nobody types.
  const isAddress = (text) => {
    if (!/^https?:\/\/[^\s<>"'«»“”‘’`\\^{}|[\]\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069]+$/i.test(text)) return false;
    try {
      const url = new URL(text);
      return !url.username && url.hostname.includes(".") && /^https?:\/\/[a-z0-9.-]+(?=[:/?#]|$)/i.test(text);
    } catch { return false; }
  };

  const growing = (field) => {
    if (CSS.supports("field-sizing", "content")) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 4}px`;
  };

  const tools = (field, template) => {
    const bar = template.content.cloneNode(true).querySelector(".desk-prose-tools");
    bar.setAttribute("aria-controls", field.id);
    const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`)?.textContent.replace(/:\s*$/, "").trim() ?? "";
    bar.setAttribute("aria-label", `${bar.getAttribute("aria-label")}: ${label}`);
    const box = bar.querySelector(".desk-link"), address = box.querySelector("input"), problem = box.querySelector("[role=alert]");
    let place = [0, 0];
    const close = () => { box.hidden = true; address.value = ""; problem.hidden = true; field.focus(); field.setSelectionRange(...place); };
    const open = () => {
      place = [field.selectionStart, field.selectionEnd];
      box.hidden = false;
      address.focus();
    };
    const put = () => {
      const href = address.value.trim();
      if (!isAddress(href)) { problem.hidden = false; address.focus(); return; }
      const words = field.value.slice(...place).replace(/[[\]\n]+/g, " ").trim();
      const [start, end] = place, target = href.replace(/\(/g, "%28").replace(/\)/g, "%29");
      close();
      insert(field, words ? `[${words}](${target})` : href, start, end);
    };
    bar.addEventListener("click", (event) => {
      const wish = event.target.closest("[data-do]")?.dataset.do;
      if (wish === "quote") quote(field);
      if (wish === "link") open();
      if (wish === "put") put();
      if (wish === "cancel") close();
    });
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.ctrlKey && event.target === address) { event.preventDefault(); put(); }
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); }
    });
    // An address that is being typed is no change of the record.
    for (const kind of ["input", "change"]) box.addEventListener(kind, (event) => event.stopPropagation());
    field.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      // By the place of the key: the Arabic keyboard has other letters there.
      if (event.code === "KeyK" && !event.shiftKey) { event.preventDefault(); open(); }
      if (event.code === "Digit9" && event.shiftKey) { event.preventDefault(); quote(field); }
    });
    field.before(bar);
  };

  window.addEventListener("load", () => {
    const template = document.getElementById("desk-prose-tools");
    document.querySelectorAll("textarea.desk-prose").forEach((field) => {
      if (template && !field.readOnly) tools(field, template);
      growing(field);
      field.addEventListener("input", () => growing(field));
    });
  });
  return { insert, isAddress };
})();
