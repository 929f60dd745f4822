import { expect, it } from 'vitest';
import { judgeOpen } from '../../../core/feedback/judge-open.ts';

const appleMail = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)';
const outlook = 'Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17928; Pro)';
const outlookPhone = 'Outlook-iOS/2.0';
const thunderbird = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Thunderbird/128.3.0';
const chrome = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';
const gmail = 'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)';
const yahoo = 'YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html';
const googlePrefetch =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/42.0.2311.135 Safari/537.36 Edge/12.246 Mozilla/5.0';
const hour = 3600;

it.each([appleMail, outlook, outlookPhone, thunderbird, chrome])('takes an hour later for likely human: %s', (userAgent) => {
  expect(judgeOpen({ userAgent, secondsSinceSent: hour })).toBe('likely human');
});

it.each([
  ['Apple’s privacy proxy', 'Mozilla/5.0'],
  ['Gmail’s prefetch', googlePrefetch],
  ['a scanner that says so', 'Mozilla/5.0 (compatible; BarracudaCentral/1.0)'],
  ['a browser without a screen', chrome.replace('Chrome/', 'HeadlessChrome/')],
  ['a program', 'python-requests/2.32'],
])('takes %s for a machine, however late', (_what, userAgent) => {
  expect(judgeOpen({ userAgent, secondsSinceSent: 30 * 24 * hour })).toBe('machine');
});

it.each([
  ['Gmail’s image proxy', gmail],
  ['Yahoo’s', yahoo],
  ['nothing', ''],
  ['something never heard of', 'x'.repeat(100_000)],
  ['a script', '<script>alert(1)</script>'],
])('does not know who stands behind %s', (_what, userAgent) => {
  expect(judgeOpen({ userAgent, secondsSinceSent: hour })).toBe('unknown');
});

it.each([
  [-5, 'machine'],
  [0, 'machine'],
  [9, 'machine'],
  [19.9, 'machine'],
  [20, 'unknown'],
  [43, 'unknown'],
  [60, 'likely human'],
])('judges what any browser loads %s seconds after sending: %s', (secondsSinceSent, label) => {
  expect(judgeOpen({ userAgent: chrome, secondsSinceSent })).toBe(label);
});

it('takes no open of a scanner that follows the measured distribution for a person’s before the first minute is over', () => {
  const measured = [3, 9, 15, 20, 31, 43, 59];
  expect(measured.filter((secondsSinceSent) => judgeOpen({ userAgent: chrome, secondsSinceSent }) === 'likely human')).toEqual([]);
});
