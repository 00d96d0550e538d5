/* The claims told in an article: their quotes marked in its text, each line of the list leading to its words, and back.

     deskTold.lines()              the lines of the list, one a telling
     deskTold.place(line)          where its quote stands in the text on the page, or undefined
     deskTold.put(html)            takes in the line of a telling that was saved, and returns it */
"use strict";
{
  const LANGUAGES = ["ar", "en"];
  const panel = document.getElementById("claim-panel");
  const word = (name, what) => panel.dataset[name].replace(/\{\w+\}/, what);
  const textOf = (language) => document.querySelector(`textarea#id_body_${language}`);
  const marksOf = (language) => (textOf(language) ? window.deskMarks.of(textOf(language)) : null);
  const lines = () => [...document.querySelectorAll("#claims .told")];
  const titleOf = (line) => (line.querySelector("a [lang]") ?? line.querySelector("a")).textContent.trim();
  const noteOf = (language) => document.getElementById(`picked_${language}`);
  const wake = () => document.querySelectorAll(".told-tools").forEach((tools) => { tools.hidden = false; });
  const place = (line) => marksOf(line.dataset.language)?.get("quotes", line.dataset.telling);

  /* Where a quote stands in the text as it is on the page, which may be changed and unsaved. */
  const standing = (line) => {
    const { language, start, end, quote, state } = line.dataset;
    const text = textOf(language)?.value;
    if (!text || !start || state === "orphaned") return null;
    const from = window.deskMarks.fromCodePoints(text, Number(start));
    const until = window.deskMarks.fromCodePoints(text, Number(end));
    if (text.slice(from, until) === quote) return { start: from, end: until };
    const known = place(line);
    const found = known?.start ?? text.indexOf(quote);
    return found >= 0 ? { start: found, end: known?.end ?? found + quote.length } : null;
  };

  const mark = () => {
    for (const language of LANGUAGES.filter(textOf)) {
      marksOf(language).set("quotes", lines().filter((line) => line.dataset.language === language).flatMap((line) => {
        const found = standing(line);
        return found ? [{ ...found, kind: "quote", id: line.dataset.telling, label: titleOf(line) }] : [];
      }));
    }
  };

  const show = (line) => {
    const found = place(line);
    if (found) marksOf(line.dataset.language).show(found.start, found.end);
    const note = panel.hidden ? noteOf(line.dataset.language) : panel.querySelector(".panel-status");
    if (note) note.textContent = word(found ? "wordShown" : "wordLost", titleOf(line));
  };

  /* A click on a mark, or Alt+Enter in it, says below the text which claim it is of. */
  const picked = (language) => (mark) => {
    const line = lines().find((one) => one.dataset.telling === String(mark.id));
    if (!line) return;
    const [before, after] = word("wordPicked", "\u0000").split("\u0000");
    const change = line.querySelector(".told-change")?.cloneNode(true);
    if (change) change.dataset.telling = line.dataset.telling;
    noteOf(language).replaceChildren(before, line.querySelector("a").cloneNode(true), after, " ", ...(change ? [change] : []));
  };

  const put = (html) => {
    const holder = document.createElement("ul");
    holder.innerHTML = html;
    const line = holder.querySelector(".told");
    const list = document.querySelector("#claims .told-list");
    const before = list?.querySelector(`[data-telling="${line.dataset.telling}"]`);
    if (before) before.replaceWith(line);
    else list?.append(line);
    document.querySelector(".told-none")?.remove();
    const count = document.querySelector("#claims-heading .quiet");
    if (count && list) count.textContent = String(list.children.length);
    const sitting = panel.querySelector(".panel-sitting");
    sitting.querySelector(`[data-telling="${line.dataset.telling}"]`)?.remove();
    sitting.querySelector("ol").append(line.cloneNode(true));
    sitting.hidden = false;
    wake();
    mark();
    return line;
  };

  const begin = () => {
    for (const language of LANGUAGES.filter(textOf)) {
      const note = document.createElement("p");
      note.className = "desk-picked";
      note.id = `picked_${language}`;
      note.setAttribute("role", "status");
      marksOf(language);
      textOf(language).closest(".desk-marked").after(note);
      marksOf(language).onPick("quotes", picked(language));
    }
    wake();
    mark();
  };

  if (panel) {
    window.addEventListener("load", begin);
    document.addEventListener("click", (event) => {
      const button = event.target.closest(".told-show");
      if (button) show(button.closest(".told"));
    });
  }
  window.deskTold = { lines, place, put, titleOf };
}
