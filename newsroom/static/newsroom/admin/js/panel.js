/* The claim panel beside an article's text. Select words, Alt+C: the form of a claim opens with the quote in it; Ctrl+Enter
   saves, Esc leads back to the words. The form is ClaimAdmin's own, fetched as a fragment (articles/admin/panel.py).

   Others open it, prefilled, with an event; offsets are JavaScript's into the text of that language:
     document.dispatchEvent(new CustomEvent("desk:claim", { detail: { language, start, end, query: { sources: "[…]" } } }));
   with `claim`, its id, for one more telling of a claim that exists;
   and hear of every save: "desk:claimed" with detail { telling, claim, language, start, end }. */
"use strict";
{
  const CONTEXT = 32;
  const LONGEST = 3_000;
  const LONGEST_WAIT = 60_000;
  const panel = document.getElementById("claim-panel");
  const part = (name) => panel.querySelector(`.panel-${name}`);
  const word = (name, what = "") => panel.dataset[`word${name[0].toUpperCase()}${name.slice(1)}`].replace(/\{\w+\}/, what);
  const form = () => part("form");
  const value = (name) => form()?.querySelector(`[name$="-${name}"]`);
  const textOf = (language) => document.querySelector(`textarea#id_body_${language}`);
  const marksOf = (language) => (textOf(language) ? window.deskMarks.of(textOf(language)) : null);
  const LANGUAGES = ["ar", "en"];

  // Where the panel was opened from, what it was asked for, the chain kept for the next claim, and whether words were typed.
  let place = null;
  let query = {};
  let kept = null;
  let isTouched = false;
  let turn = 0;

  const say = (text) => { part("status").textContent = text; };
  const warn = (text) => { part("alert").textContent = text; };

  // The panel itself -----------------------------------------------------------------------------------------------

  const open = () => {
    panel.hidden = false;
    document.body.classList.add("has-claim-panel");
  };

  const empty = () => {
    window.deskChain.closeLists();
    const { jQuery: $ } = window.django;
    part("body").querySelectorAll("select.select2-hidden-accessible").forEach((select) => $(select).select2("destroy"));
    part("body").replaceChildren();
    part("discard").hidden = true;
    delete part("discard").dataset.isSure;
    isTouched = false;
    LANGUAGES.forEach((language) => marksOf(language)?.clear("chosen"));
  };

  const close = () => {
    turn += 1;
    empty();
    panel.hidden = true;
    document.body.classList.remove("has-claim-panel");
  };

  /* Back to the words the panel was opened for, or behind them once they are a claim. */
  const toText = (isDone = false) => {
    if (!place?.textarea) {
      // No words to go back to: the text itself, or, where it is only shown, what was saved.
      (textOf(document.documentElement.lang) ?? LANGUAGES.map(textOf).find(Boolean) ?? panel.querySelector(".panel-sitting .told:last-child a"))?.focus();
      return;
    }
    const mark = window.deskMarks.of(place.textarea);
    const { start, end } = mark.get("place", "place") ?? place;
    if (isDone) mark.show(end, end);
    else mark.show(start, end);
  };

  const takePlace = (textarea, start, end, language) => {
    place = { textarea, start, end, language };
    LANGUAGES.forEach((code) => marksOf(code)?.clear("chosen"));
    const marks = window.deskMarks.of(textarea);
    marks.set("chosen", [{ start, end, kind: "quote", id: "chosen", isChosen: true }]);
    // Not drawn, but moved with the text like the others.
    marks.set("place", [{ start, end, kind: "place", id: "place" }]);
  };

  const insert = (html) => {
    empty();
    part("body").innerHTML = html;
    // Django's autocompletes and ours start on this event.
    part("body").dispatchEvent(new CustomEvent("formset:added", { bubbles: true, detail: { formsetName: "panel" } }));
    window.deskChain.wake(part("body"));
    part("discard").hidden = false;
    open();
    const lost = part("lost");
    warn(lost ? lost.textContent : "");
    if (!place) return;
    takePlace(place.textarea, place.start, place.end, place.language);
    const isBelow = window.matchMedia("(max-width: 767px)").matches;
    window.deskMarks.of(place.textarea).reveal(place.start, place.end, isBelow ? panel.getBoundingClientRect().top : window.innerHeight);
  };

  const answerOf = async (url, options = {}) => {
    const mine = (turn += 1);
    try {
      // A network that hangs is one that failed: what was typed is still here.
      const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "text/html" }, signal: AbortSignal.timeout(LONGEST_WAIT), ...options });
      if (mine !== turn) return null;
      if (answer.redirected && answer.url.includes("/login/")) warn(word("login"));
      else if (answer.status === 403) warn(word("forbidden"));
      else if (answer.status === 404 || answer.redirected) warn(word("gone"));
      else if ([200, 201, 409, 422].includes(answer.status)) return { status: answer.status, html: await answer.text() };
      else warn(word("failed"));
    } catch {
      if (mine === turn) warn(word("failed"));
    }
    say("");
    return null;
  };

  const load = async (url, heading) => {
    open();
    warn("");
    say(word("loading"));
    const answer = await answerOf(url);
    if (!answer) return;
    insert(answer.html);
    say("");
    part("head").querySelector("h2").textContent = heading;
    const first = panel.querySelector(".desk-source:not([hidden])");
    if (first) window.deskChain.focus(first);
    else value("quote_exact")?.focus();
  };

  // What it is opened with -----------------------------------------------------------------------------------------

  const whole = (text) => text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "");
  const quoteAt = ({ textarea, start, end, language }) => ({
    quote: textarea.value.slice(start, end), language,
    prefix: whole(textarea.value.slice(Math.max(0, start - CONTEXT), start)), suffix: whole(textarea.value.slice(end, end + CONTEXT)),
  });

  const addressOf = (base, parameters) => {
    const url = new URL(base, window.location.href);
    for (const [name, one] of Object.entries({ _panel: "1", article: panel.dataset.article, ...parameters })) {
      if (one) url.searchParams.set(name, one);
    }
    return url.href;
  };

  const openNew = (more = {}) => {
    query = { ...quoteAt(place), ...(kept ?? {}), ...more };
    if (query.quote.length > LONGEST) {
      open();
      warn(word("long"));
      return null;
    }
    return load(addressOf(panel.dataset.add, query), word("new"));
  };
  /* One more telling of a claim that exists. */
  const openKnown = (claim, more) => {
    query = { ...quoteAt(place), ...more };
    return load(addressOf(panel.dataset.change.replace("/0/", `/${claim}/`), query), word("added"));
  };
  // What was typed came along into the other form.
  const carry = () => { isTouched = Boolean(form()); };

  /* What is in the form, as the address that would open it so. */
  const formQuery = () => {
    const found = { ...query, kind: value("kind")?.value, certainty: value("certainty")?.value, sources: JSON.stringify(window.deskChain.read(form())) };
    for (const language of LANGUAGES) {
      const statement = form().querySelector(`[name=statement_${language}]`);
      if (statement) found[`statement_${language}`] = statement.value;
    }
    return found;
  };

  /* Other words for the form that is open: the chain and the statement stay. */
  const replaceQuote = () => {
    const taken = quoteAt(place);
    query = { ...query, ...taken };
    value("quote_exact").value = taken.quote;
    value("quote_language").value = taken.language;
    value("quote_prefix").value = taken.prefix;
    value("quote_suffix").value = taken.suffix;
    part("lost")?.remove();
    warn("");
    isTouched = true;
    say(word("place"));
    (form().querySelector("[name=_save]")).focus();
  };

  const selected = (textarea) => {
    let { selectionStart: start, selectionEnd: end } = textarea;
    const text = textarea.value;
    while (start < end && /\s/.test(text[start])) start += 1;
    while (end > start && /\s/.test(text[end - 1])) end -= 1;
    return { start, end };
  };

  const fromSelection = (textarea) => {
    // What is being saved is not changed any more.
    if (form()?.dataset.isSaving) return;
    const { start, end } = textarea ? selected(textarea) : { start: 0, end: 0 };
    if (start === end) {
      open();
      if (form()) window.deskChain.focus(panel.querySelector(".desk-source"));
      else say(word("select"));
      return;
    }
    takePlace(textarea, start, end, textarea.id.slice(-2));
    if (form()) replaceQuote();
    else openNew();
  };

  // Saving -----------------------------------------------------------------------------------------------------------

  /* To the first field with a sentence of its own; what concerns no single field is said at the top, and read from there. */
  const toError = () => {
    const FIELDS = ":is(input:not([type=hidden]), textarea, .select2-selection, select:not(.select2-hidden-accessible))";
    const seen = [...part("body").querySelectorAll(".errorlist")].flatMap((list) =>
      [...(list.closest(".errors, .desk-source")?.querySelectorAll(FIELDS) ?? [])]);
    const first = seen.find((field) => field.offsetParent);
    const note = panel.querySelector(".desk-conflict h2, .errorlist, .errornote");
    if (!first && note) note.tabIndex = -1;
    (first ?? note)?.focus();
  };

  const save = async (isKept) => {
    const sent = form();
    if (!sent || sent.dataset.isSaving) return;
    sent.dataset.isSaving = "1";
    warn("");
    say(word("saving"));
    window.deskFreshen();
    const data = new FormData(sent);
    data.set("_save", "1");
    const { kind, certainty, sources } = formQuery();
    const answer = await answerOf(sent.action, { method: "POST", body: data });
    delete sent.dataset.isSaving;
    if (!answer) return;
    if (answer.status !== 201) {
      insert(answer.html);
      isTouched = true;
      say("");
      warn(word("refused"));
      toError();
      return;
    }
    kept = isKept ? { kind, certainty, sources } : null;
    empty();
    const line = window.deskTold.put(answer.html);
    document.dispatchEvent(new CustomEvent("desk:claimed", { detail: {
      telling: line.dataset.telling, claim: line.dataset.claim, language: place?.language, start: place?.start, end: place?.end } }));
    // The draft of these words, if this browser kept one, is not needed any more.
    document.dispatchEvent(new CustomEvent("desk:saved"));
    say([word("saved", window.deskTold.titleOf(line)), isKept ? word("kept") : ""].join(" ").trim());
    toText(true);
  };

  const changeTelling = (line) => {
    if (isTouched && form()) {
      warn(word("busy"));
      return;
    }
    const { language } = line.dataset;
    const found = window.deskTold.place(line);
    const textarea = textOf(language);
    place = null;
    if (textarea) takePlace(textarea, found?.start ?? 0, found?.end ?? 0, language);
    query = {};
    load(new URL(line.dataset.change, window.location.href).href, word("telling")).then(() => {
      if (line.dataset.state === "orphaned" || !found) say(word("again"));
    });
  };

  // Words that were in the panel while the article was saved -----------------------------------------------------------

  // Of this person, in this tab: after another has signed in it is not theirs.
  const KEY = `desk-claim-${panel?.dataset.user}-${panel?.dataset.article}`;
  const stash = () => {
    if (!form() || !place || !query.quote || !isTouched) return;
    sessionStorage.setItem(KEY, JSON.stringify({ language: place.language, query: formQuery() }));
  };
  const unstash = () => {
    const stored = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    if (!stored) return;
    const { language, query: asked } = JSON.parse(stored);
    const textarea = textOf(language);
    if (!textarea) return;
    const start = Math.max(0, textarea.value.indexOf(asked.quote));
    takePlace(textarea, start, start + (textarea.value.includes(asked.quote) ? asked.quote.length : 0), language);
    openNew(asked);
    isTouched = true;
    say(word("draft"));
  };

  // Keys and buttons -------------------------------------------------------------------------------------------------

  const inPanel = (target) => panel.contains(target) || Boolean(target.closest?.(".select2-container--open") && panel.querySelector(".select2-container--open"));

  const onKey = (event) => {
    const isEnter = event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.altKey;
    const isAlt = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    let isOurs = true;
    if (isAlt && event.code === "KeyC") {
      const text = document.activeElement;
      const isText = LANGUAGES.some((language) => text === textOf(language));
      if (panel.dataset.add || form()) fromSelection(isText ? text : null);
    } else if (panel.hidden) return;
    else if (inPanel(event.target)) {
      if (isEnter) {
        if (window.deskChain.take()) save(event.shiftKey);
        else warn(word("unknown"));
      } else if (event.key === "Escape" && !document.querySelector(".select2-container--open")) {
        if (!isTouched) close();
        toText();
      } else if (isAlt && event.code === "KeyJ") panel.querySelector(".panel-existing .select2-selection")?.focus();
      else isOurs = window.deskChain.key(event);
    } else if (event.key === "Escape" && !form()) close();
    else isOurs = false;
    if (!isOurs) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /* What was typed is lost at the second press alone. */
  const discard = () => {
    const button = part("discard");
    if (isTouched && !button.dataset.isSure) {
      button.dataset.isSure = "1";
      say(word("sure"));
      return;
    }
    close();
    toText();
  };

  const onClick = (event) => {
    const change = event.target.closest(".told-change");
    const telling = change && (change.dataset.telling ?? change.closest(".told").dataset.telling);
    if (telling) changeTelling(window.deskTold.lines().find((line) => line.dataset.telling === telling));
    else if (event.target.closest(".desk-claim-button")) fromSelection(textOf(event.target.closest(".desk-claim-button").dataset.language));
    else if (event.target.closest(".panel-close")) {
      if (!isTouched) close();
      toText();
    } else if (event.target.closest(".panel-discard")) discard();
    else if (event.target.closest(".panel-not-it")) openNew(formQuery())?.then(carry);
  };

  const begin = () => {
    const { jQuery: $ } = window.django;
    document.querySelector(".desk-new-claim")?.removeAttribute("accesskey");
    for (const language of LANGUAGES.filter((code) => textOf(code) && panel.dataset.add)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "panel-link desk-claim-button";
      button.dataset.language = language;
      button.setAttribute("aria-keyshortcuts", "Alt+C");
      const key = document.createElement("kbd");
      key.textContent = "Alt+C";
      button.append(`${word("button")} `, key);
      marksOf(language);
      textOf(language).closest(".desk-marked").before(button);
    }
    $(panel).on("change input", ".panel-form", () => { isTouched = true; });
    $(panel).on("change", ".panel-known", (event) => {
      if (!event.target.value) return;
      load(addressOf(panel.dataset.change.replace("/0/", `/${event.target.value}/`), formQuery()), word("added")).then(carry);
    });
    panel.addEventListener("submit", (event) => {
      event.preventDefault();
      save(event.submitter?.name === "_keep");
    });
    document.addEventListener("desk:claim", (event) => {
      const { language, start, end, query: more = {}, claim } = event.detail;
      if (!textOf(language) || !panel.dataset.add) return;
      open();
      if (isTouched && form()) {
        warn(word("busy"));
        return;
      }
      takePlace(textOf(language), start, end, language);
      if (claim) openKnown(claim, more);
      else openNew(more);
    });
    window.addEventListener("pagehide", stash);
    unstash();
  };

  if (panel) {
    document.addEventListener("keydown", onKey, true);
    document.addEventListener("click", onClick);
    window.addEventListener("load", begin);
  }
}
