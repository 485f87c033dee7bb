// Links drawn as HTML open inside the running app instead of loading the page anew.
// Without this script they are ordinary links and still work.
(() => {
  "use strict";
  // Streamlit escapes the colon of a group (group:eu) when a widget changes the address; unescaped it means the same and can be read.
  const push = history.pushState.bind(history);
  history.pushState = (state, title, url) => push(state, title, typeof url === "string" ? url.replaceAll("%3A", ":") : url);

  const isOurs = (link) =>
    link && link.origin === location.origin && link.closest(".stHtml") &&
    !/^\/(api|assets|download|healthz|_stcore)\b/.test(link.pathname) && !link.hasAttribute("download");

  const open = (href) => {
    const from = location.pathname;
    history.pushState({}, "", href);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    if (from !== location.pathname) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  };

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (!isPlain || event.defaultPrevented || !isOurs(link) || link.target) return;
    event.preventDefault();
    if (link.href !== location.href) open(link.href);
  });

  // A click on a chart is answered by the server with a link to be followed at once.
  const followed = new WeakSet();
  new MutationObserver(() => {
    const link = document.querySelector("a[data-open-now]");
    if (!isOurs(link) || followed.has(link)) return;
    followed.add(link);
    open(link.href);
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
