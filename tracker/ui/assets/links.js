// Links drawn as HTML open inside the running app instead of loading the page anew.
// Without this script they are ordinary links and still work.
(() => {
  "use strict";
  const opensHere = (event, link) =>
    link && !event.defaultPrevented && event.button === 0 &&
    !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) &&
    !link.target && link.origin === location.origin && link.closest(".stHtml") &&
    !/^\/(api|assets|healthz|_stcore)\b/.test(link.pathname) && !link.hasAttribute("download");

  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!opensHere(event, link)) return;
    event.preventDefault();
    if (link.href === location.href) return;
    const fromPath = location.pathname;
    history.pushState({}, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    if (fromPath !== link.pathname) document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  });
})();
