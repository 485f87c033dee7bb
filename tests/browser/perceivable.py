"""What a page shows, computed in the browser: words that cannot be read, controls without a name, headings out of order."""

from __future__ import annotations

from playwright.sync_api import Page

_UNREADABLE = """() => {
  const pen = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d', {willReadFrequently: true});
  const parts = text => {
    pen.clearRect(0, 0, 1, 1); pen.fillStyle = text; pen.fillRect(0, 0, 1, 1);
    const [red, green, blue, opacity] = pen.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, opacity / 255];
  };
  const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const light = colour => colour.slice(0, 3).map(c => c / 255).map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const around = element => {
    const filled = [];
    for (let at = element; at; at = at.parentElement) filled.unshift(parts(getComputedStyle(at).backgroundColor));
    return filled.reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const isSeen = element => element.checkVisibility({opacityProperty: true, visibilityProperty: true})
    && element.getBoundingClientRect().width > 1
    && !element.closest('.trk-hidden, script, style, [disabled], [data-testid=stIconMaterial]');
  const found = new Set(), words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const element = words.currentNode.parentElement, text = words.currentNode.textContent.trim();
    if (!text || !isSeen(element)) continue;
    const style = getComputedStyle(element), behind = around(element), ink = parts(element.ownerSVGElement ? style.fill : style.color);
    for (let at = element; at; at = at.parentElement) ink[3] *= getComputedStyle(at).opacity;
    const [dark, bright] = [light(over(ink, behind)), light(behind)].sort((a, b) => a - b), apart = (bright + 0.05) / (dark + 0.05);
    const size = parseFloat(style.fontSize), isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    if (apart < (isLarge ? 3 : 4.5)) found.add(`${apart.toFixed(2)}: ${text.slice(0, 40)}`);
  }
  return [...found];
}"""

_UNNAMED = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [role=button], [tabindex="0"]')]
  .filter(e => e.checkVisibility() && !e.closest('[aria-hidden=true], .trk-scroll-both') && e.type !== 'file')
  .filter(e => ![
    e.getAttribute('aria-label'), e.title, e.innerText, ...[...(e.labels || [])].map(label => label.innerText),
    ...(e.getAttribute('aria-labelledby') || '').split(' ').map(id => document.getElementById(id)?.innerText),
  ].join('').trim())
  .map(e => e.outerHTML.slice(0, 160))"""

_HEADINGS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(e => e.checkVisibility())
  .map(e => [Number(e.tagName[1]), e.innerText])"""


def unreadable(page: Page) -> list[str]:
    """Words on the screen, those in charts too, whose contrast is below that of WCAG 2 AA, each with its contrast.

    What is disabled may be faint, and so may signs drawn as letters of a font.
    """
    return page.evaluate(_UNREADABLE)


def unnamed(page: Page) -> list[str]:
    """What can be clicked, filled in or reached by Tab and has no name for those who only hear it."""
    return page.evaluate(_UNNAMED)


def misplaced_headings(page: Page) -> list[str]:
    """Headings that skip a level, and every main heading when there is not exactly one."""
    levels = page.evaluate(_HEADINGS)
    above = [0, *(level for level, _ in levels)]
    skipped = [text for (level, text), before in zip(levels, above, strict=False) if level > before + 1]
    main = [text for level, text in levels if level == 1]
    return skipped + (main if len(main) != 1 else [])
