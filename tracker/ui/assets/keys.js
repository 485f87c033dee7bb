// Keys for a review: each presses the button that stands on the page for the same; they can be switched off there.
// Without this script the buttons work.
(() => {
  "use strict";
  const BUTTONS = {
    j: "next", ArrowDown: "next", ArrowRight: "next", k: "previous", ArrowUp: "previous", ArrowLeft: "previous",
    a: "accept", r: "reject", u: "undecide", m: "merge", s: "split",
  };
  const isTyping = (element) =>
    element instanceof Element &&
    Boolean(element.closest("input:not([type=checkbox]), textarea, select, [contenteditable='true'], [role=combobox], [role=listbox], [role=dialog]"));
  const areOn = () =>
    document.querySelector(".st-key-review-actions") && document.querySelector(".st-key-review-keys input")?.checked !== false;
  // What is selected in the text, without the numbers of candidates, goes into the field for words and is marked.
  const markSelected = () => {
    const selection = getSelection();
    const box = document.querySelector(".trk-text");
    const input = document.querySelector(".st-key-review-words input");
    const button = document.querySelector(".st-key-review-mark button");
    if (!box || !input || !button || !selection.rangeCount || !box.contains(selection.getRangeAt(0).commonAncestorContainer)) return;
    const words = selection.getRangeAt(0).cloneContents();
    words.querySelectorAll(".trk-number").forEach((number) => number.remove());
    write(input, words.textContent.trim().replaceAll("\n", " "));
    requestAnimationFrame(() => requestAnimationFrame(() => button.click()));
  };
  const write = (input, words) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(input, words);
    input.dispatchEvent(new Event("input", { bubbles: true }));
  };
  // Where one clicks in the words of the chosen candidate its second part would begin: they go into the field for splitting.
  const LETTER = /[\p{L}\p{N}]/u;
  const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;
  const wordStart = (text, place) => {
    while (place > 0 && LETTER.test(text[place - 1]) && LETTER.test(text[place] ?? "") && !UNSPACED.test(text[place])) place -= 1;
    return place;
  };
  const splitField = () => document.querySelector(".st-key-review-splitting input");
  const offerSplit = () => {
    const selection = getSelection();
    const node = selection.rangeCount ? selection.getRangeAt(0).startContainer : null;
    const mark = node?.nodeType === Node.TEXT_NODE && node.parentElement.closest(".trk-number") === null
      ? node.parentElement.closest(".trk-candidate[aria-current=true]") : null;
    const input = splitField();
    if (!mark || !input) return;
    write(input, node.data.slice(wordStart(node.data, selection.getRangeAt(0).startOffset)).trim().replaceAll("\n", " ").slice(0, 120));
  };
  document.addEventListener("mouseup", () => setTimeout(offerSplit));

  const field = () => document.querySelector(".st-key-review-fields input, .st-key-review-fields textarea");

  document.addEventListener("keydown", (event) => {
    if (!areOn() || event.metaKey || event.ctrlKey || event.altKey || event.shiftKey) return;
    if (isTyping(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.key.startsWith("Arrow") && event.target instanceof Element && event.target.closest(".trk-text, .trk-drafts")) return;
    const name = BUTTONS[event.key];
    const button = name && document.querySelector(`.st-key-review-${name} button`);
    if (!name && event.key !== "e" && event.key !== "n") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === "e") field()?.focus();
    else if (event.key === "s" && splitField()?.value === "" && !document.querySelector(".trk-candidate[data-has-parts]")) splitField().focus();
    else if (event.key === "n") markSelected();
    else if (button && !button.disabled) button.click();
  }, true);

  // A browser puts a long text into a field line by line, each time from the beginning: minutes for a million characters.
  // Put in at once it takes no time. Short texts are left to the browser, which can undo them.
  const LONG = 20_000;
  document.addEventListener("paste", (event) => {
    const area = event.target;
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!(area instanceof HTMLTextAreaElement) || area.disabled || area.readOnly || text.length < LONG) return;
    event.preventDefault();
    area.setRangeText(text.replace(/\r\n?/g, "\n"), area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }, true);

  // A text that has been read is shown from its top, wherever the button stood that asked for it;
  // the chosen candidate is brought into sight when another one is chosen.
  let last = "";
  let read = "";
  new MutationObserver(() => {
    const mark = document.querySelector(".trk-candidate[aria-current=true]");
    if (!mark || mark.dataset.number + location.search === last) return;
    last = mark.dataset.number + location.search;
    const text = new URLSearchParams(location.search).get("document") ?? "";
    if (text !== read) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
    read = text;
    const box = mark.closest(".trk-text");
    if (!box) return;
    const place = mark.offsetTop - box.offsetTop;
    if (place < box.scrollTop || place > box.scrollTop + box.clientHeight - 60) box.scrollTop = Math.max(0, place - box.clientHeight / 3);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
