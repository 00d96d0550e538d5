/* What may be meant, below the search field while it is typed in: a combobox with a list (WAI-ARIA 1.2).
   The field is a plain one without it; Enter always searches for what is written unless a suggestion is chosen. */
(() => {
  "use strict";

  const PAUSE = 120;
  const REMEMBERED = 40;
  const language = document.documentElement.lang;
  const directions = { ar: "rtl", en: "ltr" };
  let lists = 0;

  /* The label with its marked stretches; places are counted in code points. */
  const label = (suggestion) => {
    const letters = Array.from(suggestion.label);
    const span = document.createElement("span");
    let from = 0;
    for (const [start, end] of suggestion.marks) {
      span.append(letters.slice(from, start).join(""));
      const mark = document.createElement("mark");
      mark.textContent = letters.slice(start, end).join("");
      span.append(mark);
      from = end;
    }
    span.append(letters.slice(from).join(""));
    span.lang = suggestion.language;
    span.dir = directions[suggestion.language] || "auto";
    return span;
  };

  const complete = (field) => {
    const words = JSON.parse(field.dataset.words);
    const form = field.form;
    const list = document.createElement("ul");
    const status = document.createElement("div");
    const known = new Map();
    let suggestions = [];
    let active = -1;
    let asking = null;
    let waiting = 0;

    lists += 1;
    list.id = `suggestions-${lists}`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words.list);
    list.hidden = true;
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    form.append(list, status);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", list.id);

    const choose = (index) => {
      list.children[active]?.setAttribute("aria-selected", "false");
      active = index;
      const option = list.children[active];
      if (option) {
        option.setAttribute("aria-selected", "true");
        option.scrollIntoView({ block: "nearest" });
        field.setAttribute("aria-activedescendant", option.id);
      } else field.removeAttribute("aria-activedescendant");
    };

    const close = () => {
      clearTimeout(waiting);
      asking?.abort();
      asking = null;
      choose(-1);
      list.hidden = true;
      field.setAttribute("aria-expanded", "false");
      status.textContent = "";
    };

    const show = (found) => {
      choose(-1);
      suggestions = found;
      list.replaceChildren(...found.map((suggestion, index) => {
        const option = document.createElement("li");
        const kind = document.createElement("small");
        kind.textContent = words.kinds[suggestion.type] || "";
        option.id = `${list.id}-${index}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.append(label(suggestion), kind);
        return option;
      }));
      list.hidden = !found.length;
      field.setAttribute("aria-expanded", String(found.length > 0));
      status.textContent = words.counts[found.length] || "";
    };

    const ask = async () => {
      const text = field.value.trim();
      asking?.abort();
      asking = null;
      if (!text) { close(); return; }
      if (known.has(text)) { show(known.get(text)); return; }
      const mine = new AbortController();
      asking = mine;
      try {
        const query = new URLSearchParams({ q: text, lang: language });
        const answer = await fetch(`${field.dataset.suggest}?${query}`, { signal: mine.signal, headers: { Accept: "application/json" } });
        if (!answer.ok) { close(); return; }
        const found = (await answer.json()).suggestions;
        if (asking !== mine) return;
        if (known.size >= REMEMBERED) known.delete(known.keys().next().value);
        known.set(text, found);
        show(found);
      } catch (reason) {
        /* Asked anew, closed, or no connection: the field goes on without. */
        if (reason.name !== "AbortError") close();
      }
    };

    const go = (index, event) => {
      const { url } = suggestions[index];
      if (event.ctrlKey || event.metaKey) window.open(url, "_blank", "noopener");
      else window.location.assign(url);
    };

    field.addEventListener("input", (event) => {
      clearTimeout(waiting);
      if (event.isComposing) return;
      waiting = setTimeout(ask, PAUSE);
    });
    field.addEventListener("compositionend", () => { clearTimeout(waiting); waiting = setTimeout(ask, PAUSE); });
    field.addEventListener("blur", close);
    form.addEventListener("submit", close);
    window.addEventListener("pageshow", close);

    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const open = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) { if (field.value.trim()) ask(); return; }
        /* One more place than suggestions: the field itself. */
        const places = suggestions.length + 1;
        const step = event.key === "ArrowDown" ? 1 : -1;
        choose(((active + 1 + step + places) % places) - 1);
      } else if (event.key === "Enter" && open && active >= 0) {
        event.preventDefault();
        go(active, event);
      } else if (event.key === "Escape" && open) {
        /* What is written stays. */
        event.preventDefault();
        close();
      }
    });

    /* The field keeps the focus while an option is pressed. */
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) go([...list.children].indexOf(option), event);
    });
  };

  document.querySelectorAll("form.search input[data-suggest]").forEach(complete);
})();
