import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { compileFrame } from '../../../emails/compile-frame.ts';
import frame from '../../../emails/frame.mjml';
import { mjmlPlugin } from '../../../emails/mjml-plugin.ts';

it('keeps every name that is filled later, and is small', () => {
  const names = frame.match(/%%[a-z]+%%/g) ?? [];
  expect([...new Set(names)].toSorted()).toEqual([
    '%%content%%',
    '%%footer%%',
    '%%organisation%%',
    '%%period%%',
    '%%preheader%%',
    '%%title%%',
  ]);
  expect(frame.split('%%content%%')).toHaveLength(2);
  expect(frame.length).toBeLessThan(9500);
});

it('says what is wrong with a source', async () => {
  await expect(compileFrame('<mjml><mj-body><mj-nonsense /></mj-body></mjml>')).rejects.toThrow('mj-nonsense');
});

it('gives esbuild the same as vitest', async () => {
  const stdin = { contents: "export { default } from './frame.mjml';", resolveDir: 'emails' };
  const { outputFiles } = await build({ stdin, bundle: true, write: false, format: 'esm', plugins: [mjmlPlugin] });
  const { default: bundled } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`);
  expect(bundled).toBe(frame);
});
