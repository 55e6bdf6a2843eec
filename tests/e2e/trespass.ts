/** Notes what no message may do: run, ask for an address, or put a foreign element on the page. */
import type { Page } from 'puppeteer-core';

/** What the script in the page keeps. */
interface Notes {
  trespasses: string[];
  globals: string[];
}

declare global {
  interface Window {
    trespassNotes?: Notes;
  }
}

/** Own schemes of what pages of Aside, and files that it wrote, are made of. */
const OWN = /^(?:chrome-extension:|data:|blob:|about:blank|file:)/u;

/**
 * Watches a page from its next navigation on, and the elements that ever stand in what this selector
 * finds. The function that comes back says what was noted since the navigation.
 */
export async function watchTrespasses(
  page: Page,
  within: string,
): Promise<() => Promise<string[]>> {
  const outside: string[] = [];
  page.on('dialog', (dialog) => {
    outside.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!OWN.test(request.url())) outside.push(`request ${request.url()}`);
  });
  page.on('popup', (popup) => outside.push(`popup ${popup?.url() ?? ''}`));
  await page.evaluateOnNewDocument(noteInPage, within);
  return async () => [...outside, ...(await page.evaluate(lookAround))];
}

/** What is different about the page itself, and what was noted in it. */
function lookAround(): string[] {
  const notes = window.trespassNotes;
  if (!notes) return ['nobody watched'];
  // The tests' own driver adds some, and Mermaid's packages, which come with the first diagram.
  const isNew = (name: string) =>
    !notes.globals.includes(name) && !/ariaQuery|^(?:fastdom|injected)$/u.test(name);
  return [
    ...notes.trespasses,
    ...Object.getOwnPropertyNames(window)
      .filter(isNew)
      .map((name) => `global ${name}`),
    ...(window.length > 0 ? ['frame'] : []),
    ...(Object.keys(Object.prototype).length > 0 ? ['prototype'] : []),
    ...('vulnerable' in document ? ['document.vulnerable'] : []),
  ];
}

/** Runs in the page, before its scripts. */
function noteInPage(within: string): void {
  const trespasses: string[] = [];
  const note = (what: string) => void (trespasses.length < 50 && trespasses.push(what));
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'] as const) {
    Object.assign(window, { [name]: () => note(`call of ${name}`) });
  }
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    note(`policy ${effectiveDirective} ${blockedURI}`),
  );

  const FORBIDDEN =
    'script, iframe, frame, frameset, fencedframe, portal, object, embed, applet, form, style, link, meta, base, title:not(svg *), video, audio, source, track, picture, map, marquee, template, slot, dialog, noscript, animate, set, foreignObject, feImage, image, input:not([type="checkbox"]), select, textarea, [contenteditable], [autofocus]';
  const ADDRESSES = [
    'href',
    'xlink:href',
    'action',
    'formaction',
    'data',
    'poster',
    'ping',
    'background',
    'srcset',
    'srcdoc',
    'manifest',
    'cite',
  ];

  const look = (element: Element) => {
    if (element.matches(FORBIDDEN)) note(`element ${element.outerHTML.slice(0, 200)}`);
    for (const { name, value } of element.attributes) {
      const isAddress = ADDRESSES.includes(name);
      const isWrong =
        name.startsWith('on') ||
        (isAddress && !/^(?:https?:\/\/|mailto:|#)/u.test(value)) ||
        (isAddress && name !== 'href' && !value.startsWith('#')) ||
        (name === 'src' && !/^(?:data:image\/|blob:)/u.test(value)) ||
        (name === 'style' && /url|expression|fixed|image/iu.test(value)) ||
        name === 'name' ||
        (name === 'id' && (value in document || value in Object.prototype));
      if (isWrong) note(`attribute ${name}=${value.slice(0, 200)} of ${element.localName}`);
    }
  };
  const lookAll = (node: Node) => {
    if (!(node instanceof Element)) return;
    look(node);
    for (const inner of node.querySelectorAll('*')) look(inner);
  };
  new MutationObserver((mutations) => {
    for (const { type, target, addedNodes } of mutations) {
      if (!(target instanceof Element)) continue;
      if (!target.closest(within)) {
        for (const inner of target.querySelectorAll(`:is(${within}) *`)) look(inner);
      } else if (type === 'attributes') look(target);
      // What was taken out again in the same moment is looked at too.
      else for (const node of addedNodes) lookAll(node);
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });
  Object.assign(window, { trespassNotes: { trespasses, globals: [] } });
  // What the browser and the page's own scripts add while they load is no trespass.
  addEventListener('load', () => {
    if (window.trespassNotes) window.trespassNotes.globals = Object.getOwnPropertyNames(window);
  });
}
