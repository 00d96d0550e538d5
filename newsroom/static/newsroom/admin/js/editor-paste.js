/* Text pasted from Word or from a web page: paragraphs, quotations and links stay, everything else goes.
   Ctrl+Shift+V pastes the plain text untouched. */
"use strict";
{
  const { insert, isAddress } = window.deskEditor;
  const SKIPPED = new Set(["SCRIPT", "STYLE", "TITLE", "META", "LINK", "TEMPLATE", "NOSCRIPT", "SVG", "IFRAME", "OBJECT", "BUTTON", "SELECT", "TEXTAREA", "INPUT", "XML", "DEL"]);
  const PARAGRAPHS = new Set(["P", "DIV", "SECTION", "ARTICLE", "HEADER", "FOOTER", "MAIN", "ASIDE", "H1", "H2", "H3", "H4", "H5", "H6", "UL", "OL", "DL", "TABLE", "PRE", "FIGURE", "FIGCAPTION", "BLOCKQUOTE", "HR", "ADDRESS", "BODY", "NAV", "FORM", "FIELDSET"]);
  const LINES = new Set(["LI", "TR", "DT", "DD", "CAPTION"]);
  // More at once than a browser can insert as if typed.
  const LONGEST_TYPED = 400_000;

  /* What nobody sees goes; kashida, marks of direction, and joiners between letters are somebody's intention. */
  const tidy = (text) => text
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, "\n")
    .replace(/[\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]/g, " ")
    // eslint-disable-next-line no-control-regex
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b\u2060-\u2064\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u206f]/g, "")
    .replace(/(?<!\p{L}|\p{M}|\u0640)[\u200c\u200d]+|[\u200c\u200d]+(?!\p{L}|\p{M}|\u0640|\s|$)/gu, "")
    .replace(/ {2,}/g, " ").replace(/ *\n */g, "\n").replace(/\n{3,}/g, "\n\n");

  const isHidden = (element) => SKIPPED.has(element.nodeName.toUpperCase())
    || element.nodeName.includes(":") && !element.textContent.trim()
    || element.hidden
    || /mso-list:\s*ignore|display:\s*none|mso-hide:\s*all|visibility:\s*hidden/i.test(element.dataset?.style ?? "");

  /* A list of lines, each { text, depth, starts }: `starts` begins a paragraph, `depth` is that of the quotation. */
  const read = (html) => {
    const lines = [{ text: "", depth: 0, starts: true }];
    const last = () => lines.at(-1);
    const breakLine = (depth, starts) => {
      if (last().text.trim()) lines.push({ text: "", depth, starts });
      else Object.assign(last(), { depth, starts: starts || last().starts });
    };
    const link = (element, walk) => {
      const href = element.getAttribute("href")?.trim() ?? "", here = lines.length, before = last().text.length;
      walk();
      if (!isAddress(href) || lines.length !== here) return;
      const words = last().text.slice(before), bare = words.replace(/\s+/g, " ").trim();
      if (!bare || bare === href || /[[\]]/.test(bare)) {
        if (!bare) return;
        if (bare !== href) return;
      } else {
        const target = href.replace(/\(/g, "%28").replace(/\)/g, "%29");
        const lead = /^\s/.test(words) ? " " : "", tail = /\s$/.test(words) ? " " : "";
        last().text = `${last().text.slice(0, before)}${lead}[${bare}](${target})${tail}`;
      }
    };
    const walk = (node, depth, isPre) => {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) {
          const text = isPre ? child.data : child.data.replace(/[ \t\r\n\f]+/g, " ");
          text.split("\n").forEach((part, place) => {
            if (place) breakLine(depth, false);
            last().text += part;
          });
        } else if (child.nodeType === Node.ELEMENT_NODE && !isHidden(child)) {
          const name = child.nodeName.toUpperCase();
          const inner = depth + (name === "BLOCKQUOTE" ? 1 : 0), pre = isPre || name === "PRE";
          if (name === "BR") breakLine(depth, false);
          else if (PARAGRAPHS.has(name) || LINES.has(name)) {
            const starts = PARAGRAPHS.has(name) && !(node.nodeName.toUpperCase() === "LI") && !/MsoList(?!.*First)/.test(child.className);
            breakLine(inner, starts);
            walk(child, inner, pre);
            breakLine(depth, starts);
          } else if (name === "A") link(child, () => walk(child, depth, isPre));
          else {
            walk(child, depth, isPre);
            if (name === "TD" || name === "TH") last().text += " ";
          }
        }
      }
    };
    // Parsed without its styles, of which the policy of the page would complain though none is ever applied.
    const bare = html.replace(/<style\b[\s\S]*?<\/style\s*>/gi, "").replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
    walk(new DOMParser().parseFromString(bare, "text/html").body, 0, false);
    return lines;
  };

  const plain = (html) => {
    let text = "", depth = 0;
    for (const line of read(html)) {
      const words = tidy(line.text.replace(/\n/g, " ")).trim();
      if (!words) continue;
      const isNew = line.starts || line.depth !== depth;
      if (text) text += isNew ? "\n\n" : "\n";
      text += (line.depth ? "> " : "") + words;
      depth = line.depth;
    }
    return text;
  };

  let isPlain = false;
  document.addEventListener("keydown", (event) => { isPlain = event.shiftKey && event.code === "KeyV"; }, true);
  document.addEventListener("keyup", () => { isPlain = false; }, true);

  document.addEventListener("paste", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || !field.classList.contains("desk-prose") || isPlain || event.defaultPrevented) return;
    const html = event.clipboardData.getData("text/html"), given = event.clipboardData.getData("text/plain");
    const text = html ? plain(html) : tidy(given);
    if (!text || (!html && text === given)) return;
    event.preventDefault();
    if (text.length > LONGEST_TYPED) {
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    } else insert(field, text);
  });
}
