import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { hardAlert, weeks } from '../support/five-weeks.ts';
import { aMail } from '../support/sample-mail.ts';
import { samples } from '../support/samples/samples.ts';
import { serviceSamples } from '../support/samples/service.ts';

const { usual, quiet, ...otherWeeks } = weeks; // the samples have the usual and the quiet one
const fragments = {
  ...samples,
  ...Object.fromEntries(Object.entries(otherWeeks).map(([name, week]) => [`the week ${name}`, week.fragments])),
  'the hard alert': hardAlert,
  // One layout for all of them.
  ...Object.fromEntries(serviceSamples.flatMap(([name, edition]) => (name === 'goodbye' ? [[name, edition]] : []))),
};
/** As a mail program shows them: SES has put its pixel where the placeholder stood. */
const mails = Object.entries(fragments).map(([name, edition]) => [name, aMail(edition).html.replace('{{ses:openTracker}}', '')] as const);
/**
 * Mails are read in fonts that we do not choose, and the widest of the common ones are Verdana and
 * DejaVu Sans. The tests' machine may have neither: whatever font it has is spread by the space
 * between letters until the alphabet is as wide as in Verdana, and a little more.
 */
const spreadAsVerdana = `(() => {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789';
  const emsPerLetter = { plain: 0.63, bold: 0.72 };
  const context = document.createElement('canvas').getContext('2d');
  const found = [...document.body.querySelectorAll('*')].map((element) => {
    const { fontFamily, fontWeight } = getComputedStyle(element);
    context.font = fontWeight + ' 100px ' + fontFamily;
    const wanted = emsPerLetter[Number(fontWeight) >= 600 ? 'bold' : 'plain'];
    return [element, Math.max(0, wanted - context.measureText(alphabet).width / 100 / alphabet.length)];
  });
  for (const [element, ems] of found) element.style.letterSpacing = ems + 'em';
})()`;
const withoutStylesheet = (html: string) => html.replace(/<style.*?<\/style>/gs, '');

let browser: Browser;
let pages: Record<'light' | 'dark', Page>;
beforeAll(async () => {
  browser = await launchBrowser();
  pages = { light: await browser.newPage({ colorScheme: 'light' }), dark: await browser.newPage({ colorScheme: 'dark' }) };
});
afterAll(() => browser.close());

describe.each(mails)('%s', (_, html) => {
  it.each(['light', 'dark'] as const)('has nothing that keeps people from reading it, %s', async (scheme) => {
    const page = pages[scheme];
    await page.setViewportSize({ width: 700, height: 900 });
    await page.setContent(html);
    await page.evaluate(axe.source);
    const found = await page.evaluate<axe.AxeResults>('axe.run(document, { resultTypes: ["violations"] })');
    const grave = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(grave.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`)).toEqual([]);
    const ground = await page.evaluate<string>('getComputedStyle(document.querySelector(".panel")).backgroundColor');
    expect(ground).toBe(scheme === 'dark' ? 'rgb(31, 33, 37)' : 'rgb(255, 255, 255)');
  });

  it('fits into a phone and a window in the widest of common fonts, with its stylesheet and without', async () => {
    const page = pages.light;
    const wide = [];
    for (const [how, shown] of Object.entries({ styled: html, bare: withoutStylesheet(html) })) {
      await page.setContent(shown);
      await page.evaluate(spreadAsVerdana);
      for (const width of [360, 700]) {
        await page.setViewportSize({ width, height: 900 });
        if ((await page.evaluate<number>('document.scrollingElement.scrollWidth')) > width) wide.push(`${how} at ${width}`);
      }
    }
    expect(wide).toEqual([]);
  });
});

it.each([320, 1280])('footer, head and pills keep their places, %d px wide', async (width) => {
  const page = pages.light;
  await page.setViewportSize({ width, height: 900 });
  const wrong = [];
  for (const [name, html] of mails) {
    await page.setContent(html);
    const found = await page.evaluate<{ edges: number[]; gaps: number[] }>(`(() => {
      const left = (element) => Math.round(element.getBoundingClientRect().left);
      const text = (element) => { const range = document.createRange(); range.selectNodeContents(element); return Math.round(range.getBoundingClientRect().left); };
      const sheet = document.querySelector('.panel');
      const head = document.querySelector('.page .t div');
      const foot = [...document.querySelectorAll('.page .m div')].at(-1);
      const pills = [...document.querySelectorAll('.preliminary')];
      return {
        edges: [head, foot].map((element) => text(element) - left(sheet)),
        gaps: pills.map((pill) => left(pill) - Math.round(pill.previousElementSibling.getBoundingClientRect().right)),
      };
    })()`);
    if (found.edges.some((edge) => Math.abs(edge) > 1) || found.gaps.some((gap) => gap < 3)) wrong.push([name, found]);
  }
  expect(wrong).toEqual([]);
});
