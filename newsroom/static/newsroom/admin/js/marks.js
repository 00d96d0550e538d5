/* Marks inside a textarea: quotes, suggestions. A mirror with the same metrics lies behind the text and shows them; the
   textarea itself stays as it is. Nothing is drawn over the text, and a screen reader meets the mirror nowhere.

     const marks = deskMarks.of(textarea);
     marks.set("quotes", [{ start, end, kind: "quote", id: "7", label: "what it is" }]);   // replaces that layer
     marks.clear("quotes");
     marks.get("quotes", "7");              // the mark where it stands now, or undefined
     marks.at(offset);                      // all marks there, the shortest first
     marks.onPick("quotes", (mark) => …);   // a click on it, or Alt+Enter with the caret in it
     marks.show(start, end);                // brings the place into view, selects it and takes the focus
     marks.reveal(start, end);              // brings it into view alone

   Offsets are JavaScript's (UTF-16) into textarea.value, whose lines end in \n; the server counts code points:
   deskMarks.fromCodePoints(text, offset). Marks move with what is typed before them, grow with what is typed inside, and
   vanish with the words they stood on. Kinds: quote, mention, attribution, cut; `isLost` and `isChosen` add a class. */
"use strict";
{
  const COPIED = ["fontFamily", "fontSize", "fontStyle", "fontWeight", "fontFeatureSettings", "lineHeight", "letterSpacing", "wordSpacing",
    "textIndent", "textTransform", "textAlign", "direction", "unicodeBidi", "tabSize", "whiteSpace", "wordBreak", "overflowWrap",
    "paddingTop", "paddingRight", "paddingBottom", "paddingLeft"];
  const SURROGATE = /[\ud800-\udbff]/;

  const fromCodePoints = (text, offset) => {
    if (!SURROGATE.test(text)) return Math.min(offset, text.length);
    let place = 0;
    for (let counted = 0; counted < offset && place < text.length; counted += 1) place += text.codePointAt(place) > 0xffff ? 2 : 1;
    return place;
  };

  /* Where two texts differ: how much is alike before, how much after. The caret tells apart what letters alone cannot. */
  const difference = (before, after, caret) => {
    const shorter = Math.min(before.length, after.length);
    let tail = after.length - caret;
    if (tail < 0 || tail > shorter || before.slice(before.length - tail) !== after.slice(caret)) tail = null;
    let head = 0;
    const most = tail === null ? shorter : shorter - tail;
    while (head < most && before[head] === after[head]) head += 1;
    if (tail === null) {
      tail = 0;
      while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
    }
    return { from: head, removed: before.length - head - tail, added: after.length - head - tail };
  };

  const moved = (mark, { from, removed, added }) => {
    const until = from + removed;
    const shift = (place, isEnd) => {
      if (place < from || (place === from && (isEnd || removed))) return place;
      if (place >= until) return place + added - removed;
      return isEnd ? from : from + added;
    };
    const start = shift(mark.start, false);
    return { ...mark, start, end: Math.max(start, shift(mark.end, true)) };
  };

  class Marks {
    constructor(textarea) {
      this.textarea = textarea;
      this.layers = new Map();
      this.picks = new Map();
      this.text = textarea.value;
      this.isDue = false;
      this.build();
    }

    build() {
      const { textarea } = this;
      const frame = document.createElement("div");
      frame.className = "desk-marked";
      this.mirror = document.createElement("div");
      this.mirror.className = "desk-mirror";
      this.mirror.setAttribute("aria-hidden", "true");
      this.page = document.createElement("div");
      this.page.className = "desk-mirror-text";
      this.mirror.append(this.page);
      const isFocused = document.activeElement === textarea;
      textarea.before(frame);
      frame.append(this.mirror, textarea);
      if (isFocused) textarea.focus();
      textarea.addEventListener("input", () => this.follow());
      textarea.addEventListener("scroll", () => this.scroll(), { passive: true });
      textarea.addEventListener("click", () => {
        if (textarea.selectionStart === textarea.selectionEnd) this.pick();
      });
      textarea.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && event.altKey && !event.ctrlKey && this.pick()) event.preventDefault();
      });
      new ResizeObserver(() => this.measure()).observe(textarea);
      document.fonts?.ready.then(() => this.measure());
    }

    set(layer, marks) {
      this.follow();
      this.layers.set(layer, marks.filter((mark) => mark.start >= 0 && mark.end > mark.start).map((mark) => ({ ...mark })));
      this.draw();
    }

    clear(layer) {
      this.layers.delete(layer);
      this.draw();
    }

    get(layer, id) {
      this.follow();
      return (this.layers.get(layer) ?? []).find((mark) => String(mark.id) === String(id) && mark.end > mark.start);
    }

    at(offset) {
      this.follow();
      return [...this.layers].flatMap(([layer, marks]) => marks.map((mark) => ({ ...mark, layer })))
        .filter((mark) => mark.start <= offset && offset <= mark.end && mark.end > mark.start)
        .sort((one, other) => (one.end - one.start) - (other.end - other.start));
    }

    onPick(layer, pick) { this.picks.set(layer, pick); }

    pick() {
      const mark = this.at(this.textarea.selectionStart).find((one) => this.picks.has(one.layer));
      if (mark) this.picks.get(mark.layer)(mark);
      return Boolean(mark);
    }

    show(start, end) {
      this.textarea.focus({ preventScroll: true });
      this.textarea.setSelectionRange(start, end);
      this.reveal(start, end);
    }

    /* Bring the place into view, above `bottom` of the window, without taking the focus. */
    reveal(start, end, bottom = window.innerHeight) {
      const { textarea } = this;
      this.follow();
      this.render();
      const range = document.createRange();
      range.setStart(...this.placeIn(start));
      range.setEnd(...this.placeIn(end));
      const words = range.getBoundingClientRect();
      const top = words.top - this.page.getBoundingClientRect().top;
      if (top < textarea.scrollTop || top + words.height > textarea.scrollTop + textarea.clientHeight) {
        textarea.scrollTop = Math.max(0, top - textarea.clientHeight / 3);
      }
      this.scroll();
      // The text may be taller than the window: the words, not the field, have to be in view.
      const seen = range.getBoundingClientRect();
      if (seen.top < 60 || seen.bottom > bottom - 40) window.scrollBy({ top: seen.top - bottom / 3, behavior: "instant" });
    }

    /* Keep the marks on their words after a change of the text, whoever made it. */
    follow() {
      const { value } = this.textarea;
      if (value === this.text) return;
      const change = difference(this.text, value, this.textarea.selectionEnd);
      for (const [layer, marks] of this.layers) this.layers.set(layer, marks.map((mark) => moved(mark, change)));
      this.text = value;
      this.draw();
    }

    draw() {
      if (this.isDue) return;
      this.isDue = true;
      requestAnimationFrame(() => {
        if (this.isDue) this.render();
      });
    }

    render() {
      this.isDue = false;
      const marks = [...this.layers.values()].flat().filter((mark) => mark.end > mark.start);
      const edges = [...new Set([0, this.text.length, ...marks.flatMap((mark) => [mark.start, mark.end])])]
        .filter((edge) => edge <= this.text.length).sort((one, other) => one - other);
      const pieces = [];
      for (let number = 0; number + 1 < edges.length; number += 1) {
        const [start, end] = [edges[number], edges[number + 1]];
        const here = marks.filter((mark) => mark.start <= start && mark.end >= end);
        const words = document.createTextNode(this.text.slice(start, end));
        if (here.length) {
          const piece = document.createElement("span");
          piece.className = ["desk-mark", ...new Set(here.flatMap((mark) => [`mark-${mark.kind}`,
            ...(mark.isLost ? ["is-lost"] : []), ...(mark.isChosen ? ["is-chosen"] : [])]))].join(" ");
          piece.append(words);
          pieces.push(piece);
        } else pieces.push(words);
      }
      // A last line that is empty has a height in a textarea, and none here.
      this.page.replaceChildren(...pieces, document.createTextNode("\u200b"));
      this.measure();
    }

    measure() {
      const { textarea, mirror, page } = this;
      const computed = getComputedStyle(textarea);
      for (const name of COPIED) page.style[name] = computed[name];
      mirror.lang = textarea.lang;
      // Physical coordinates: the scrollbar stands on either side, and clientLeft counts it.
      mirror.style.left = `${textarea.offsetLeft + textarea.clientLeft}px`;
      mirror.style.top = `${textarea.offsetTop + textarea.clientTop}px`;
      mirror.style.width = `${textarea.clientWidth}px`;
      mirror.style.height = `${textarea.clientHeight}px`;
      this.scroll();
    }

    scroll() { this.page.style.transform = `translateY(${-this.textarea.scrollTop}px)`; }

    placeIn(offset) {
      const walker = document.createTreeWalker(this.page, NodeFilter.SHOW_TEXT);
      let left = offset;
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (left <= node.length) return [node, left];
        left -= node.length;
      }
      return [this.page, this.page.childNodes.length];
    }
  }

  const known = new WeakMap();
  window.deskMarks = {
    fromCodePoints,
    of(textarea) {
      if (!known.has(textarea)) known.set(textarea, new Marks(textarea));
      return known.get(textarea);
    },
  };
}
