/* Who else has this record open: a small POST every 20 seconds says that somebody is here, and brings the answer. */
"use strict";
{
  const EVERY = 20_000;
  const box = document.querySelector(".desk-presence[data-url]");
  const form = box?.closest("form");
  if (form) {
    let hasUnsaved = Boolean(form.querySelector(".errornote, .desk-conflict")), timer = 0, isSending = false;
    const data = (more) => {
      window.deskFreshen();
      const sent = new URLSearchParams({
        csrfmiddlewaretoken: form.querySelector("[name=csrfmiddlewaretoken]").value,
        version: form.querySelector("[name=version]")?.value ?? "",
        unsaved: hasUnsaved ? "1" : "",
      });
      for (const [name, value] of Object.entries(more ?? {})) sent.set(name, value);
      return sent;
    };
    const show = (html) => {
      // Said aloud only when it changes.
      if (box.innerHTML.trim() !== html.trim()) box.innerHTML = html;
    };
    const beat = async () => {
      clearTimeout(timer);
      timer = setTimeout(beat, EVERY);
      if (isSending) return;
      isSending = true;
      try {
        const answer = await fetch(box.dataset.url, { method: "POST", body: data(), redirect: "manual" });
        if (answer.ok) show(await answer.text());
        else if (answer.type === "opaqueredirect" || answer.status === 403) {
          const note = document.createElement("p");
          note.className = "desk-newer";
          note.textContent = box.dataset.signedOut;
          show(note.outerHTML);
        }
      } catch { /* The network is away: the next beat tries again. */ }
      isSending = false;
    };
    const touched = (event) => {
      if (event.target.closest(".desk-drafts, .desk-link") || hasUnsaved) return;
      hasUnsaved = true;
      beat();
    };
    form.addEventListener("input", touched);
    form.addEventListener("change", touched);
    window.addEventListener("pagehide", () => {
      clearTimeout(timer);
      navigator.sendBeacon(box.dataset.url, data({ leaving: "1" }));
    });
    window.addEventListener("pageshow", beat);
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") beat(); });
  }
}
